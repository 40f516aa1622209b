// A lane changes a weight as docs/model.md says: the amount is added, stochastically rounded, if
// the weight changes at all; the result is clamped to the bounds, and the bound ahead takes
// precedence. So the result is within the bounds if they are ordered, is not the code of an absent
// synapse unless the lower bound is that code, and keeps its sign if the bounds have one sign. An
// absent synapse is reported.

// inside top$core$lanes$lane$0$change

// The stages T2 to T5 of a word; the inputs that describe a row are constant.
reg [3:0] up_for = 0;
reg last_odd = 0;
reg rows_up = 0, rows_soft = 0;
reg signed [7:0] weight2 = 0, weight3 = 0, weight4 = 0, weight5 = 0;
reg signed [9:0] sum3 = 0, sum4 = 0, sum5 = 0;

// The two bounds of a row. The one ahead is shown in even cycles and the one behind in odd cycles;
// they are swapped where weights shrink.
(* anyconst *) reg signed [7:0] low_bound;
(* anyconst *) reg signed [7:0] high_bound;
wire signed [7:0] ahead = up ? high_bound : ~low_bound;
wire signed [7:0] behind = up ? low_bound : ~high_bound;
wire [15:0] rounded = {1'b0, amount} + noise[9:0];
wire signed [9:0] units = rounded >> 10;
wire signed [9:0] distance = up ? high_bound - weight2 : weight2 - low_bound;
wire allowed = pass && (!soft_bounds || $signed({2'b0, noise[17:10]}) < distance);
wire signed [9:0] moved = !allowed ? weight2 : up ? weight2 + units : weight2 - units;
wire signed [9:0] from_above = sum5 > high_bound ? high_bound : sum5;
wire signed [9:0] from_below = sum5 < low_bound ? low_bound : sum5;
wire signed [9:0] wanted = up ? (sum5 > high_bound ? high_bound : from_below)
                              : (sum5 < low_bound ? low_bound : from_above);
wire signed [7:0] given = changed;

always @(posedge clock) begin
    if (!(&up_for)) up_for <= up_for + 1;
    last_odd <= odd;
    rows_up <= up;
    rows_soft <= soft_bounds;
    if (odd) weight2 <= weight;
    weight3 <= weight2;
    weight4 <= weight3;
    weight5 <= weight4;
    sum3 <= moved;
    sum4 <= sum3;
    sum5 <= sum4;
end

always @* begin
    if (up_for != 0) begin
        assume(odd != last_odd);
        assume(up == rows_up && soft_bounds == rows_soft);
    end
    assume(bound == (odd ? behind : ahead));
    // Five cycles have passed since T1.
    if (up_for > 6 && odd) begin
        assert(present == (weight5 != -128));
        if (present) begin
            assert(given == wanted);
            if (low_bound <= high_bound) assert(low_bound <= given && given <= high_bound);
            if (low_bound != -128 && high_bound != -128) assert(given != -128);
            if (low_bound >= 0 && high_bound >= 0) assert(given >= 0);
            if (low_bound <= 0 && high_bound <= 0) assert(given <= 0);
        end
    end
end
