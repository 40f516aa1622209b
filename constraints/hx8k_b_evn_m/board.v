// Synfire on the board hx8k_b_evn_m: made from board.toml by `cargo xtask codegen`, not to be edited.
//
// 12000000 Hz of the oscillator become 60000000 Hz for the device, config hx8k_m.
`default_nettype none

module board(
    input wire oscillator,
    input wire rx,
    output wire tx,
    output wire light_alive,
    output wire light_link,
    output wire light_tick,
    output wire light_trouble
);

wire clock;
wire locked;
wire started;
wire [3:0] led;

SB_PLL40_CORE #(
    .FEEDBACK_PATH("SIMPLE"),
    .DIVR(4'd0),
    .DIVF(7'd79),
    .DIVQ(3'd4),
    .FILTER_RANGE(3'd1)
) pll (
    .REFERENCECLK(oscillator),
    .PLLOUTGLOBAL(clock),
    .LOCK(locked),
    .RESETB(1'b1),
    .BYPASS(1'b0)
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

endmodule

`default_nettype wire
