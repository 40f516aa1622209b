// The sum of an injected value and a current of 28 bits is clamped to plus and minus 134,217,727; the cycle
// after it was ordered tells whether it is not exact, and no other does. It stands until the next.

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
    // What induction must know: the registers are the same from the first cycle on.
    assert($signed(sum4$q) == exact4);
    assert(went$q == went4);
    assert($signed(sum) == clamped4);
    assert(clamped == (went4 && clamped4 != exact4));
end
