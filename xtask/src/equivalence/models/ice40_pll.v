// The iCE40's PLL for simulation: its output is the input clock, with a lock unless the bench
// overrides it.
`ifndef SYNFIRE_LOCK
`define SYNFIRE_LOCK 1'b1
`endif
module SB_PLL40_CORE #(
    parameter FEEDBACK_PATH = "SIMPLE",
    parameter DELAY_ADJUSTMENT_MODE_FEEDBACK = "FIXED",
    parameter DELAY_ADJUSTMENT_MODE_RELATIVE = "FIXED",
    parameter SHIFTREG_DIV_MODE = 1'b0,
    parameter FDA_FEEDBACK = 4'b0,
    parameter FDA_RELATIVE = 4'b0,
    parameter PLLOUT_SELECT = "GENCLK",
    parameter DIVR = 4'b0,
    parameter DIVF = 7'b0,
    parameter DIVQ = 3'b0,
    parameter FILTER_RANGE = 3'b0,
    parameter ENABLE_ICEGATE = 1'b0,
    parameter TEST_MODE = 1'b0,
    parameter EXTERNAL_DIVIDE_FACTOR = 1
) (
    input REFERENCECLK,
    output PLLOUTCORE,
    output PLLOUTGLOBAL,
    input EXTFEEDBACK,
    input [7:0] DYNAMICDELAY,
    output LOCK,
    input BYPASS,
    input RESETB,
    input LATCHINPUTVALUE,
    output SDO,
    input SDI,
    input SCLK
);
assign PLLOUTCORE = REFERENCECLK;
assign PLLOUTGLOBAL = REFERENCECLK;
assign LOCK = `SYNFIRE_LOCK;
assign SDO = 1'b0;
endmodule

module SB_PLL40_PAD #(
    parameter FEEDBACK_PATH = "SIMPLE",
    parameter DELAY_ADJUSTMENT_MODE_FEEDBACK = "FIXED",
    parameter DELAY_ADJUSTMENT_MODE_RELATIVE = "FIXED",
    parameter SHIFTREG_DIV_MODE = 2'b0,
    parameter FDA_FEEDBACK = 4'b0,
    parameter FDA_RELATIVE = 4'b0,
    parameter PLLOUT_SELECT = "GENCLK",
    parameter DIVR = 4'b0,
    parameter DIVF = 7'b0,
    parameter DIVQ = 3'b0,
    parameter FILTER_RANGE = 3'b0,
    parameter ENABLE_ICEGATE = 1'b0,
    parameter TEST_MODE = 1'b0,
    parameter EXTERNAL_DIVIDE_FACTOR = 1
) (
    input PACKAGEPIN,
    output PLLOUTCORE,
    output PLLOUTGLOBAL,
    input EXTFEEDBACK,
    input [7:0] DYNAMICDELAY,
    output LOCK,
    input BYPASS,
    input RESETB,
    input LATCHINPUTVALUE,
    output SDO,
    input SDI,
    input SCLK
);
assign PLLOUTCORE = PACKAGEPIN;
assign PLLOUTGLOBAL = PACKAGEPIN;
assign LOCK = `SYNFIRE_LOCK;
assign SDO = 1'b0;
endmodule
