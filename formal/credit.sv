// A request's words are queued only if there is room for all of them. So no word is ever pushed
// into a full queue, whatever the request contains and whatever the core takes meanwhile, and no
// word of a request that is answered with "queue full" is pushed.

// The sender of the request does not matter.
module top$link$dispatcher$keeper(
    input clock, input reset, input [23:0] addressed, input hello, input begins,
    output [15:0] session, output greeted, output foreign
);
(* anyseq *) wire [15:0] any_session;
(* anyseq *) wire any_greeted, any_foreign;
assign session = any_session;
assign greeted = any_greeted;
assign foreign = any_foreign;
endmodule

// inside top$link$dispatcher

// The queue's free space. The core may take words at any time.
(* anyseq *) reg [6:0] freed;
`ifdef FAULT
reg [6:0] room = 0;
`else
reg [6:0] room = 64;
`endif
wire [7:0] room_then = room - push + freed;

// The reader: the number of remaining bytes of the body, plus 6.
reg [7:0] rest = 0;

reg up = 0;
always @(posedge clock) begin
    up <= 1;
    room <= room_then;
    if (take) rest <= is_length ? data : rest - 1;
end

always @* begin
    if (!up) assume(reset);
    assume(freed <= 64 && (room_then <= 64 || push && room == 0));
    assume(lacks == (wanted > room));
    assume(left == rest);
    if (state$q != DispatcherState$Move && state$q != DispatcherState$Answer) assume(!blocked);
`ifdef FAULT
    assume(available && !divider_waits && !opened && reset == !up && freed == 0);
    // A STREAM request with one word.
    if (state$q == DispatcherState$Begin) assume(data == (step$q == 0 ? 5 : step$q == 5 ? 15 : 0));
    assume(keeper$greeted && !keeper$foreign);
    if (state$q != DispatcherState$Begin) assume(data == 0);
    assume(!word_outside && !word_meaningless && word_values == 0);
    assume(in_range && last_byte == 0 && length == 9 && idle && !stalled && !elapsed && !out_plenty);
    assume(!stored && !blocked && answered == (state$q == DispatcherState$Answer));
`endif
    if (up && push) assert(room != 0 && refusal == Refusal$None);
end

`ifdef INDUCTION
wire [7:0] words = (rest - 8) >> 1;
wire queues = queueing$q;
always @* begin
    assert(room <= 64);
    if (up) begin
        if (state$q != DispatcherState$Idle && state$q != DispatcherState$Skip
            && state$q != DispatcherState$Answer) assert(refused$q == Refusal$None);
        if (state$q == DispatcherState$Header) begin
            assert(step$q <= 4 && rest >= 13 - step$q && rest[0] != step$q[0]);
        end
        if (state$q == DispatcherState$Push || state$q == DispatcherState$WordLow
            || state$q == DispatcherState$WordJudge) begin
            assert(rest >= 8 && !rest[0]);
        end
        if (state$q == DispatcherState$WordJudge) assert(!queues);
        if (state$q == DispatcherState$WordHigh) assert(rest >= 9 && rest[0]);
        if (state$q == DispatcherState$WordLow && queues) assert(words <= room);
        if (state$q == DispatcherState$WordHigh && queues) assert(words < room);
    end
end
`endif
