// A neuron integrates the 28-bit sum clamped to 24 bits.

// inside top$core$neurons$narrow

wire signed [27:0] exact = wide;
wire signed [27:0] nearest =
    exact > 28'sd8388607 ? 28'sd8388607 : exact < -28'sd8388608 ? -28'sd8388608 : exact;

always @* assert($signed(narrowed) == nearest);
