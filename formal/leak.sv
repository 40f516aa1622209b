// The linear leak moves the potential toward the reset potential by the step, but not beyond it; a
// step of 8,191 always reaches it. `still` is set only if the leak changes nothing.

// inside top$core$neurons$integrate$leak

reg signed [19:0] v1 = 0, v2 = 0, rest1 = 0, rest2 = 0, step2 = 0;
reg [1:0] up = 0;

always @(posedge clock) begin
    if (up != 2) up <= up + 1;
    v1 <= {{4{v[15]}}, v};
    rest1 <= {{4{v_reset[15]}}, v_reset};
    v2 <= v1;
    rest2 <= rest1;
    step2 <= {7'b0, step};
end

wire signed [19:0] way = rest2 - v2;
wire signed [19:0] wanted = step2 == 8191 || way <= step2 && way >= -step2 ? rest2
    : way > 0 ? v2 + step2 : v2 - step2;
wire signed [19:0] remains = arrived ? 0 : {{2{remainder[17]}}, remainder};

always @* if (up == 2) begin
    assert(rest2 + remains + $signed({19'b0, carry}) == wanted);
    if (still) assert(wanted == v2);
end
