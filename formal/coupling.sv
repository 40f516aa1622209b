// The second state after a tick is the decayed one plus or minus the part of the potential divided by
// a power of two, rounded down, and clamped to the range of the state.

// inside top$core$neurons$second_state$coupling

reg [3:0] both4 = 0, both5 = 0, both_6 = 0;
reg [1:0] up = 0;

always @(posedge clock) begin
    if (up != 3) up <= up + 1;
    both4 <= sign_and_shift;
    both5 <= both4;
    both_6 <= both5;
end

wire signed [26:0] whole = $signed(part);
wire signed [26:0] shifted = whole >>> both_6[3:1];
wire signed [26:0] exact = $signed(decayed) + (both_6[0] ? -shifted : shifted);
wire signed [26:0] most = 27'sd8388607;

always @* if (up == 3) begin
    assert($signed(changed) == (exact > most ? most : exact < -most ? -most : exact));
end
