// Compares yosys's model of the UltraPlus's multiplier with a product of two numbers, with
// registers where the configuration has some. A low level on rx plants a fault: one register less.
module mac16_pair #(
    parameter SIGNED = 0,
    parameter REG_A = 0,
    parameter REG_B = 0,
    parameter REG_PRODUCT = 0
) (
    input clock,
    input [15:0] a,
    input [15:0] b,
    input fault,
    output same
);
wire [31:0] theirs;
SB_MAC16 #(
    .A_SIGNED(SIGNED), .B_SIGNED(SIGNED), .A_REG(REG_A), .B_REG(REG_B),
    .TOP_8x8_MULT_REG(REG_PRODUCT), .BOT_8x8_MULT_REG(REG_PRODUCT),
    .PIPELINE_16x16_MULT_REG1(REG_PRODUCT), .PIPELINE_16x16_MULT_REG2(0),
    .TOPOUTPUT_SELECT(3), .BOTOUTPUT_SELECT(3),
    .TOPADDSUB_LOWERINPUT(2), .TOPADDSUB_UPPERINPUT(1), .TOPADDSUB_CARRYSELECT(3),
    .BOTADDSUB_LOWERINPUT(2), .BOTADDSUB_UPPERINPUT(1)
) multiplier (
    .CLK(clock), .CE(1'b1), .A(a), .B(b), .C(16'h0), .D(16'h0),
    .AHOLD(1'b0), .BHOLD(1'b0), .CHOLD(1'b0), .DHOLD(1'b0),
    .IRSTTOP(1'b0), .IRSTBOT(1'b0), .ORSTTOP(1'b0), .ORSTBOT(1'b0),
    .OLOADTOP(1'b0), .OLOADBOT(1'b0), .ADDSUBTOP(1'b0), .ADDSUBBOT(1'b0),
    .OHOLDTOP(1'b0), .OHOLDBOT(1'b0), .CI(1'b0), .ACCUMCI(1'b0), .SIGNEXTIN(1'b0),
    .O(theirs));
reg [15:0] a_before = 16'h0, b_before = 16'h0;
wire [15:0] x = REG_A ? a_before : a;
wire [15:0] y = REG_B ? b_before : b;
wire [31:0] product = SIGNED ? {{16{x[15]}}, x} * {{16{y[15]}}, y} : {16'h0, x} * {16'h0, y};
reg [31:0] product_before = 32'h0;
always @(posedge clock) begin
    a_before <= a;
    b_before <= b;
    product_before <= product;
end
wire registered = REG_PRODUCT & ~fault;
assign same = theirs == (registered ? product_before : product);
endmodule

module top(input clock, input locked, input rx, output tx, output [7:0] led);
reg [63:0] random = 64'h9e3779b97f4a7c15;
wire [63:0] first = random ^ (random << 13);
wire [63:0] second = first ^ (first >> 7);
reg [15:0] a = 16'h0, b = 16'h0;
wire [15:0] same;
genvar kind;
generate for (kind = 0; kind < 16; kind = kind + 1) begin : kinds
    mac16_pair #(kind & 1, kind >> 1 & 1, kind >> 2 & 1, kind >> 3 & 1) pair (
        .clock(clock), .a(a), .b(b), .fault(~rx), .same(same[kind]));
end endgenerate
reg wrong = 1'b0;
reg [3:0] settled = 4'd0;
// Cases that have occurred: both operands minimal, both negative, one negative, both zero.
reg [3:0] seen = 4'h0;
always @(posedge clock) begin
    random <= second ^ (second << 17);
    // Extreme values are frequent.
    a <= random[33:32] == 2'd0 ? {random[34], {15{random[35]}}} : random[15:0];
    b <= random[37:36] == 2'd0 ? {random[38], {15{random[39]}}} : random[31:16];
    if (settled != 4'hf) settled <= settled + 4'd1;
    else if (same != 16'hffff) wrong <= 1'b1;
    if (a == 16'h8000 & b == 16'h8000) seen[0] <= 1'b1;
    if (a[15] & b[15]) seen[1] <= 1'b1;
    if (a[15] ^ b[15]) seen[2] <= 1'b1;
    if (a == 16'h0 & b == 16'h0) seen[3] <= 1'b1;
end
assign tx = 1'b1;
assign led = {wrong, 3'b0, seen};
endmodule
