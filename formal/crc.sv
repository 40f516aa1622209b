// The checksum after one more byte equals the bitwise definition: CRC-16/IBM-3740, polynomial
// 0x1021, highest bit first.

// inside top$link$deframer$checksum

function [15:0] next_crc(input [15:0] old, input [7:0] more);
    integer i;
    begin
        next_crc = old ^ {more, 8'h00};
        for (i = 0; i < 8; i = i + 1)
            next_crc = next_crc[15] ? {next_crc[14:0], 1'b0} ^ 16'h1021 : {next_crc[14:0], 1'b0};
    end
endfunction

always @* assert(result == next_crc(crc, data));
