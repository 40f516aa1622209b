// Compares the models of the ECP5's cells with behavioural descriptions. A low level on rx plants a
// fault in the descriptions: the memory ignores an enable or, if it has none, writes to the next
// word; the product ignores the sign.

// A block RAM with ports of WIDTH bits: A writes, and outputs the overwritten word; B reads.
module memory_pair #(
    parameter WIDTH = 18
) (
    input clock,
    input [63:0] random,
    input fault,
    output wrong,
    output [2:0] seen
);
// A port of fewer than 18 bits has no enables.
localparam BYTES = WIDTH < 18 ? 1 : WIDTH / 9;
localparam PART = WIDTH < 9 ? WIDTH : 9;
// Number of address bits below the word.
localparam LOW = WIDTH == 36 ? 5 : WIDTH == 18 ? 4 : WIDTH == 9 ? 3 : WIDTH == 4 ? 2 : WIDTH / 2;
// Each word is read once before anything is written.
reg [14:0] cycle = 15'd0;
wire begun = cycle[14];
wire use_a = begun & random[2:0] != 3'd0;
wire use_b = ~begun | random[5:3] != 3'd0;
wire write = random[6] | WIDTH == 36;
wire [3:0] enables = random[10:7];
// Few words, but all address lines.
wire [13:0] word_a = random[13:11] == 3'd7 ? 14'h3fff : 14'h1 << random[14:11];
wire [13:0] word_b = ~begun ? cycle[13:0] : random[17] ? word_a : 14'h1 << random[21:18];
wire [13:0] where_a = (word_a << LOW) | (WIDTH == 36 ? enables : WIDTH == 18 ? enables[1:0] : 0);
wire [13:0] where_b = word_b << LOW;
// The initial contents of each 18-bit word: all different.
function [17:0] first(input integer place);
    first = (place + 1) * 18'h2b4d9;
