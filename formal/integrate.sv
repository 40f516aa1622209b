// The sum is exact: the potential after either leak, plus current, plus bias, less what a late reset
// takes. `looks_back` takes a threshold that is below the potential, and nothing in an injection. An
// injected value is added to the current only. The written current is the decayed one, or zero, or the host's value.
// Nothing wraps. In the pass of a second state the sum is the decayed potential alone, and the written
// current is `next_second`; a square is added to `kept_v`, unless it is full. `resting` means that leak, current and bias do not change the neuron. The decays
// and the linear leak may give any value that `decay` and `leak` allow.

module top$core$neurons$integrate$mem_decay(
    input clock, input [15:0] value, input [12:0] decay, input other, output [12:0] handed_on,
    output [15:0] quotient, output round_up
);
(* anyseq *) wire [12:0] any_step;
assign handed_on = any_step;
(* anyseq *) wire [15:0] any_quotient;
(* anyseq *) wire any_round_up;
assign quotient = any_quotient;
assign round_up = any_round_up;
endmodule

module top$core$neurons$integrate$syn_decay(
    input clock, input [15:0] value, input [12:0] decay, input other, output [12:0] handed_on,
    output [15:0] quotient, output round_up
);
(* anyseq *) wire [12:0] any_step;
assign handed_on = any_step;
(* anyseq *) wire [15:0] any_quotient;
(* anyseq *) wire any_round_up;
assign quotient = any_quotient;
assign round_up = any_round_up;
endmodule

module top$core$neurons$integrate$leak(
    input clock, input [15:0] v, input [15:0] v_reset, input [12:0] step, output [17:0] remainder,
    output arrived, output carry, output still
);
(* anyseq *) wire [17:0] any_remainder;
(* anyseq *) wire [2:0] any;
assign remainder = any_remainder;
assign {arrived, carry, still} = any;
endmodule

// inside top$core$neurons$integrate

reg signed [19:0] v3 = 0, v4 = 0, rest3 = 0, rest4 = 0, in3 = 0, in4 = 0;
reg signed [19:0] exact5 = 0, taken4 = 0;
reg signed [19:0] kept3 = 0, kept4 = 0;
reg second3 = 0, second4 = 0, second5 = 0, second6 = 0, squares3 = 0, squares4 = 0, full3 = 0, full4 = 0;
reg lin3 = 0, lin4 = 0, inject3 = 0, inject4 = 0, none3 = 0, none4 = 0, whole3 = 0, whole4 = 0;
reg signed [15:0] left5 = 0, left6 = 0;
reg still5 = 0, still6 = 0;
reg [2:0] up = 0;

wire signed [19:0] remains4 = leak$arrived ? 0 : $signed(leak$remainder);
wire signed [19:0] stepped4 = rest4 + remains4 + $signed({19'b0, leak$carry});
wire signed [19:0] decayed4 = $signed(mem_decay$quotient) + $signed({19'b0, mem_decay$round_up});
wire signed [19:0] squared4 = kept4 + (full4 ? 0 : decayed4);
wire signed [19:0] leaked4 = second4 ? decayed4 : squares4 ? squared4 : lin4 ? stepped4 : decayed4;
wire signed [19:0] faded4 = $signed(syn_decay$quotient) + $signed({19'b0, syn_decay$round_up});

always @(posedge clock) begin
    if (up != 4) up <= up + 1;
    v3 <= {{4{v[15]}}, v};
    rest3 <= {{4{v_reset[15]}}, v_reset};
    in3 <= second ? 0 : $signed(current) + $signed(bias);
    {second3, squares3, full3} <= {second, squares, full};
    {second4, squares4, full4} <= {second3, squares3, full3};
    {second6, second5} <= {second5, second4};
    kept3 <= $signed(kept_v);
    kept4 <= kept3;
    lin3 <= linear;
    inject3 <= inject;
    none3 <= current == 0 && bias == 0;
    whole3 <= decay_mem[12] && !squares || v == 0;

    v4 <= v3;
    taken4 <= $signed(taken);
    rest4 <= rest3;
    in4 <= in3;
    lin4 <= lin3;
    inject4 <= inject3;
    none4 <= none3;
    whole4 <= whole3;

    exact5 <= inject4 ? in4 : leaked4 + in4 - taken4;
    left5 <= faded4[15:0];
    still5 <= inject4 || none4 && taken4 == 0 && leaked4 == v4;

    left6 <= host ? host_data : wipe ? 0 : stores_second ? next_second : left5;
    still6 <= still5;
end

always @* begin
    assume(mem_decay$quotient[15] || !mem_decay$round_up);
    assume(syn_decay$quotient[15] || !syn_decay$round_up);
    if (up >= 2 && whole4) assume(decayed4 == v4);
    // The result of a linear leak is between the potential and the reset potential.
    assume(stepped4 >= -32768 && stepped4 <= 32767);
    if (up >= 2 && leak$still) assume(stepped4 == v4);
    // As `square` and `second_state` give them.
    assume(!squares || !linear && !second && !inject);
    assume(!full || squares && v != 0);
    assume(!squares || full || kept_v == v);
    assume(!second || !inject);
    if (second3) assume(!takes);
    if (squares4) assume(squared4 >= -32768 && squared4 <= 32767);
    assume(takes == (taken != 0));
    assume($signed(taken) >= -32768 && $signed(taken) <= 32767);
    if (takes) assume(up >= 1 && v3 > $signed(taken) && !inject3);
    assert(faded4 >= -32768 && faded4 <= 32767);
    if (up >= 3) assert($signed(sum) == exact5);
    if (up >= 4) begin
        assert(current_next == left6);
        if (resting && !second6) assert(still6);
    end
end
