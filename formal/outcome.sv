// The potential is the exact sum, clamped once to plus and minus 32,767. A neuron fires if the
// potential exceeds its threshold, `ready` is set, and `force_reset` and `silent` are not. The
// potential after the tick follows the definition, clamped again. `clamps` tells whether the sum is beyond these
// limits.

// inside top$core$neurons$outcome

reg signed [19:0] exact = 0, threshold6 = 0;
reg up = 0;

always @(posedge clock) begin
    up <= 1;
    exact <= {{2{sum[17]}}, sum};
    threshold6 <= {{4{threshold[15]}}, threshold};
end

wire signed [19:0] coming = {{2{sum[17]}}, sum};
wire signed [19:0] u = exact > 32767 ? 32767 : exact < -32767 ? -32767 : exact;
wire signed [19:0] left = u - threshold6;
wire signed [19:0] cut = left > 32767 ? 32767 : left < -32767 ? -32767 : left;
wire fires = u > threshold6 && ready && !force_reset && !silent;
wire alters = fires && !keeps;
wire waits = !ready && !mask;

always @* assert(clamps == (coming > 32767 || coming < -32767));

always @* if (up) begin
    assert($signed(clamped) == u);
    assert(fired == fires);
    if (force_reset || waits || alters && !subtract) assert(next_v == v_reset);
    else if (alters) assert($signed(next_v) == cut);
    else assert($signed(next_v) == u);
end
