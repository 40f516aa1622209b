// Every byte sent is received once and unchanged, for every divider, if the sender's bits are up to
// 2.5 % longer or shorter than the divider says. Frames may begin at any time, also between two
// clock edges or directly after the last frame. A frame without a stop bit gives no byte; it is
// reported as a break or as a framing error, however long the line stays low.
//
// Time within a frame is counted in fortieths of a cycle, so that 2.5 % of every divider is an
// integer. The period is constant within a frame. `low` is assumed to be the complement of the
// line; `uart_line` proves this of the registers before it, except for their delay of three cycles.

// inside top$link$receiver

localparam T = 16;

// The next frame, and whether it begins.
(* anyseq *) reg begins;
(* anyseq *) reg [7:0] next_byte;
(* anyseq *) reg next_stop;
(* anyseq *) reg [5:0] next_phase;
(* anyseq *) reg [9:0] next_period;
(* anyseq *) reg [8:0] next_hold;

reg sends = 0;
reg [7:0] sent = 0;
reg stop = 1;
reg [5:0] phase = 0;
reg [9:0] period = 160;
reg [8:0] hold = 0;
reg [8:0] cycles = 0;
reg told = 1;
(* anyconst *) reg [3:0] nominal;

// The time since the start edge, and when the next frame may begin. After a missing stop bit the
// line stays low for any time, and is then high for at least one bit.
wire [T-1:0] now = cycles * 40 + phase;
wire [T-1:0] raised = stop ? 9 * period : 10 * period + hold;
wire [T-1:0] ends = raised + period;
wire may_begin = !sends || now + 40 >= ends + next_phase;

wire tells = valid | framing_error | line_break;

reg level;
always @* begin
    level = 1;
    if (sends) begin
        level = 0;
        if (now >= period) level = sent[0];
        if (now >= 2 * period) level = sent[1];
        if (now >= 3 * period) level = sent[2];
        if (now >= 4 * period) level = sent[3];
        if (now >= 5 * period) level = sent[4];
        if (now >= 6 * period) level = sent[5];
        if (now >= 7 * period) level = sent[6];
        if (now >= 8 * period) level = sent[7];
        if (now >= 9 * period) level = stop;
        if (now >= raised) level = 1;
    end
end

always @(posedge clock) begin
    cycles <= cycles + 1;
    if (sends && now + 40 >= ends) sends <= 0;
    if (tells) told <= 1;
    if (may_begin && begins) begin
        sends <= 1;
        sent <= next_byte;
        stop <= next_stop;
        phase <= next_phase;
        period <= next_period;
        hold <= next_hold;
        cycles <= 0;
        told <= 0;
    end
end

// An edge at power-up arrives three cycles later.
reg [1:0] up = 0;
always @(posedge clock) if (!(&up)) up <= up + 1;

wire [T-1:0] half = nominal >> 1;
wire [T-1:0] d = nominal;

always @* begin
    assume(!reset);
    assume(nominal >= 4);
`ifdef FAULT
    assume(nominal == 4 && next_period == 164 && next_phase == 0 && next_hold == 0);
    assume(begins == &up);
`endif
    assume(divider == nominal);
    assume(next_phase < 40);
    assume(next_period >= 39 * d && next_period <= 41 * d);
    assume(low == !level);

    if (valid) assert(sends && stop && !told && data == sent);
    if (framing_error) assert(sends && !stop && !told && sent != 0);
    if (line_break) assert(sends && !stop && !told && sent == 0);
    assert(valid + framing_error + line_break <= 1);
    if (may_begin) assert(told || tells);
end

`ifdef INDUCTION
integer k;
always @* begin
    assert(phase < 40);
    if (!sends) begin
        assert(state$q == UartRxState$Idle);
        assert(told);
    end else begin
        assert(period >= 39 * d && period <= 41 * d);
        assert(now < ends);
        assert(told == (cycles > half + 9 * d));
        if (cycles == 0) assert(state$q == UartRxState$Idle);
        if (cycles > 0 && cycles <= half) begin
            assert(state$q == UartRxState$Start);
            assert(count$q == 2 * cycles + nominal[0]);
            if (cycles > 1) assert(shift$q == 8'h80);
        end
        for (k = 0; k < 9; k = k + 1) begin
            if (cycles > half + k * d && cycles <= half + (k + 1) * d) begin
                assert(state$q == (k == 8 ? UartRxState$Stop : UartRxState$Data));
                assert(count$q == cycles - half - k * d);
                assert(shift$q == ((sent << (8 - k)) & 8'hff | (8'h80 >> k)));
            end
        end
        if (cycles > half + 9 * d) begin
            if (stop || now >= raised + 40) assert(state$q == UartRxState$Idle);
            else if (now < raised) assert(state$q == UartRxState$Recover);
            else assert(state$q == UartRxState$Idle || state$q == UartRxState$Recover);
        end
    end
end
`endif
