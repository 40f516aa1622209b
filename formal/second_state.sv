// What a neuron's first pass keeps is what its second pass subtracts from the sum with the opposite
// sign, or adds to the threshold, clamped; never both, and neither in an injection. A neuron that keeps
// anything is not at rest.

module top$core$neurons$second_state$coupling(
    input clock, input [3:0] sign_and_shift, input [23:0] part, input [23:0] decayed,
    output [23:0] changed
);
(* anyseq *) wire [23:0] any_changed;
assign changed = any_changed;
endmodule

// inside top$core$neurons$second_state

reg signed [24:0] kept_now = 0, height4 = 0, height5 = 0, height6 = 0;
reg signed [25:0] taken_4 = 0;
reg [3:0] known = 0;
reg active = 0, active4 = 0, raises4 = 0, raises5 = 0, raises_6 = 0;

wire signed [24:0] most = 25'sd8388607;
wire signed [24:0] sum = $signed(threshold) + kept_now;

always @(posedge clock) begin
    known <= {known[2:0], 1'b1};
    if (valid && at3) begin
        kept_now <= $signed(current);
        active <= couples;
    end
    taken_4 <= at3 || inject || adapts ? 0 : -kept_now;
    active4 <= !at3 && !inject && (kept_now != 0 || active);
    height4 <= sum > most ? most : sum < -most ? -most : sum;
    {height6, height5} <= {height5, height4};
    raises4 <= adapts && !at3;
    {raises_6, raises5} <= {raises5, raises4};
end

always @* begin
    assert($signed(kept$q) == kept_now);
    assert(coupled$q == active);
    if (known[0]) begin
        assert($signed(taken) == taken_4);
        assert(takes == active4);
    end
    if (known[2]) begin
        assert(raises == raises_6);
        assert($signed(raised) == height6);
    end
end
