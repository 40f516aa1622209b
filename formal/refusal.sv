// A refused request changes nothing, whatever its bytes are: no word is queued, no element is
// written, nothing is acknowledged and nothing is sent again. No byte of a damaged or lost frame is
// used. A request is not applied if it was applied before, comes too early, is for another core or
// another session than that of the last HELLO, or precedes any HELLO.

// inside top$link$dispatcher

// The ring reports a mark without a body.
reg no_body = 0;
always @(posedge clock) if (state$q == DispatcherState$Idle) no_body <= take && data[0];
wire damaged = no_body && state$q != DispatcherState$Idle;

// The session by its definition: that of the last valid HELLO for core 0.
reg in_session = 0;
reg [15:0] begun = 0;
wire [4:0] kinds = {is_hello$q, is_read$q, is_write$q, is_fill$q, is_stream$q};
wire judges = state$q == DispatcherState$Judge;
wire greets = judges && is_hello$q && left == 9 && addressed[23:16] == 0;
always @(posedge clock) begin
    if (reset) in_session <= 0;
    else if (greets) begin
        in_session <= 1;
        begun <= addressed[15:0];
    end
end
// Whether the present request belongs to that session.
wire ours_now = in_session && addressed == {8'd0, begun};
reg ours = 0;
always @(posedge clock) if (judges) ours <= ours_now;
reg [23:0] addressed_before = 0;
always @(posedge clock) addressed_before <= addressed;

`ifdef FAULT
(* anyconst *) reg [23:0] stray;
`endif

reg up = 0;
always @(posedge clock) up <= 1;

wire queues = queueing$q && (state$q == DispatcherState$WordLow || state$q == DispatcherState$WordHigh);

always @* begin
    if (!up) assume(reset);
    // An assumption about the operands: the word is constant while the length is read.
    if (judges) assume(addressed == addressed_before);
    // An assumption about mover and responder: they are started in two states only.
    if (state$q != DispatcherState$Move && state$q != DispatcherState$Answer) assume(!blocked);

`ifdef FAULT
    // A WRITE of one byte before any HELLO, or a damaged frame.
    assume(available && in_range && last_byte == 0 && length == 9 && !opened && !blocked);
    assume(left == (state$q == DispatcherState$Skip ? 7 : judges ? 13 : 9));
    assume(addressed == stray);
    assume(stray == 0 || stray == 1 || stray == 24'h10000);
    if (state$q == DispatcherState$Begin && step$q == 0) assume(data == 3);
    else if (state$q == DispatcherState$Idle) assume(data < 2);
    else assume(data == 0);
    assume(idle && stored && answered && !stalled && !elapsed && !out_plenty && !lacks);
    assume(!word_outside && !word_meaningless && word_values == 0 && regions[0]);
    assume(!divider_waits && reset == !up);
`endif

    if (up) begin
        if (push || store) assert(refusal == Refusal$None && fresh$q);
        if (push || store || acknowledge) assert(ours);
        if (answer && refusal == Refusal$None) assert(ours || is_hello$q);
        if (acknowledge || rewind) assert(refusal == Refusal$None);
        if (damaged) assert(!push && !store && !acknowledge && !rewind && !take);
    end
end

`ifdef INDUCTION
always @* begin
    if (!up) assert(!no_body && !in_session && kinds == 0);
    if (up) begin
        if (damaged) assert(state$q == DispatcherState$Answer && refused$q != Refusal$None);
        if (state$q != DispatcherState$Idle && state$q != DispatcherState$Skip
            && state$q != DispatcherState$Answer) assert(refused$q == Refusal$None);
        if (state$q == DispatcherState$Move || queues) assert(fresh$q);
        if (state$q == DispatcherState$WordJudge) assert(!queueing$q);
        assert((kinds & kinds - 1) == 0);
        assert(keeper$greeted == in_session);
        if (in_session) assert(keeper$session == begun);
        if (!in_session) assert(keeper$session == 0);
        if (judges) assert(keeper$foreign == (addressed_before[23:16] != 0
            || !is_hello$q && addressed_before[15:0] != keeper$session));
        if (state$q != DispatcherState$Idle && state$q != DispatcherState$Begin && !judges)
            assert(ours || is_hello$q || refused$q != Refusal$None);
        if (state$q != DispatcherState$Idle && state$q != DispatcherState$Begin && !judges
            && state$q != DispatcherState$Skip && state$q != DispatcherState$Answer) assert(ours);
    end
end
`endif
