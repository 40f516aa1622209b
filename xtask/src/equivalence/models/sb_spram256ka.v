// The large memory of the iCE40 UltraPlus: 16,384 words of 16 bits with one port.
//
// After Lattice's technical note TN1314 ("iCE40 SPRAM Usage Guide"): the port is synchronous; a
// write changes the nibbles whose bit of MASKWREN is high; without CHIPSELECT nothing happens.
// STANDBY keeps contents and output and allows no access. SLEEP keeps the contents and sets the
// output to 0. Without power (POWEROFF is active low), the contents are lost and the output is 0.
//
// What the note does not specify is noise here, different each time, so that a dependence on it is
// detected: the contents after power-up, and the output after a write.
module SB_SPRAM256KA (
    input [13:0] ADDRESS,
    input [15:0] DATAIN,
    input [3:0] MASKWREN,
    input WREN,
    input CHIPSELECT,
    input CLOCK,
    input STANDBY,
    input SLEEP,
    input POWEROFF,
    output [15:0] DATAOUT
);

// Each word, and above it the number of power losses before it was written.
reg [23:0] words [0:16383];
reg [15:0] held = 16'hbeef;
reg [15:0] noise = 16'hace1;
reg [7:0] losses = 8'd0;
reg [15:0] lost = 16'h0;
reg powered = 1'b1;
integer at;

wire [23:0] stored = words[ADDRESS];
wire [15:0] word = stored[23:16] == losses ? stored[15:0] : stored[15:0] ^ lost;
wire [15:0] mask = {{4{MASKWREN[3]}}, {4{MASKWREN[2]}}, {4{MASKWREN[1]}}, {4{MASKWREN[0]}}};

assign DATAOUT = POWEROFF & ~SLEEP ? held : 16'h0;

initial begin
    for (at = 0; at < 16384; at = at + 1) words[at] = {8'd0, at[15:0] * 16'h9e37 ^ 16'h5a3c};
end

always @(posedge CLOCK) begin
    noise <= {noise[14:0], noise[15] ^ noise[13] ^ noise[12] ^ noise[10]};
    powered <= POWEROFF;
    if (~POWEROFF & powered) begin
        losses <= losses + 8'd1;
        lost <= noise;
    end
    if (~POWEROFF | SLEEP) begin
        held <= noise;
    end else if (CHIPSELECT & ~STANDBY) begin
        if (WREN) words[ADDRESS] <= {losses, (word & ~mask) | (DATAIN & mask)};
        held <= WREN ? noise : word;
    end
end

endmodule
