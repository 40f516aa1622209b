//! Converts the bitstream of an iCE40 to Verilog, using only its bits and the names of the pins.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use super::{hard_cells, run_tool};
use crate::boards::{Board, Dividers};
use crate::project;

/// The Verilog of `bitstream`, which was made from `netlist`.
pub(super) fn verilog(board: &Board, bitstream: &Path, netlist: &str) -> Result<String> {
    let folder = bitstream.parent().unwrap_or(Path::new("."));
    let name = bitstream.file_name().unwrap_or_default().to_string_lossy();
    run_tool(folder, "iceunpack", &[&name, "unpacked.asc"])?;
    let package = board.chip.package.as_str();
    let vlog = run_tool(
        folder,
        "icebox_vlog",
        &[
            "-n",
            "board",
            "-p",
            "pins.pcf",
            "-d",
            package,
            "unpacked.asc",
        ],
    )?;
    let mut text = without_doubled_ports(&vlog, &board.ports());
    check_pll(board, &text)?;
    if board.chip.device == "up5k" {
        let asc = fs::read_to_string(folder.join("unpacked.asc"))?;
        let database = database("5k")?;
        let (mut additions, counts) = hard_cells::verilog(&database, &asc, &vlog)?;
        hard_cells::check_counts(netlist, &counts)?;
        let pins = fs::read_to_string(folder.join("pins.pcf"))?;
        if let Some(connection) = pll_pad(&vlog, &database, package, &pins)? {
            additions.push_str(&connection);
        }
        let end = text
            .rfind("endmodule")
            .context("icebox_vlog wrote no end")?;
        text.insert_str(end, &additions);
    }
    fs::write(folder.join("unpacked.v"), &text)?;
    Ok(text)
}

/// IceStorm's database of a chip. It is printed by a tool of IceStorm, because each installation
/// has its files elsewhere, if at all.
fn database(chip: &str) -> Result<String> {
    let option = format!("-{}", chip.trim_end_matches('k'));
    let made = run_tool(project::root(), "icebox_chipdb", &[&option])?;
    ensure!(
        made.contains("\n.extra_cell "),
        "icebox_chipdb makes no database of the {chip}"
    );
    Ok(made)
}

/// Removes icebox_vlog's second declarations of ports, which Verilog does not allow.
fn without_doubled_ports(text: &str, ports: &[String]) -> String {
    let mut registers = Vec::new();
    let mut lines = Vec::new();
    for line in text.lines() {
        let lists = ["wire ", "reg "].iter().find_map(|&kind| {
            let list = line.strip_prefix(kind)?.strip_suffix(';')?;
            Some((kind, list.split(", ")))
        });
        let Some((kind, declared)) = lists else {
            lines.push(line.to_owned());
            continue;
        };
        let is_port = |it: &&str| ports.iter().any(|port| it.split(' ').next() == Some(port));
        let (doubled, kept): (Vec<_>, Vec<_>) = declared.partition(is_port);
        if kind == "reg " {
            registers.extend(doubled);
        }
        if !kept.is_empty() {
            lines.push(format!("{kind}{};", kept.join(", ")));
        }
    }
    let mut text = lines.join("\n");
    for register in registers {
        // A declaration with an initial value: `port = 0`.
        let port = register.split(' ').next().unwrap_or(register);
        for end in [",", ")"] {
            let plain = format!("output {port}{end}");
            text = text.replacen(&plain, &format!("output reg {register}{end}"), 1);
        }
    }
    text
}

