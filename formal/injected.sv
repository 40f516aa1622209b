// The sum of an injected value and a current of 28 bits is clamped to plus and minus 134,217,727.
// One cycle after the order, and only then, `clamped` tells whether it was clamped. The sum is held
// until the next order.

// inside top$core$neurons$injected

reg signed [28:0] exact4 = 0;
reg went4 = 0;

wire signed [28:0] current3 = $signed(current);
wire signed [28:0] value3 = $signed(value);
wire signed [28:0] clamped4 =
    exact4 > 29'sd134217727 ? 29'sd134217727 :
    exact4 < -29'sd134217727 ? -29'sd134217727 : exact4;

always @(posedge clock) begin
    if (go) exact4 <= current3 + value3;
    went4 <= go;
end

always @* begin
    // Needed for induction: the registers are equal from the first cycle on.
    assert($signed(sum4$q) == exact4);
    assert(went$q == went4);
    assert($signed(sum) == clamped4);
    assert(clamped == (went4 && clamped4 != exact4));
end
