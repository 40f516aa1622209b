// Synfire on the board ulx3s_85f_m: made from board.toml by `cargo xtask codegen`, not to be edited.
//
// 25000000 Hz of the oscillator become 70000000 Hz for the device, config ecp85_m.
`default_nettype none

module board(
    input wire oscillator,
    input wire rx,
    output wire tx,
    output wire light_alive,
    output wire light_link,
    output wire light_tick,
    output wire light_trouble,
    output wire wifi_gpio0
);

wire clock;
wire locked;
wire started;
wire [3:0] led;

(* FREQUENCY_PIN_CLKI="25" *)
(* FREQUENCY_PIN_CLKOP="70" *)
(* ICP_CURRENT="12" *) (* LPF_RESISTOR="8" *)
(* MFG_ENABLE_FILTEROPAMP="1" *) (* MFG_GMCREF_SEL="2" *)
EHXPLLL #(
    .PLLRST_ENA("DISABLED"),
    .INTFB_WAKE("DISABLED"),
    .STDBY_ENABLE("DISABLED"),
    .DPHASE_SOURCE("DISABLED"),
    .OUTDIVIDER_MUXA("DIVA"),
    .OUTDIVIDER_MUXB("DIVB"),
    .OUTDIVIDER_MUXC("DIVC"),
    .OUTDIVIDER_MUXD("DIVD"),
    .CLKI_DIV(1),
    .CLKOP_ENABLE("ENABLED"),
    .CLKOP_DIV(10),
    .CLKOP_CPHASE(9),
    .CLKOP_FPHASE(0),
    .CLKOS_ENABLE("ENABLED"),
    .CLKOS_DIV(7),
    .CLKOS_CPHASE(6),
    .CLKOS_FPHASE(0),
    .FEEDBK_PATH("INT_OS"),
    .CLKFB_DIV(4)
) pll (
    .CLKI(oscillator),
    .CLKOP(clock),
    .LOCK(locked),
    .RST(1'b0),
    .STDBY(1'b0),
    .PHASESEL0(1'b0),
    .PHASESEL1(1'b0),
    .PHASEDIR(1'b1),
    .PHASESTEP(1'b1),
    .PHASELOADREG(1'b1),
    .PLLWAKESYNC(1'b0),
    .ENCLKOP(1'b0)
);

top device (
    .clock(clock),
    .locked(locked),
    .rx(rx),
    .tx(tx),
    .led(led),
    .started(started)
);

assign light_alive = led[0] | ~started;
assign light_link = led[1];
assign light_tick = led[2];
assign light_trouble = led[3] | ~locked;
assign wifi_gpio0 = 1'b1;

endmodule

`default_nettype wire
