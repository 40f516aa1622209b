// Cells of the ECP5 for which yosys has no model or an empty one: the PLL, the multiplier and the
// block RAM. They only support what the netlists of this project use; anything else is an error at
// compile time.

// The output is the input clock, with a lock unless the bench overrides it.
`ifndef SYNFIRE_LOCK
`define SYNFIRE_LOCK 1'b1
`endif
module EHXPLLL #(
    parameter CLKI_DIV = 1, parameter CLKFB_DIV = 1, parameter CLKOP_DIV = 8,
    parameter CLKOS_DIV = 8, parameter CLKOS2_DIV = 8, parameter CLKOS3_DIV = 8,
    parameter CLKOP_ENABLE = "ENABLED", parameter CLKOS_ENABLE = "DISABLED",
    parameter CLKOS2_ENABLE = "DISABLED", parameter CLKOS3_ENABLE = "DISABLED",
    parameter CLKOP_CPHASE = 0, parameter CLKOS_CPHASE = 0,
    parameter CLKOS2_CPHASE = 0, parameter CLKOS3_CPHASE = 0,
    parameter CLKOP_FPHASE = 0, parameter CLKOS_FPHASE = 0,
    parameter CLKOS2_FPHASE = 0, parameter CLKOS3_FPHASE = 0,
    parameter FEEDBK_PATH = "CLKOP", parameter CLKOP_TRIM_POL = "RISING",
    parameter CLKOP_TRIM_DELAY = 0, parameter CLKOS_TRIM_POL = "RISING",
    parameter CLKOS_TRIM_DELAY = 0, parameter OUTDIVIDER_MUXA = "DIVA",
    parameter OUTDIVIDER_MUXB = "DIVB", parameter OUTDIVIDER_MUXC = "DIVC",
    parameter OUTDIVIDER_MUXD = "DIVD", parameter PLL_LOCK_MODE = 0,
    parameter PLL_LOCK_DELAY = 200, parameter STDBY_ENABLE = "DISABLED",
    parameter REFIN_RESET = "DISABLED", parameter SYNC_ENABLE = "DISABLED",
    parameter INT_LOCK_STICKY = "ENABLED", parameter DPHASE_SOURCE = "DISABLED",
    parameter PLLRST_ENA = "DISABLED", parameter INTFB_WAKE = "DISABLED"
) (
    input CLKI, CLKFB, PHASESEL1, PHASESEL0, PHASEDIR, PHASESTEP, PHASELOADREG, STDBY, PLLWAKESYNC,
    input RST, ENCLKOP, ENCLKOS, ENCLKOS2, ENCLKOS3,
    output CLKOP, CLKOS, CLKOS2, CLKOS3, LOCK, INTLOCK, REFCLK, CLKINTFB
);
assign {CLKOP, CLKOS, CLKOS2, CLKOS3} = {4{CLKI}};
assign {REFCLK, CLKINTFB} = {CLKI, CLKI};
assign {LOCK, INTLOCK} = {2{`SYNFIRE_LOCK}};
endmodule

// The product of 18 by 18 bits, without registers.
module MULT18X18D #(
    parameter REG_INPUTA_CLK = "NONE", parameter REG_INPUTB_CLK = "NONE",
    parameter REG_PIPELINE_CLK = "NONE", parameter REG_OUTPUT_CLK = "NONE"
) (
    input A0, A1, A2, A3, A4, A5, A6, A7, A8, A9, A10, A11, A12, A13, A14, A15, A16, A17, B0, B1,
    B2, B3, B4, B5, B6, B7, B8, B9, B10, B11, B12, B13, B14, B15, B16, B17, C0, C1, C2, C3, C4,
    C5, C6, C7, C8, C9, C10, C11, C12, C13, C14, C15, C16, C17, SIGNEDA, SIGNEDB, SOURCEA,
    SOURCEB,
    output P0, P1, P2, P3, P4, P5, P6, P7, P8, P9, P10, P11, P12, P13, P14, P15, P16, P17, P18,
    P19, P20, P21, P22, P23, P24, P25, P26, P27, P28, P29, P30, P31, P32, P33, P34, P35
);
wire [17:0] a = {
    A17, A16, A15, A14, A13, A12, A11, A10, A9, A8, A7, A6, A5, A4, A3, A2, A1, A0
};
wire [17:0] b = {
    B17, B16, B15, B14, B13, B12, B11, B10, B9, B8, B7, B6, B5, B4, B3, B2, B1, B0
};
wire [35:0] x = {{18{a[17] & SIGNEDA}}, a};
wire [35:0] y = {{18{b[17] & SIGNEDB}}, b};
assign {
    P35, P34, P33, P32, P31, P30, P29, P28, P27, P26, P25, P24, P23, P22, P21, P20, P19, P18,
    P17, P16, P15, P14, P13, P12, P11, P10, P9, P8, P7, P6, P5, P4, P3, P2, P1, P0
} = x * y;
generate
    if (REG_INPUTA_CLK != "NONE" || REG_INPUTB_CLK != "NONE" || REG_PIPELINE_CLK != "NONE" ||
        REG_OUTPUT_CLK != "NONE") no_model_of_a_multiplier_with_registers error();
