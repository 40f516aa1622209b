// Like `lane.sv`, with currents of 28 bits instead of 16. For a delivered word a lane writes the
// current that it read plus the weight times two to the exponent, clamped to plus and minus
// 134,217,727; for the code of an absent synapse it writes nothing. One cycle later `clamped` tells
// whether the sum was clamped. The host writes nothing meanwhile; the current that is read is
// arbitrary.

module top$core$lanes$lane$0$currents(
    input clock, input [6:0] read_address, input read_enable, output [27:0] read_data,
    input [6:0] write_address, input [27:0] write_data, input write_enable
);
(* anyseq *) wire [27:0] any_data;
assign read_data = any_data;
endmodule

// inside top$core$lanes$lane$0

// The stages T2 to T4 of a word, and the cycle after them.
reg signed [7:0] weight2 = 0, weight3 = 0;
reg shift_one2 = 0;
reg [2:0] exponent3 = 0;
reg go3 = 0, go4 = 0;
reg signed [31:0] exact4 = 0;
reg inexact5 = 0;
reg [2:0] age = 0;

wire signed [27:0] read3 = currents$read_data;
wire signed [31:0] added3 = $signed({{24{weight3[7]}}, weight3}) <<< exponent3;

wire signed [31:0] clamped4 = exact4 > 134217727 ? 134217727 : exact4 < -134217727 ? -134217727 : exact4;

always @(posedge clock) begin
    if (age != 4) age <= age + 1;
    weight2 <= weight;
    shift_one2 <= shift_one;
    weight3 <= weight2;
    exponent3 <= {shift_four, shift_two, shift_one2};
    go3 <= go;
    go4 <= go3 && weight3 != -128;
    exact4 <= read3 + added3;
    inexact5 <= go4 && clamped4 != exact4;
end

always @* begin
    assume(!external);
    if (age >= 4) assert(clamped == inexact5);
    if (age >= 3) begin
        assert(currents$write_enable == go4);
        assert(currents$write_address == write_address);
        if (go4) assert($signed(currents$write_data) == clamped4);
    end
end
