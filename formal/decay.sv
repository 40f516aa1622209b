// A decayed value is sign(x) * ((|x| * decay) >> 12), where decay is at most 4,096. So zero stays
// zero, and the factor 4,096 keeps the value.
//
// Solvers cannot handle a general product of 16 by 13 bits. The proof therefore shows that the
// multiplier gets the right operands; its result may be any value within the bounds of such a
// product.

// inside top$core$neurons$integrate$mem_decay

reg signed [15:0] x1 = 0, x2 = 0;
reg [12:0] decay1 = 0, decay2 = 0;
reg other1 = 0, other2 = 0;
reg [1:0] up = 0;

always @(posedge clock) begin
    if (up != 2) up <= up + 1;
    x1 <= value;
    decay1 <= decay[12] && !other ? 4096 : decay;
    other1 <= other;
    other2 <= other1;
    x2 <= x1;
    decay2 <= decay1;
end

wire signed [31:0] exact = high_product$q;
wire [31:0] size = exact < 0 ? -exact : exact;
wire signed [31:0] shifted = size >> 12;
wire signed [31:0] wanted = exact < 0 ? -shifted : shifted;
wire signed [31:0] given = $signed(quotient) + $signed({31'b0, round_up});

always @* begin
    assume(exact >= -(1 << 27) && exact <= 1 << 27);
    if (up >= 1) assert(high_half$q == x1 && factor$q == decay1 && low_half$q == 0);
    if (up >= 1) assert(handed_on == decay1);
    if (up >= 2 && !other2) begin
        assert(low_product$q == 0);
        assert(given == wanted);
        if (round_up) assert(quotient[15]);
        if (x2 == 0) assert(given == 0);
        if (decay2 == 4096) assert(given == x2);
    end
end
