// The queue from the core loses nothing, doubles nothing and keeps the order, however often and from
// wherever the host has words sent again: a word keeps its number, and stays until the host has
// acknowledged it. The queue takes no word that it has no room for; an acknowledgement of what was not
// sent changes nothing; a response never promises more words than there are.

// inside top$link$stream_out$words

wire [5:0] place;
wire [15:0] watched = storage[place];

// inside top$link$stream_out

// The number of the first word that the host does not have, and how many there are from it on: sent,
// and in all.
reg [15:0] first = 0;
reg [6:0] gone = 0, total = 0;

// A word that is watched once it has been taken, and how many there are before it.
(* anyseq *) reg picks;
reg watching = 0;
reg [15:0] item = 0;
reg [6:0] before = 0;

wire [15:0] news = acked - first;
wire [6:0] had = acknowledge && news <= gone ? news : 0;

always @(posedge clock) begin
    first <= first + had;
    gone <= rewind ? 0 : gone - had + pop;
    total <= total - had + taken;
    if (watching) begin
        before <= before - had;
        if (before < had) watching <= 0;
    end else if (taken && picks) begin
        watching <= 1;
        item <= out_word;
        before <= total - had;
    end
    if (reset) begin
        first <= 0;
        gone <= 0;
        total <= 0;
        watching <= 0;
    end
end

// The link is reset for some cycles at power-up.
reg up = 0, powered = 0;
// The last cycle changed nothing of what is sent next.
reg steady = 0;
always @(posedge clock) begin
    powered <= 1;
    up <= powered;
    steady <= up && !pop && !rewind && !acknowledge && !reset;
end

always @* begin
    if (!up) assume(reset);
    // What the responder keeps to: it sends words that there are, and only between requests.
    if (pop) assume(gone != total && !acknowledge && !rewind);
`ifdef FAULT
    assume(!(up && reset) && out_valid && (!acknowledge || up));
`endif
    if (up) begin
        assert(gone <= total && total <= 64);
        assert(out_ready == (total < 64));
        assert(out_room == (total < 64 - 16 - 1));
        assert(position == first + gone);
        if (steady) begin
            assert(count <= total - gone);
            if (watching && before == gone && count != 0) assert(word == item);
        end
    end
end

`ifdef INDUCTION
(* hierconn *) wire [5:0] \words.place ;
(* hierconn *) wire [15:0] \words.watched ;
wire [15:0] number = first + before;
assign \words.place = number[5:0];
wire [6:0] next_write = first[6:0] + total;
reg [6:0] waiting_then = 0;
always @(posedge clock) waiting_then <= total - gone;

always @* begin
    assert(powered || !up && !watching && !steady);
    if (powered) begin
        assert(write$q == next_write);
        assert(not_acked$q == ~first);
        assert(ahead == gone);
        assert(gone <= total && total <= 64);
        if (!up) assert(first == 0 && total == 0 && !watching && !steady);
    end
    if (up) begin
        assert(waiting$q == waiting_then);
        if (watching) begin
            assert(before < total);
            assert(\words.watched == item);
        end
        if (steady) begin
            assert(waiting_then <= total - gone);
            if (watching && before == gone && waiting_then != 0) assert(words$read_data == item);
        end
    end
end
`endif