endgenerate
endmodule

// 18 kbit with two ports of 1, 2, 4, 9 or 18 bits, or with a port A of 36 bits that writes and a
// port B of 36 bits that reads. A port of fewer than nine bits does not access the ninth bit of a
// byte. Both ports have one clock. A port that writes outputs the overwritten word or keeps its
// output, as WRITEMODE selects. If a port reads a byte that the other one writes in the same cycle,
// the result is undefined: it is noise here.
module DP16KD #(
    parameter DATA_WIDTH_A = 18, parameter DATA_WIDTH_B = 18,
    parameter REGMODE_A = "NOREG", parameter REGMODE_B = "NOREG",
    parameter RESETMODE = "SYNC", parameter ASYNC_RESET_RELEASE = "SYNC",
    parameter CSDECODE_A = "0b000", parameter CSDECODE_B = "0b000",
    parameter WRITEMODE_A = "NORMAL", parameter WRITEMODE_B = "NORMAL",
    parameter CLKAMUX = "CLKA", parameter CLKBMUX = "CLKB",
    parameter GSR = "ENABLED", parameter INIT_DATA = "STATIC", parameter WID = 0,
    parameter [319:0] INITVAL_00 = 0, parameter [319:0] INITVAL_01 = 0,
    parameter [319:0] INITVAL_02 = 0, parameter [319:0] INITVAL_03 = 0,
    parameter [319:0] INITVAL_04 = 0, parameter [319:0] INITVAL_05 = 0,
    parameter [319:0] INITVAL_06 = 0, parameter [319:0] INITVAL_07 = 0,
    parameter [319:0] INITVAL_08 = 0, parameter [319:0] INITVAL_09 = 0,
    parameter [319:0] INITVAL_0A = 0, parameter [319:0] INITVAL_0B = 0,
    parameter [319:0] INITVAL_0C = 0, parameter [319:0] INITVAL_0D = 0,
    parameter [319:0] INITVAL_0E = 0, parameter [319:0] INITVAL_0F = 0,
    parameter [319:0] INITVAL_10 = 0, parameter [319:0] INITVAL_11 = 0,
    parameter [319:0] INITVAL_12 = 0, parameter [319:0] INITVAL_13 = 0,
    parameter [319:0] INITVAL_14 = 0, parameter [319:0] INITVAL_15 = 0,
    parameter [319:0] INITVAL_16 = 0, parameter [319:0] INITVAL_17 = 0,
    parameter [319:0] INITVAL_18 = 0, parameter [319:0] INITVAL_19 = 0,
    parameter [319:0] INITVAL_1A = 0, parameter [319:0] INITVAL_1B = 0,
    parameter [319:0] INITVAL_1C = 0, parameter [319:0] INITVAL_1D = 0,
    parameter [319:0] INITVAL_1E = 0, parameter [319:0] INITVAL_1F = 0,
    parameter [319:0] INITVAL_20 = 0, parameter [319:0] INITVAL_21 = 0,
    parameter [319:0] INITVAL_22 = 0, parameter [319:0] INITVAL_23 = 0,
    parameter [319:0] INITVAL_24 = 0, parameter [319:0] INITVAL_25 = 0,
    parameter [319:0] INITVAL_26 = 0, parameter [319:0] INITVAL_27 = 0,
    parameter [319:0] INITVAL_28 = 0, parameter [319:0] INITVAL_29 = 0,
    parameter [319:0] INITVAL_2A = 0, parameter [319:0] INITVAL_2B = 0,
    parameter [319:0] INITVAL_2C = 0, parameter [319:0] INITVAL_2D = 0,
    parameter [319:0] INITVAL_2E = 0, parameter [319:0] INITVAL_2F = 0,
    parameter [319:0] INITVAL_30 = 0, parameter [319:0] INITVAL_31 = 0,
    parameter [319:0] INITVAL_32 = 0, parameter [319:0] INITVAL_33 = 0,
    parameter [319:0] INITVAL_34 = 0, parameter [319:0] INITVAL_35 = 0,
    parameter [319:0] INITVAL_36 = 0, parameter [319:0] INITVAL_37 = 0,
    parameter [319:0] INITVAL_38 = 0, parameter [319:0] INITVAL_39 = 0,
    parameter [319:0] INITVAL_3A = 0, parameter [319:0] INITVAL_3B = 0,
    parameter [319:0] INITVAL_3C = 0, parameter [319:0] INITVAL_3D = 0,
    parameter [319:0] INITVAL_3E = 0, parameter [319:0] INITVAL_3F = 0
) (
    input DIA0, DIA1, DIA2, DIA3, DIA4, DIA5, DIA6, DIA7, DIA8, DIA9, DIA10, DIA11, DIA12, DIA13,
    DIA14, DIA15, DIA16, DIA17, ADA0, ADA1, ADA2, ADA3, ADA4, ADA5, ADA6, ADA7, ADA8, ADA9,
    ADA10, ADA11, ADA12, ADA13, CEA, OCEA, CLKA, WEA, RSTA, CSA0, CSA1, CSA2,
    output DOA0, DOA1, DOA2, DOA3, DOA4, DOA5, DOA6, DOA7, DOA8, DOA9, DOA10, DOA11, DOA12,
    DOA13, DOA14, DOA15, DOA16, DOA17,
    input DIB0, DIB1, DIB2, DIB3, DIB4, DIB5, DIB6, DIB7, DIB8, DIB9, DIB10, DIB11, DIB12, DIB13,
    DIB14, DIB15, DIB16, DIB17, ADB0, ADB1, ADB2, ADB3, ADB4, ADB5, ADB6, ADB7, ADB8, ADB9,
    ADB10, ADB11, ADB12, ADB13, CEB, OCEB, CLKB, WEB, RSTB, CSB0, CSB1, CSB2,
    output DOB0, DOB1, DOB2, DOB3, DOB4, DOB5, DOB6, DOB7, DOB8, DOB9, DOB10, DOB11, DOB12,
    DOB13, DOB14, DOB15, DOB16, DOB17
);
wire [17:0] dia = {
    DIA17, DIA16, DIA15, DIA14, DIA13, DIA12, DIA11, DIA10, DIA9, DIA8, DIA7, DIA6, DIA5, DIA4,
    DIA3, DIA2, DIA1, DIA0
};
wire [13:0] ada = {
    ADA13, ADA12, ADA11, ADA10, ADA9, ADA8, ADA7, ADA6, ADA5, ADA4, ADA3, ADA2, ADA1, ADA0
};
wire [17:0] dib = {
    DIB17, DIB16, DIB15, DIB14, DIB13, DIB12, DIB11, DIB10, DIB9, DIB8, DIB7, DIB6, DIB5, DIB4,
    DIB3, DIB2, DIB1, DIB0
};
wire [13:0] adb = {
    ADB13, ADB12, ADB11, ADB10, ADB9, ADB8, ADB7, ADB6, ADB5, ADB4, ADB3, ADB2, ADB1, ADB0
};

