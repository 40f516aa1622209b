// A level of the line that lasts two cycles or more arrives three cycles later, and a glitch of one
// cycle is removed. Without glitches, the output is the line of three cycles ago.

// inside top$link$receiver

reg [3:0] before = 4'b1111;

always @(posedge clock) before <= {before[2:0], rx};

// Every level so far has lasted at least two cycles.
reg steady = 1;
always @(posedge clock) steady <= steady && !(before[1] != before[0] && before[0] != rx);

always @* begin
    if (steady) assert(low == !before[2]);
    // A single cycle between two of the other level has no effect.
    if (before[1] == before[3]) assert(low == !before[1]);
`ifdef INDUCTION
    assert(first$q == !before[0]);
    assert(second$q == !before[1]);
    assert(third$q == !before[2]);
    assert(fourth$q == !before[3]);
    if (steady) assert(!(before[2] != before[1] && before[1] != before[0]));
    if (steady) assert(!(before[3] != before[2] && before[2] != before[1]));
`endif
end
