// Simulation model of the single-port memory of the iCE40 UltraPlus: 16,384 words of 16 bits.
//
// Written from the vendor's technical note TN-02022 ("iCE40 SPRAM Usage Guide"), for simulations
// of verilog/up5k.v only; synthesis has its own. Modelled: synchronous read (DATAOUT keeps its
// value in the cycle of a write), writes by nibble, CHIPSELECT, and that nothing works in STANDBY,
// SLEEP or without power. Not modelled: that SLEEP and POWEROFF let the contents or the output
// go. The contents start at zero here; the hardware's do not, and a host loads every word it uses.

module SB_SPRAM256KA (
   input wire [13:0] ADDRESS,
   input wire [15:0] DATAIN,
   input wire [3:0] MASKWREN,
   input wire WREN,
   input wire CHIPSELECT,
   input wire CLOCK,
   input wire STANDBY,
   input wire SLEEP,
   input wire POWEROFF,
   output reg [15:0] DATAOUT
);
   reg [15:0] words [0:16383];
   wire selected = CHIPSELECT & ~STANDBY & ~SLEEP & POWEROFF;
   integer k;

   initial begin
      for (k = 0; k < 16384; k = k + 1) words[k] = 16'h0;
   end

   always @(posedge CLOCK) begin
      if (selected & ~WREN) DATAOUT <= words[ADDRESS];
      if (selected & WREN) begin
         if (MASKWREN[0]) words[ADDRESS][3:0] <= DATAIN[3:0];
         if (MASKWREN[1]) words[ADDRESS][7:4] <= DATAIN[7:4];
         if (MASKWREN[2]) words[ADDRESS][11:8] <= DATAIN[11:8];
         if (MASKWREN[3]) words[ADDRESS][15:12] <= DATAIN[15:12];
      end
   end
endmodule