// Bits 18 and 19 of each 20 do not exist.
localparam [20479:0] CONTENTS = {
    INITVAL_3F, INITVAL_3E, INITVAL_3D, INITVAL_3C, INITVAL_3B, INITVAL_3A, INITVAL_39,
    INITVAL_38, INITVAL_37, INITVAL_36, INITVAL_35, INITVAL_34, INITVAL_33, INITVAL_32,
    INITVAL_31, INITVAL_30, INITVAL_2F, INITVAL_2E, INITVAL_2D, INITVAL_2C, INITVAL_2B,
    INITVAL_2A, INITVAL_29, INITVAL_28, INITVAL_27, INITVAL_26, INITVAL_25, INITVAL_24,
    INITVAL_23, INITVAL_22, INITVAL_21, INITVAL_20, INITVAL_1F, INITVAL_1E, INITVAL_1D,
    INITVAL_1C, INITVAL_1B, INITVAL_1A, INITVAL_19, INITVAL_18, INITVAL_17, INITVAL_16,
    INITVAL_15, INITVAL_14, INITVAL_13, INITVAL_12, INITVAL_11, INITVAL_10, INITVAL_0F,
    INITVAL_0E, INITVAL_0D, INITVAL_0C, INITVAL_0B, INITVAL_0A, INITVAL_09, INITVAL_08,
    INITVAL_07, INITVAL_06, INITVAL_05, INITVAL_04, INITVAL_03, INITVAL_02, INITVAL_01,
    INITVAL_00
};
reg [35:0] words [0:511];
reg [35:0] shown_a = 36'h0;
reg [35:0] shown_b = 36'h0;
reg [35:0] noise = 36'h5a5a5a5a5;
integer at;
initial for (at = 0; at < 512; at = at + 1)
    words[at] = {CONTENTS[at * 40 + 20 +: 18], CONTENTS[at * 40 +: 18]};

