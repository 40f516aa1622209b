// The queue from the core loses no word, repeats none and keeps the order, however often and from
// wherever the host requests words again: a word keeps its position, and stays until the host has
// acknowledged it. The queue takes no word without room. An acknowledgement of words that were not
// sent changes nothing. A response never announces more words than there are.

// inside top$link$stream_out$words

wire [5:0] place;
wire [15:0] watched = storage[place];

// inside top$link$stream_out

// The position of the first word that is not acknowledged; the number of words sent from there, and
// of all words from there.
reg [15:0] first = 0;
reg [6:0] gone = 0, total = 0;

// A word that is watched once it was pushed, and the number of words before it.
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
// The last cycle did not change which word is sent next.
reg steady = 0;
always @(posedge clock) begin
    powered <= 1;
    up <= powered;
    steady <= up && !pop && !rewind && !acknowledge && !reset;
end

always @* begin
    if (!up) assume(reset);
    // An assumption about the responder: it sends only existing words, and only between requests.
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