/// An assignment of the port at the PLL's own pad to the PLL's input, if its clock comes from
/// there: icebox_vlog leaves this net undriven.
fn pll_pad(vlog: &str, database: &str, package: &str, pins: &str) -> Result<Option<String>> {
    let Some((_, after)) = vlog.split_once(".PACKAGEPIN(") else {
        return Ok(None);
    };
    let net = after.split(')').next().unwrap_or_default();
    let pad = vlog
        .split_once(&format!("\nwire {net};\n// ("))
        .and_then(|(_, pad)| pad.split(')').next())
        .with_context(|| format!("net {net} of the PLL is on no pad"))?;
    let parts: Vec<&str> = pad.split(", ").collect();
    let &[x, y, cell] = &parts[..] else {
        bail!("the PLL's pad is {pad}")
    };
    let cell = cell.trim_matches('\'').trim_start_matches("io_");
    let cell = cell.trim_end_matches("/PAD");
    let place = [x, y, cell];
    let (_, table) = database
        .split_once(&format!("\n.pins {package}\n"))
        .with_context(|| format!("the database knows no package {package}"))?;
    let lines = table.lines().take_while(|line| !line.starts_with('.'));
    let mut pin = lines.filter_map(|line| {
        let words: Vec<&str> = line.split(' ').collect();
        let (pin, at) = words.split_first()?;
        at.starts_with(&place).then_some(*pin)
    });
    let pin = pin
        .next()
        .with_context(|| format!("no pin is at {}", place.join(" ")))?;
    let mut ports = pins.lines().filter_map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["set_io", port, at, ..] if at == pin => Some(port.to_owned()),
            _ => None,
        }
    });
    let port = ports
        .next()
        .with_context(|| format!("no port is on pin {pin}, the PLL's pad"))?;
    ensure!(
        vlog.contains(&format!("// Warning: unmatched port '{port}'")),
        "{port} is connected twice"
    );
    Ok(Some(format!("assign {net} = {port};\n")))
}

/// Fails unless the PLL in the bitstream has the dividers of the board.
fn check_pll(board: &Board, text: &str) -> Result<()> {
    let Dividers::Ice40 {
        divr,
        divf,
        divq,
        filter_range,
    } = board.pll.dividers
    else {
        bail!("the PLL is not that of an iCE40")
    };
    for parameter in [
        format!(".DIVR(4'b{divr:04b})"),
        format!(".DIVF(7'b{divf:07b})"),
        format!(".DIVQ(3'b{divq:03b})"),
        format!(".FILTER_RANGE(3'b{filter_range:03b})"),
        ".FEEDBACK_PATH(\"SIMPLE\")".to_owned(),
    ] {
        ensure!(
            text.contains(&parameter),
            "the PLL in the bitstream is not {parameter}"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_are_declared_once() {
        let text = "module board (input rx, output a, output b);\nwire n1, rx, n2;\nwire rx;\n\
                    reg b = 0;\nassign n1 = rx;";
        let ports = ["rx", "a", "b"].map(str::to_owned);
        assert_eq!(
            without_doubled_ports(text, &ports),
            "module board (input rx, output a, output reg b = 0);\nwire n1, n2;\nassign n1 = rx;"
        );
    }

    #[test]
    fn the_pad_of_the_pll_is_found_by_its_place() {
        let vlog = "\nwire n1;\n// (3, 4, 'io_0/PAD')\n\nwire n2;\n// (12, 31, 'io_1/PAD')\n\
                    .PACKAGEPIN(n2),\n// Warning: unmatched port 'oscillator'\n";
        let database = "\n.pins sg48\n34 12 31 0\n35 12 31 1\n\n.pins uwg30\n1 12 31 1\n";
        let pins = "set_io rx 34\nset_io oscillator 35 # 12 MHz\n";
        let connect = |pins: &str| pll_pad(vlog, database, "sg48", pins);
        assert_eq!(connect(pins).unwrap().unwrap(), "assign n2 = oscillator;\n");
        assert!(connect("set_io oscillator 34").is_err());
        assert!(
            pll_pad("wire n1;", database, "sg48", pins)
                .unwrap()
                .is_none()
        );
    }

    #[test]
    fn a_wrong_divider_in_the_bitstream_is_found() {
        let board = Board::named("hx8k_b_evn").unwrap();
        let text = ".FEEDBACK_PATH(\"SIMPLE\") .DIVR(4'b0000) .DIVF(7'b1001111) \
                    .DIVQ(3'b100) .FILTER_RANGE(3'b001)";
        check_pll(&board, text).unwrap();
        assert!(check_pll(&board, &text.replace("1001111", "1001110")).is_err());
    }
}
