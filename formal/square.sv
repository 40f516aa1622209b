// A quadratic neuron whose potential is small keeps it, and the product of two factors is added: the
// magnitude, and the magnitude or a 16th of it, rounded down. Neither is larger than the adders after
// the product allow; otherwise the potential becomes the largest one. Nothing happens to other neurons.

// inside top$core$neurons$square

wire signed [24:0] wide = $signed(v);
wire [24:0] size = wide < 0 ? -wide : wide;
wire [24:0] second = fine ? size >> 4 : size;
wire too_large = second >= 25'd8192 || size >= 25'd4194304;

always @* begin
    assert(squares == wanted);
    assert(full == (wanted && too_large));
    assert(magnitude == size);
    if (!too_large) begin
        assert(factor == second);
        assert(kept == v);
        // 2^17 times 2^13, divided by 2^12: far below the range of the sum.
        assert(size < 25'd131072);
    end else begin
        assert(kept == 24'h7fffff);
    end
end
