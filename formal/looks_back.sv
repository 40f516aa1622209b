// A late reset subtracts the threshold, exactly, if and only if the potential was above it and nothing
// is injected. A neuron that must exceed a doubled threshold is silent if and only if it does not: the
// doubled threshold is twice the threshold, or the threshold if that is negative.

// inside top$core$neurons$looks_back

wire signed [25:0] v_now = {{2{v[23]}}, v};
wire signed [25:0] threshold_now = {{2{threshold[23]}}, threshold};
wire signed [25:0] limited_now = {{2{limited[23]}}, limited};
wire signed [25:0] threshold_then = {{2{threshold_again[23]}}, threshold_again};
wire is_above = looks_back && v_now > threshold_now;

reg up = 0;
reg signed [25:0] late4 = 0, limited7 = 0, bar7 = 0;
reg [3:0] doubled = 0, kept = 0, known = 0;

always @(posedge clock) begin
    up <= 1;
    known <= {known[2:0], 1'b1};
    late4 <= is_above && !subtract && !inject ? threshold_now : 0;
    doubled <= {doubled[2:0], is_above && subtract};
    kept <= {kept[2:0], looks_back && !subtract};
    limited7 <= limited_now;
    bar7 <= threshold_then < 0 ? threshold_then : 2 * threshold_then;
end

always @* if (up) begin
    assert($signed(taken) == late4);
    assert(takes == (late4 != 0));
end

always @* if (known[3]) begin
    assert(silent == (doubled[3] && !(limited7 > bar7)));
    assert(keeps == kept[3]);
end
