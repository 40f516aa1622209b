// The queue to the core loses no word, repeats none and keeps the order: any watched word comes out
// unchanged, after exactly those that were queued before it. The count is at most the capacity, so
// a writer that pushes only while there is room overwrites nothing. While the core takes words,
// none waits for more than three cycles at the front.

// inside top$link$stream_in$words

wire [5:0] place;
wire [15:0] watched = storage[place];

// inside top$link$stream_in

(* anyseq *) reg picks;
reg watching = 0;
reg [15:0] item = 0;
reg [6:0] ahead = 0;
reg [1:0] waited = 0;

// Words pushed and not yet taken.
reg [6:0] count = 0;

always @(posedge clock) begin
    if (watching && pops) begin
        if (ahead == 0) watching <= 0;
        else ahead <= ahead - 1;
    end
    if (!watching && push && picks) begin
        watching <= 1;
        item <= word;
        ahead <= count - pops;
    end
    count <= count + push - pops;
    waited <= !empty && in_ready && !pops ? waited + 1 : 0;
    if (flush || reset) begin
        watching <= 0;
        waited <= 0;
        count <= 0;
    end
end

`ifdef FAULT
(* anyconst *) reg eager;
`endif
// Words before the first reset are ignored; the link is reset at power-up.
reg up = 0;
always @(posedge clock) up <= 1;

always @* begin
    if (!up) assume(reset);
    // An assumption about the dispatcher: it handles one request at a time.
    if (push) assume(free != 0 && !flush);
`ifdef FAULT
    assume(!(up && reset) && !flush && in_ready && push == (up && (eager || free == 64)));
`endif
    if (up) begin
        assert(count <= 64);
        assert(free == 64 - count);
        assert(empty == (count == 0));
        if (in_valid) assert(!empty);
        assert(lacks == (wanted > free));
        if (watching) assert(!empty);
        if (watching && in_valid && ahead == 0) assert(in_word == item);
        assert(waited < 3);
    end
end

`ifdef INDUCTION
(* hierconn *) wire [5:0] \words.place ;
(* hierconn *) wire [15:0] \words.watched ;
wire [5:0] inside = read$q + ahead[5:0] - front$q;
assign \words.place = inside;
wire [5:0] between = write$q - read$q;
wire [5:0] behind = count - front$q;

always @* if (up) begin
    assert(unused$q == 64 - count);
    assert(between == behind);
    if (front$q) assert(count != 0);
    if (shown$q) assert(count > front$q);
    if (watching) begin
        assert(ahead < count);
        if (front$q && ahead == 0) begin
            assert(word_now$q == item);
        end else begin
            assert(\words.watched == item);
            if (shown$q && ahead == front$q) assert(words$read_data == item);
        end
    end
    if (waited == 1) assert(shown$q || front$q);
    if (waited == 2) assert(front$q);
end
`endif
