// A frame is a start bit, the byte with its lowest bit first, and a stop bit; each lasts exactly as
// long as the divider says. Between frames the line is idle.

// inside top$link$transmitter

reg sends = 0;
reg [7:0] byte_sent = 0;
reg [15:0] period = 4;
reg [3:0] place = 0;
reg [15:0] cycle = 1;

always @(posedge clock) begin
    if (!sends) begin
        if (strobe) begin
            sends <= 1;
            byte_sent <= data;
            period <= divider;
            place <= 0;
            cycle <= 1;
        end
    end else if (cycle == period) begin
        cycle <= 1;
        place <= place + 1;
        sends <= place != 9;
    end else begin
        cycle <= cycle + 1;
    end
    if (reset) sends <= 0;
end

wire [9:0] frame = {1'b1, byte_sent, 1'b0};
wire [17:0] rest_of_frame = {10'h3ff, byte_sent} >> place;

always @* begin
    assume(divider >= 4);
`ifdef FAULT
    assume(divider == 4);
`endif
    if (sends) assume(divider == period);

    assert(busy == sends);
    assert(tx == (sends ? frame[place] : 1'b1));

`ifdef INDUCTION
    assert(period >= 4);
    assert(cycle >= 1 && cycle <= period);
    assert(left$q == (sends ? 10 - place : 0));
    if (sends) begin
        assert(place <= 9);
        assert(count$q == cycle);
        assert(shift$q == rest_of_frame[7:0]);
    end
`endif
end