// The bytes of a word that an address selects, whatever the enables.
function [3:0] reach(input integer width, input [13:0] address);
    case (width)
        36: reach = 4'b1111;
        18: reach = address[4] ? 4'b1100 : 4'b0011;
        default: reach = 4'b0001 << address[4:3];
    endcase
endfunction

// The bytes that are written: the lowest address bits of a wide port are the enables of its bytes.
function [3:0] enabled(input integer width, input [13:0] address);
    case (width)
        36: enabled = address[3:0];
        18: enabled = reach(width, address) & {2{address[1:0]}};
        default: enabled = reach(width, address);
    endcase
endfunction

// Position in its byte of the part that a port of fewer than nine bits accesses.
function [2:0] first_bit(input integer width, input [13:0] address);
    case (width)
        4: first_bit = {address[2], 2'b00};
        2: first_bit = {address[2:1], 1'b0};
        1: first_bit = address[2:0];
        default: first_bit = 3'd0;
    endcase
endfunction

// The bits of a byte that a port accesses.
function [8:0] in_byte(input integer width, input [13:0] address);
    case (width)
        4: in_byte = 9'h00f << first_bit(width, address);
        2: in_byte = 9'h003 << first_bit(width, address);
        1: in_byte = 9'h001 << first_bit(width, address);
        default: in_byte = 9'h1ff;
    endcase
endfunction

// The bits of these bytes of a word that a port accesses.
function [35:0] bits_of(input integer width, input [13:0] address, input [3:0] bytes);
    bits_of = {{9{bytes[3]}}, {9{bytes[2]}}, {9{bytes[1]}}, {9{bytes[0]}}}
        & {4{in_byte(width, address)}};
endfunction

// The output of a port for a word: the accessed part, from bit 0 up.
function [35:0] part(input integer width, input [13:0] address, input [35:0] word);
    case (width)
        36: part = word;
        18: part = {18'h0, address[4] ? word[35:18] : word[17:0]};
        default: part = {27'h0, (word[9 * address[4:3] +: 9] & in_byte(width, address))
            >> first_bit(width, address)};
    endcase
endfunction

// The written value, repeated at all possible positions.
function [35:0] spread(input integer width, input [17:0] low, input [17:0] high);
    case (width)
        36: spread = {high, low};
        18: spread = {low, low};
        4: spread = {4{1'b0, {2{low[3:0]}}}};
        2: spread = {4{1'b0, {4{low[1:0]}}}};
        1: spread = {4{1'b0, {8{low[0]}}}};
        default: spread = {4{low[8:0]}};
    endcase
endfunction

wire active_a = CEA & {CSA2, CSA1, CSA0} == 3'b000;
wire active_b = CEB & {CSB2, CSB1, CSB0} == 3'b000;
wire [3:0] bytes_a = active_a & WEA ? enabled(DATA_WIDTH_A, ada) : 4'b0000;
wire [3:0] bytes_b = active_b & WEB ? enabled(DATA_WIDTH_B, adb) : 4'b0000;
wire [35:0] mask_a = bits_of(DATA_WIDTH_A, ada, bytes_a);
wire [35:0] mask_b = bits_of(DATA_WIDTH_B, adb, bytes_b);
wire same = ada[13:5] == adb[13:5];
wire [35:0] word_a = words[ada[13:5]];
wire [35:0] word_b = words[adb[13:5]];
wire [35:0] data_a = spread(DATA_WIDTH_A, dia, dib);
wire [35:0] data_b = spread(DATA_WIDTH_B, dib, dib);
wire [35:0] seen_a = word_a ^ (same ? mask_b & noise : 36'h0);
wire [35:0] seen_b = word_b ^ (same ? mask_a & noise : 36'h0);

always @(posedge CLKA) begin
    noise <= {noise[34:0], noise[35] ^ noise[24]} ^ 36'h1;
    if (|bytes_a) words[ada[13:5]] <= (word_a & ~mask_a) | (data_a & mask_a);
    if (|bytes_b) words[adb[13:5]] <= ((same ? (word_a & ~mask_a) | (data_a & mask_a) : word_b)
        & ~mask_b) | (data_b & mask_b);
    if (RSTA) shown_a <= 36'h0;
    else if (active_a & (~WEA | WRITEMODE_A == "READBEFOREWRITE"))
        shown_a <= part(DATA_WIDTH_A, ada, seen_a);
    if (RSTB) shown_b <= 36'h0;
    else if (active_b & (~WEB | WRITEMODE_B == "READBEFOREWRITE"))
        shown_b <= part(DATA_WIDTH_B, adb, seen_b);
end

assign {
    DOA17, DOA16, DOA15, DOA14, DOA13, DOA12, DOA11, DOA10, DOA9, DOA8, DOA7, DOA6, DOA5, DOA4,
    DOA3, DOA2, DOA1, DOA0
} = DATA_WIDTH_B == 36 ? shown_b[17:0] : shown_a[17:0];
assign {
    DOB17, DOB16, DOB15, DOB14, DOB13, DOB12, DOB11, DOB10, DOB9, DOB8, DOB7, DOB6, DOB5, DOB4,
    DOB3, DOB2, DOB1, DOB0
} = DATA_WIDTH_B == 36 ? shown_b[35:18] : shown_b[17:0];

generate
    if ((DATA_WIDTH_A == 36) != (DATA_WIDTH_B == 36)) no_model_of_a_memory_with_two_widths error();
    // An unused port keeps its default width.
    if (DATA_WIDTH_A != DATA_WIDTH_B)
        always @(posedge CLKA) if (active_b) $fatal(1, "no model of a memory of two widths");
    if (DATA_WIDTH_A != 1 && DATA_WIDTH_A != 2 && DATA_WIDTH_A != 4 && DATA_WIDTH_A != 9 &&
        DATA_WIDTH_A != 18 && DATA_WIDTH_A != 36)
        no_model_of_a_memory_of_that_width error();
    if (REGMODE_A != "NOREG" || REGMODE_B != "NOREG") no_model_of_a_memory_with_registers error();
    if (WRITEMODE_A == "WRITETHROUGH" || WRITEMODE_B == "WRITETHROUGH")
        no_model_of_a_memory_that_shows_what_it_writes error();
    if (CLKAMUX != "CLKA" || CLKBMUX != "CLKB") no_model_of_a_falling_edge error();
    if (CSDECODE_A != "0b000" || CSDECODE_B != "0b000") no_model_of_a_chip_select error();
endgenerate
endmodule
