// Random accesses to three models of the SPRAM: SB_SPRAM256KA of this folder, the one of yosys, and
// the one of the committed Verilog. The first must give the output that TN1314 specifies in every
// cycle, the others wherever they model it. A low level on rx plants a fault: the table ignores
// that MASKWREN[1] was low.
module top(input clock, input locked, input rx, output tx, output [7:0] led);

reg [63:0] random = 64'h9e3779b97f4a7c15;
wire [63:0] first = random ^ (random << 13);
wire [63:0] second = first ^ (first >> 7);

// Sixteen words whose addresses differ in every address line.
reg [3:0] number = 4'd0;
wire [13:0] address = number == 4'd15 ? 14'h3fff : number == 4'd0 ? 14'h0 : 14'h1 << (number - 4'd1);
reg [15:0] data = 16'h0;
reg [3:0] mask = 4'h0;
reg write = 1'b0, select = 1'b0, standby = 1'b0, sleep = 1'b0, power = 1'b1;

wire [15:0] ours, theirs, committed;
SB_SPRAM256KA our_model (
    .ADDRESS(address), .DATAIN(data), .MASKWREN(mask), .WREN(write), .CHIPSELECT(select),
    .CLOCK(clock), .STANDBY(standby), .SLEEP(sleep), .POWEROFF(power), .DATAOUT(ours));
yosys_SB_SPRAM256KA model_of_yosys (
    .ADDRESS(address), .DATAIN(data), .MASKWREN(mask), .WREN(write), .CHIPSELECT(select),
    .CLOCK(clock), .STANDBY(standby), .SLEEP(sleep), .POWEROFF(power), .DATAOUT(theirs));
committed_SB_SPRAM256KA committed_model (
    .ADDRESS(address), .DATAIN(data), .MASKWREN(mask), .WREN(write), .CHIPSELECT(select),
    .CLOCK(clock), .STANDBY(standby), .SLEEP(sleep), .POWEROFF(power), .DATAOUT(committed));

// The table: for each word, the value of each nibble, and whether it was written.
reg [15:0] words [0:15];
reg [3:0] known [0:15];
// The expected output, whether it is known, and whether yosys's model, which does not model the
// output in standby, must also give it.
reg [15:0] wanted = 16'h0;
reg is_known = 1'b0;
reg is_known_to_yosys = 1'b0;
reg wrong = 1'b0;
// Cases that have occurred: a known read, a write of some nibbles, standby after a read, sleep, a
// loss of power, a read of a lost word.
reg [5:0] seen = 6'h0;
reg was_lost = 1'b0;
integer at;

initial for (at = 0; at < 16; at = at + 1) known[at] = 4'h0;

wire asleep = sleep | ~power;
wire access = select & ~standby & ~asleep;
wire [3:0] nibbles = rx ? mask : mask | 4'b0010;

always @(posedge clock) begin
    random <= second ^ (second << 17);
    number <= random[3:0];
    data <= random[19:4];
    mask <= random[20] ? 4'hf : random[24:21];
    write <= random[25];
    select <= random[28:26] != 3'd0;
    standby <= random[31:29] == 3'd0;
    sleep <= random[36:32] == 5'd0;
    power <= random[42:37] != 6'd0;

    if (!power) begin
        for (at = 0; at < 16; at = at + 1) known[at] <= 4'h0;
        is_known <= 1'b0;
        is_known_to_yosys <= 1'b0;
        was_lost <= 1'b1;
        seen[4] <= 1'b1;
    end else if (sleep) begin
        is_known <= 1'b0;
        is_known_to_yosys <= 1'b0;
        seen[3] <= 1'b1;
    end else if (access & write) begin
        if (nibbles[0]) words[number][3:0] <= data[3:0];
        if (nibbles[1]) words[number][7:4] <= data[7:4];
        if (nibbles[2]) words[number][11:8] <= data[11:8];
        if (nibbles[3]) words[number][15:12] <= data[15:12];
        known[number] <= known[number] | nibbles;
        is_known <= 1'b0;
        is_known_to_yosys <= 1'b0;
        if (mask != 4'hf) seen[1] <= 1'b1;
    end else if (access) begin
        wanted <= words[number];
        is_known <= &known[number];
        is_known_to_yosys <= &known[number];
        if (&known[number]) seen[0] <= 1'b1;
        if (was_lost & ~&known[number]) seen[5] <= 1'b1;
    end else if (standby) begin
        is_known_to_yosys <= 1'b0;
        if (is_known) seen[2] <= 1'b1;
    end

    if (asleep ? ours != 16'h0 : is_known & ours != wanted) wrong <= 1'b1;
    if (~asleep & is_known_to_yosys & theirs != wanted) wrong <= 1'b1;
    if (~asleep & is_known & committed != wanted) wrong <= 1'b1;
end

assign tx = 1'b1;
assign led = {wrong, 1'b0, seen};

endmodule
