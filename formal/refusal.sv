// A request that is refused changes nothing: no word is queued, no element written, nothing is
// acknowledged and nothing sent again for it, whatever its bytes are. Of a frame that was damaged or
// lost not a byte is looked at. What has been applied before, or comes too early, is not applied.

// inside top$link$dispatcher

// The ring says that there is no body.
reg no_body = 0;
always @(posedge clock) if (state$q == DispatcherState$Idle) no_body <= take && data[0];
wire damaged = no_body && state$q != DispatcherState$Idle;

reg up = 0;
always @(posedge clock) up <= 1;

wire queues = queueing$q && (state$q == DispatcherState$WordLow || state$q == DispatcherState$WordHigh);

always @* begin
    if (!up) assume(reset);
    // What mover and responder keep to: they are asked in two states alone.
    if (state$q != DispatcherState$Move && state$q != DispatcherState$Answer) assume(!blocked);

`ifdef FAULT
    assume(available && in_range && last_byte == 0 && left == 6 && length == 6 && !opened);
    assume(!divider_waits && reset == !up);
`endif

    if (up) begin
        if (push || store) assert(refusal == Refusal$None && fresh$q);
        if (acknowledge || rewind) assert(refusal == Refusal$None);
        if (damaged) assert(!push && !store && !acknowledge && !rewind && !take);
    end
end

`ifdef INDUCTION
always @* begin
    if (!up) assert(!no_body);
    if (up) begin
        if (damaged) assert(state$q == DispatcherState$Answer && refused$q != Refusal$None);
        if (state$q != DispatcherState$Idle && state$q != DispatcherState$Skip
            && state$q != DispatcherState$Answer) assert(refused$q == Refusal$None);
        if (state$q == DispatcherState$Move || queues) assert(fresh$q);
        if (state$q == DispatcherState$WordJudge) assert(!queueing$q);
    end
end
`endif