endfunction
// Sixteen words. Of each 20 bits, two do not exist.
function [319:0] slice(input integer number);
    integer place;
    for (place = 0; place < 16; place = place + 1)
        slice[20 * place +: 20] = {2'b11, first(16 * number + place)};
endfunction
wire [17:0] low = random[39:22], high = random[57:40];
wire [17:0] shown_a, shown_b;
DP16KD #(
    .DATA_WIDTH_A(WIDTH), .DATA_WIDTH_B(WIDTH),
    .WRITEMODE_A("READBEFOREWRITE"), .WRITEMODE_B("READBEFOREWRITE"),
    .RESETMODE("ASYNC"), .ASYNC_RESET_RELEASE("ASYNC"), .GSR("DISABLED"),
    .INITVAL_00(slice(0)), .INITVAL_01(slice(1)), .INITVAL_02(slice(2)), .INITVAL_03(slice(3)),
    .INITVAL_04(slice(4)), .INITVAL_05(slice(5)), .INITVAL_06(slice(6)), .INITVAL_07(slice(7)),
    .INITVAL_08(slice(8)), .INITVAL_09(slice(9)), .INITVAL_0A(slice(10)), .INITVAL_0B(slice(11)),
    .INITVAL_0C(slice(12)), .INITVAL_0D(slice(13)), .INITVAL_0E(slice(14)), .INITVAL_0F(slice(15)),
    .INITVAL_10(slice(16)), .INITVAL_11(slice(17)), .INITVAL_12(slice(18)), .INITVAL_13(slice(19)),
    .INITVAL_14(slice(20)), .INITVAL_15(slice(21)), .INITVAL_16(slice(22)), .INITVAL_17(slice(23)),
    .INITVAL_18(slice(24)), .INITVAL_19(slice(25)), .INITVAL_1A(slice(26)), .INITVAL_1B(slice(27)),
    .INITVAL_1C(slice(28)), .INITVAL_1D(slice(29)), .INITVAL_1E(slice(30)), .INITVAL_1F(slice(31)),
    .INITVAL_20(slice(32)), .INITVAL_21(slice(33)), .INITVAL_22(slice(34)), .INITVAL_23(slice(35)),
    .INITVAL_24(slice(36)), .INITVAL_25(slice(37)), .INITVAL_26(slice(38)), .INITVAL_27(slice(39)),
    .INITVAL_28(slice(40)), .INITVAL_29(slice(41)), .INITVAL_2A(slice(42)), .INITVAL_2B(slice(43)),
    .INITVAL_2C(slice(44)), .INITVAL_2D(slice(45)), .INITVAL_2E(slice(46)), .INITVAL_2F(slice(47)),
    .INITVAL_30(slice(48)), .INITVAL_31(slice(49)), .INITVAL_32(slice(50)), .INITVAL_33(slice(51)),
    .INITVAL_34(slice(52)), .INITVAL_35(slice(53)), .INITVAL_36(slice(54)), .INITVAL_37(slice(55)),
    .INITVAL_38(slice(56)), .INITVAL_39(slice(57)), .INITVAL_3A(slice(58)), .INITVAL_3B(slice(59)),
    .INITVAL_3C(slice(60)), .INITVAL_3D(slice(61)), .INITVAL_3E(slice(62)), .INITVAL_3F(slice(63))
) memory (
    .DIA0(low[0]), .DIA1(low[1]), .DIA2(low[2]), .DIA3(low[3]), .DIA4(low[4]), .DIA5(low[5]),
    .DIA6(low[6]), .DIA7(low[7]), .DIA8(low[8]), .DIA9(low[9]), .DIA10(low[10]), .DIA11(low[11]),
    .DIA12(low[12]), .DIA13(low[13]), .DIA14(low[14]), .DIA15(low[15]), .DIA16(low[16]),
    .DIA17(low[17]), .DIB0(high[0]), .DIB1(high[1]), .DIB2(high[2]), .DIB3(high[3]),
    .DIB4(high[4]), .DIB5(high[5]), .DIB6(high[6]), .DIB7(high[7]), .DIB8(high[8]),
    .DIB9(high[9]), .DIB10(high[10]), .DIB11(high[11]), .DIB12(high[12]), .DIB13(high[13]),
    .DIB14(high[14]), .DIB15(high[15]), .DIB16(high[16]), .DIB17(high[17]), .ADA0(where_a[0]),
    .ADA1(where_a[1]), .ADA2(where_a[2]), .ADA3(where_a[3]), .ADA4(where_a[4]),
    .ADA5(where_a[5]), .ADA6(where_a[6]), .ADA7(where_a[7]), .ADA8(where_a[8]),
    .ADA9(where_a[9]), .ADA10(where_a[10]), .ADA11(where_a[11]), .ADA12(where_a[12]),
    .ADA13(where_a[13]), .ADB0(where_b[0]), .ADB1(where_b[1]), .ADB2(where_b[2]),
    .ADB3(where_b[3]), .ADB4(where_b[4]), .ADB5(where_b[5]), .ADB6(where_b[6]),
    .ADB7(where_b[7]), .ADB8(where_b[8]), .ADB9(where_b[9]), .ADB10(where_b[10]),
    .ADB11(where_b[11]), .ADB12(where_b[12]), .ADB13(where_b[13]), .DOA0(shown_a[0]),
    .DOA1(shown_a[1]), .DOA2(shown_a[2]), .DOA3(shown_a[3]), .DOA4(shown_a[4]),
    .DOA5(shown_a[5]), .DOA6(shown_a[6]), .DOA7(shown_a[7]), .DOA8(shown_a[8]),
    .DOA9(shown_a[9]), .DOA10(shown_a[10]), .DOA11(shown_a[11]), .DOA12(shown_a[12]),
    .DOA13(shown_a[13]), .DOA14(shown_a[14]), .DOA15(shown_a[15]), .DOA16(shown_a[16]),
    .DOA17(shown_a[17]), .DOB0(shown_b[0]), .DOB1(shown_b[1]), .DOB2(shown_b[2]),
    .DOB3(shown_b[3]), .DOB4(shown_b[4]), .DOB5(shown_b[5]), .DOB6(shown_b[6]),
    .DOB7(shown_b[7]), .DOB8(shown_b[8]), .DOB9(shown_b[9]), .DOB10(shown_b[10]),
    .DOB11(shown_b[11]), .DOB12(shown_b[12]), .DOB13(shown_b[13]), .DOB14(shown_b[14]),
    .DOB15(shown_b[15]), .DOB16(shown_b[16]), .DOB17(shown_b[17]), .CLKA(clock), .CLKB(clock),
    .CEA(use_a), .CEB(use_b), .WEA(write), .WEB(1'b0), .RSTA(1'b0), .RSTB(1'b0), .OCEA(1'b1),
    .OCEB(1'b1), .CSA0(1'b0), .CSA1(1'b0), .CSA2(1'b0), .CSB0(1'b0), .CSB1(1'b0), .CSB2(1'b0)
);
localparam WORDS = 16384 >> LOW;
reg [WIDTH-1:0] words [0:WORDS-1];
reg [WIDTH-1:0] wanted_a = 0, wanted_b = 0;
// Bytes of B that A wrote in the cycle in which B read them: their value is undefined.
reg [BYTES-1:0] open = 0;
integer at;
// The initial contents as one vector, for ports that access the ninth bits and for ports that do
// not.
reg [18431:0] whole;
reg [16383:0] without_ninths;
initial begin
    for (at = 0; at < 1024; at = at + 1) begin
        whole[18 * at +: 18] = first(at);
        without_ninths[16 * at +: 8] = whole[18 * at +: 8];
        without_ninths[16 * at + 8 +: 8] = whole[18 * at + 9 +: 8];
    end
    for (at = 0; at < WORDS; at = at + 1)
        words[at] = WIDTH < 9 ? without_ninths[WIDTH * at +: WIDTH] : whole[WIDTH * at +: WIDTH];
end
wire [BYTES-1:0] enabled = WIDTH < 18 ? 1'b1 : enables[BYTES-1:0] | {BYTES{fault}};
wire [13:0] written = word_a ^ (WIDTH < 18 ? {13'd0, fault} : 14'd0);
wire [35:0] data = {high, low};
wire [35:0] now = WIDTH == 36 ? {shown_b, shown_a} : {18'h0, shown_b};
reg differs = 1'b0;
reg [2:0] cases = 3'b000;
always @(posedge clock) begin
    if (~begun) cycle <= cycle + 15'd1;
    open <= 0;
    if (use_a & write)
        for (at = 0; at < BYTES; at = at + 1)
            if (enabled[at]) words[written[13-LOW:0]][PART*at +: PART] <= data[PART*at +: PART];
    if (use_a) wanted_a <= words[word_a[13-LOW:0]];
    if (use_b) begin
        wanted_b <= words[word_b[13-LOW:0]];
        if (use_a & write & word_a[13-LOW:0] == word_b[13-LOW:0]) open <= enabled;
    end else open <= open;
    for (at = 0; at < BYTES; at = at + 1)
        if (~open[at] & now[PART*at +: PART] != wanted_b[PART*at +: PART]) differs <= 1'b1;
    if (WIDTH != 36 && shown_a[(WIDTH == 36 ? 18 : WIDTH)-1:0] != wanted_a) differs <= 1'b1;
    if (|open) cases[0] <= 1'b1;
    if (use_a & write & ~&enabled) cases[1] <= 1'b1;
    if (|wanted_b & ~|open) cases[2] <= 1'b1;
end
assign wrong = differs;
assign seen = cases | (WIDTH < 18 ? 3'b010 : 3'b000);
endmodule

module top(input clock, input locked, input rx, output tx, output [7:0] led);
reg [63:0] random = 64'h9e3779b97f4a7c15;
wire [63:0] first = random ^ (random << 13);
wire [63:0] second = first ^ (first >> 7);
wire [5:0] memory_wrong;
wire [17:0] memory_seen;
memory_pair #(9) nine (clock, random, ~rx, memory_wrong[0], memory_seen[2:0]);
memory_pair #(18) eighteen (clock, random, ~rx, memory_wrong[1], memory_seen[5:3]);
memory_pair #(36) thirty_six (clock, random, ~rx, memory_wrong[2], memory_seen[8:6]);
memory_pair #(4) four (clock, random, ~rx, memory_wrong[3], memory_seen[11:9]);
memory_pair #(2) two (clock, random, ~rx, memory_wrong[4], memory_seen[14:12]);
memory_pair #(1) one (clock, random, ~rx, memory_wrong[5], memory_seen[17:15]);

reg [17:0] a = 18'h0, b = 18'h0;
reg sign = 1'b0;
wire [35:0] product;
MULT18X18D multiplier (
    .A0(a[0]), .A1(a[1]), .A2(a[2]), .A3(a[3]), .A4(a[4]), .A5(a[5]), .A6(a[6]), .A7(a[7]),
    .A8(a[8]), .A9(a[9]), .A10(a[10]), .A11(a[11]), .A12(a[12]), .A13(a[13]), .A14(a[14]),
    .A15(a[15]), .A16(a[16]), .A17(a[17]), .B0(b[0]), .B1(b[1]), .B2(b[2]), .B3(b[3]), .B4(b[4]),
    .B5(b[5]), .B6(b[6]), .B7(b[7]), .B8(b[8]), .B9(b[9]), .B10(b[10]), .B11(b[11]), .B12(b[12]),
    .B13(b[13]), .B14(b[14]), .B15(b[15]), .B16(b[16]), .B17(b[17]), .C0(1'b0), .C1(1'b0),
    .C2(1'b0), .C3(1'b0), .C4(1'b0), .C5(1'b0), .C6(1'b0), .C7(1'b0), .C8(1'b0), .C9(1'b0),
    .C10(1'b0), .C11(1'b0), .C12(1'b0), .C13(1'b0), .C14(1'b0), .C15(1'b0), .C16(1'b0),
    .C17(1'b0), .P0(product[0]), .P1(product[1]), .P2(product[2]), .P3(product[3]),
    .P4(product[4]), .P5(product[5]), .P6(product[6]), .P7(product[7]), .P8(product[8]),
    .P9(product[9]), .P10(product[10]), .P11(product[11]), .P12(product[12]), .P13(product[13]),
    .P14(product[14]), .P15(product[15]), .P16(product[16]), .P17(product[17]),
    .P18(product[18]), .P19(product[19]), .P20(product[20]), .P21(product[21]),
    .P22(product[22]), .P23(product[23]), .P24(product[24]), .P25(product[25]),
    .P26(product[26]), .P27(product[27]), .P28(product[28]), .P29(product[29]),
    .P30(product[30]), .P31(product[31]), .P32(product[32]), .P33(product[33]),
    .P34(product[34]), .P35(product[35]), .SIGNEDA(sign), .SIGNEDB(sign), .SOURCEA(1'b0),
    .SOURCEB(1'b0)
);
wire signed [17:0] signed_a = a, signed_b = b;
wire signed [35:0] signed_product = signed_a * signed_b;
wire [35:0] unsigned_product = {18'h0, a} * {18'h0, b};
reg product_wrong = 1'b0;
reg [1:0] product_seen = 2'b00;
always @(posedge clock) begin
    random <= second ^ (second << 17);
    a <= random[37:36] == 2'd0 ? {random[38], {17{random[39]}}} : random[17:0];
    b <= random[41:40] == 2'd0 ? {random[42], {17{random[43]}}} : random[35:18];
    sign <= random[44];
    if (product != (sign & rx ? signed_product : unsigned_product)) product_wrong <= 1'b1;
    if (sign & a[17] & ~b[17]) product_seen[0] <= 1'b1;
    if (sign & a == 18'h20000 & b == 18'h20000) product_seen[1] <= 1'b1;
end
assign tx = 1'b1;
assign led = {
    |memory_wrong | product_wrong, &memory_wrong, product_wrong, 2'b00, &memory_seen,
    product_seen
};
endmodule
