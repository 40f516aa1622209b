// A request of the host is answered exactly once, however long the memory takes: nothing is answered
// that was not asked, a write begins once and is answered in the cycle in which the memory takes it, a
// read is answered after the memory has taken its address once, and an answer comes after at most
// fifteen cycles in which the memory does not make the host wait.

// inside top$core$port

reg up = 0, asked = 0, answered = 0, begun = 0, looked = 0, was_write = 0;
reg [4:0] age = 0;
wire blocked = (asks || writes) && !taken;

always @(posedge clock) begin
    up <= 1;
    asked <= valid && !ready;
    answered <= ready;
    was_write <= write;
    begun <= valid && !ready && (begun || begins);
    looked <= valid && !ready && (looked || (asks && taken));
    age <= valid && !ready ? age + !blocked : 0;
end

always @* begin
    // What the host keeps to.
    if (!up) assume(!valid);
    if (asked) assume(valid && write == was_write);
    if (answered) assume(!valid);
`ifdef FAULT
    assume(taken);
`endif
    if (ready) assert(valid);
    if (begins) assert(valid && write && !begun);
    if (writes) assert(valid && write && begun);
    if (asks) assert(valid && !write && !looked);
    if (ready && write) assert(begun && taken);
    if (ready && !write) assert(looked);
    assert(age < 16);
end

`ifdef INDUCTION
always @* begin
    if (!asked) assert(!written$q && waited$q == 0 && age == 0 && !begun && !looked);
    if (asked && was_write) assert(written$q && begun && !looked && waited$q == 0 && age == 1);
    if (asked && !was_write) begin
        assert(!written$q && !begun && waited$q == age && age != 0 && looked == (age > 1));
    end
    assert(!(asked && answered));
end
`endif
