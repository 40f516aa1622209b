// Whenever the memory takes an address, each word of a row is issued exactly once and in order, with
// the target word that belongs to it; an address that is asked for stays until it is taken.

// inside top$core$streamer

reg up = 0, busy_row = 0, was_asking = 0;
reg [8:0] start = 0, was_address = 0;
reg [2:0] target = 0, last_left = 0;
// Words of the row issued before this cycle.
reg [2:0] count = 0;
wire takes = row_ready && row_valid && row_enabled;

always @(posedge clock) begin
    up <= 1;
    was_asking <= asks && !taken && !reset;
    was_address <= address;
    if (issue) count <= count + 1;
    if (row_ready) begin
        busy_row <= takes;
        count <= 0;
        start <= first_word;
        target <= first_target;
        last_left <= last_offset;
    end
    if (reset) busy_row <= 0;
end

always @* begin
    if (!up) assume(reset);
    // The host has the memory only while no row waits.
    if (host) assume(!row_valid);
`ifdef FAULT
    assume(reset == !up && !host && row_enabled && first_word == 0 && first_target == 0);
`endif
    if (up && issue) begin
        assert(busy_row && taken);
        assert(address == start + count);
        assert(target0$q == target + count);
        assert(count <= last_left);
        // The next row is taken with the last word, and no sooner.
        assert(row_ready == (count == last_left));
    end
    if (up && busy_row && !issue) assert(!row_ready);
    if (was_asking) assert(asks && address == was_address);
end

`ifdef INDUCTION
always @* if (up) begin
    assert(streaming$q == busy_row);
    if (busy_row) begin
        assert(word$q == start + count && target0$q == target + count);
        assert(left$q == last_left - count && count <= last_left);
    end
    if (was_asking) assert(busy_row);
end
`endif
