// Only a frame with a correct length and checksum is passed on as a request: the mark 0 is written,
// and the end of the ring is moved past a body, only if the number of unstuffed bytes since the
// last delimiter equals the one in the sixth byte, is 8 to 252, and the last two bytes are the
// CRC-16/IBM-3740 of the others, low byte first. The body in the ring consists of those bytes in
// their order. Of any other frame at most one byte is passed on: the reason of the refusal.

// The ring's contents are derived from its write addresses and data.
module top$link$deframer$ring(
    input clock, input [8:0] read_address, input read_enable, output [7:0] read_data,
    input [8:0] write_address, input [7:0] write_data, input write_enable
);
(* anyseq *) wire [7:0] any_data;
assign read_data = any_data;
endmodule

// inside top$link$deframer

// The checksum by its bitwise definition.
function [15:0] next_crc(input [15:0] old, input [7:0] more);
    integer i;
    begin
        next_crc = old ^ {more, 8'h00};
        for (i = 0; i < 8; i = i + 1)
            next_crc = next_crc[15] ? {next_crc[14:0], 1'b0} ^ 16'h1021 : {next_crc[14:0], 1'b0};
    end
endfunction

// The frame being received: whether it has begun and is invalid, the checksums of all its unstuffed
// bytes, of all but the last and of all but the last two, and the last two bytes.
reg begun = 0, spoilt = 0;
reg [7:0] to_code = 0;
reg [8:0] bytes = 0;
reg [7:0] says = 0, last = 0, before_last = 0;
reg [15:0] crc_all = 16'hffff, crc_less_1 = 16'hffff, crc_less_2 = 16'hffff;
// The end of the frame.
reg ended = 0;

wire at_code = !begun || to_code == 1;
wire [7:0] plain = at_code ? 0 : data;
wire gives = data_valid && data != 0 && begun;
// Proved in `crc`: the block's result equals the definition.
wire [15:0] crc_more = crc_all == checksum$crc && plain == checksum$data
    ? checksum$result : next_crc(crc_all, plain);
wire right = !spoilt && to_code == 1 && bytes == says && says >= 8 && says <= 252
    && {last, before_last} == crc_less_2;

reg [1:0] since = 3;
wire event_now = data_valid || line_error;

always @(posedge clock) begin
    since <= event_now ? 0 : since == 3 ? 3 : since + 1;
    if (line_error) begin
        begun <= 1;
        spoilt <= 1;
    end
    if (data_valid && data == 0 && begun) ended <= 1;
    if (data_valid && data != 0) begin
        begun <= 1;
        to_code <= at_code ? data : to_code - 1;
    end
    if (gives) begin
        if (bytes != 300) bytes <= bytes + 1;
        if (bytes == 5) says <= plain;
        last <= plain;
        before_last <= last;
        crc_all <= crc_more;
        crc_less_1 <= crc_all;
        crc_less_2 <= crc_less_1;
    end
    if (state$q == DeframerState$Commit || reset) begin
        begun <= 0;
        spoilt <= 0;
        ended <= 0;
        bytes <= 0;
        crc_all <= 16'hffff;
    end
end

`ifdef FAULT
(* anyconst *) reg spoils_high;
reg [3:0] nth = 0;
wire [79:0] stuffed = 80'h09_01_01_01_01_01_08_5c_12_00;
always @(posedge clock) if (data_valid) nth <= nth == 9 ? 0 : nth + 1;
`endif

reg up = 0;
reg [8:0] commit_before = 0;
reg handed = 0, was_commit = 0;
reg [8:0] body = 0;
always @(posedge clock) begin
    up <= 1;
    commit_before <= commit$q;
    was_commit <= up && !reset && state$q == DeframerState$Commit;
    if (state$q == DeframerState$Mark) begin
        handed <= ring$write_data == 0;
        body <= bytes;
    end
end

wire [8:0] moved = commit$q - commit_before;
wire [8:0] body_place = commit$q + 1 + bytes;

always @* begin
    if (!up) assume(reset);
    // An assumption about the receiver: there are ten bits of four cycles between two bytes.
    if (since != 3) assume(!event_now);
    assume(!(data_valid && line_error));
    // An assumption about the reader: it frees nothing beyond the end, so a body that fits still
    // fits later.
    if (handed && state$q == DeframerState$Commit) assume(!full);
    // The ring is reset at power-up only.
    if (up) assume(!reset);
`ifdef FAULT
    // A stuffed body of eight bytes, one byte of whose checksum is arbitrary.
    assume(data_valid == (up && since == 3) && freed == 0 && !line_error);
    assume(data == stuffed[8 * (9 - nth) +: 8] || data != 0 && nth == (spoils_high ? 8 : 7));
`endif

    if (up) begin
        if (state$q == DeframerState$Mark) begin
            assert(ring$write_enable && ring$write_address == commit$q);
            if (ring$write_data == 0) assert(right && ended);
        end else if (ring$write_enable) begin
            assert(ring$write_data == plain && ring$write_address == body_place);
        end
        if (commit$q != commit_before) begin
            assert(was_commit);
            assert(moved == (handed ? body + 9'd1 : 9'd1));
        end
    end
end

`ifdef INDUCTION
wire [8:0] stored = write$q - commit$q - 1;
wire refuses = bad$q || lost$q;
always @* begin
    if (!up) begin
        assert(bytes == 0 && !begun && !ended && !spoilt && crc_all == 16'hffff && since == 3);
        assert(state$q == DeframerState$Gather && commit$q == 0 && commit_before == 0);
        assert(!was_commit && !handed && !bad$q && !lost$q);
    end
    if (up) begin
        if (state$q == DeframerState$Gather) assert(!ended && started$q == begun);
        if (state$q == DeframerState$Mark) assert(ended && since == 0);
        if (state$q == DeframerState$Refuse) assert(since == 1 && !handed);
        if (state$q == DeframerState$Commit) assert(since <= 2 && since != 0);
        if (state$q == DeframerState$Commit) assert(handed == (since == 1));
        if (!begun && state$q == DeframerState$Gather) assert(bytes == 0 && !refuses && !spoilt);
        assert(bytes <= 300);
        if (spoilt && !lost$q) assert(bad$q);
        if (state$q == DeframerState$Gather || state$q == DeframerState$Mark) begin
            if (!refuses) begin
                if (begun) assert(block$q == to_code);
                assert(!spoilt);
                assert(write$q == body_place);
                assert(place$q == (bytes > 6 ? 6 : bytes));
                if (bytes < 6) begin
                    assert(crc$q == crc_all);
                end else begin
                    assert(says >= 8 && says <= 252);
                    assert(bytes <= says);
                    assert(left$q == says + 6 - bytes);
                    if (bytes + 2 <= says) assert(crc$q == crc_all);
                    if (bytes + 1 == says) assert(crc$q == crc_less_1 && last == crc$q[7:0]);
                    if (bytes == says) begin
                        assert(crc$q == crc_less_2);
                        assert({last, before_last} == crc$q);
                    end
                end
            end
        end
        if (state$q == DeframerState$Mark && !refuses) assert(bytes == says && to_code == 1 && bytes >= 6);
        if (state$q == DeframerState$Refuse) assert(write$q == commit$q);
        if (state$q == DeframerState$Commit) assert(stored == (handed ? body : 0));
    end
end
`endif
