// Boards whose PLL locks late, loses its lock, locks again and loses the lock permanently. Until
// the PLL has locked, and while it has no lock, a board must be silent, and the lights that show
// this must be on; with the lock, the light for trouble must be off. A board that has waited for
// 2^22 cycles starts without the lock, and only the light for trouble stays on. Three boards have a
// fault: the device of one is told that the PLL has locked, and one light of each of the others
// ignores the lock.

// The observations of one board, from its first cycle on.
module watch(
    input clock, input lock, input tx, input alive, input trouble, output reg spoke,
    output reg dark, output reg lit
);
// A change of the lock takes a few cycles to reach the device, and none to reach the lights.
reg [22:0] since = 23'd0;
reg lock_was = 1'b0;
wire settled = since >= 23'd511;
wire waits = ~since[22];
initial {spoke, dark, lit} = 3'b000;
always @(posedge clock) begin
    lock_was <= lock;
    if (lock_was != lock) since <= 23'd0;
    else if (~&since) since <= since + 23'd1;
    if (settled & waits & ~lock & ~tx) spoke <= 1'b1;
    if (lock_was == lock & ~lock & ~(trouble & (alive | ~settled | ~waits))) dark <= 1'b1;
    if (settled & lock & trouble) lit <= 1'b1;
end
endmodule

module top(input clock, input locked, input rx, output tx, output [7:0] led);
reg [18:0] cycle = 19'd0;
always @(posedge clock) if (~&cycle) cycle <= cycle + 19'd1;
wire lock = (cycle >= 19'd100000 & cycle < 19'd200000) | (cycle >= 19'd300000 & cycle < 19'd500000);
