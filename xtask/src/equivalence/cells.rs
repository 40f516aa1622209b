//! The models of a family's cells that come with yosys.

use anyhow::{Context, Result};

use crate::boards::Family;
use crate::project;

/// The lines that yosys prints before and after preprocessed text.
const BEGIN: &str = "-- Verilog code after preprocessor --\n";
const END: &str = "-- END OF DUMP --";

/// The cell models of `family` as the installed yosys reads them, without their include files for
/// flip-flops and pins.
///
/// yosys itself is asked for them: its files are in a different folder in each installation, inside
/// WebAssembly for the wheel, but their name is always `+/FAMILY/cells_sim.v`. Included files are
/// expanded.
pub(super) fn of_yosys(family: Family) -> Result<String> {
    let folder = match family {
        Family::Ice40 => "ice40",
        Family::Ecp5 => "ecp5",
    };
    // Some models have default values for unconnected inputs, which Verilator does not support;
    // netlists connect all inputs.
    let defines = "-D NO_INCLUDES -D NO_ICE40_DEFAULT_ASSIGNMENTS";
    let script = format!("read_verilog -ppdump {defines} +/{folder}/cells_sim.v");
    let said = super::run_tool(project::root(), "yosys", &["-p", &script])?;
    dumped(&said).with_context(|| format!("yosys shows no cells of {folder}:\n{said}"))
}

/// The preprocessed text in the output of yosys.
fn dumped(said: &str) -> Option<String> {
    let (_, after) = said.split_once(BEGIN)?;
    let (text, _) = after.split_once(END)?;
    // The lines with the origin of the text are only for yosys.
    let own = ["`file_push", "`file_pop"];
    let lines = text
        .lines()
        .filter(|line| !own.iter().any(|it| line.starts_with(it)));
    let text: String = lines.flat_map(|line| [line, "\n"]).collect();
    text.contains("endmodule").then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_preprocessed_text_is_found_without_what_is_yosys_own() {
        let said = format!(
            "1. Executing\n{BEGIN}`file_push \"/share/ice40/cells_sim.v\"\nmodule A;\nendmodule\n\
             `file_pop\n{END}\nSuccessfully finished\n"
        );
        assert_eq!(dumped(&said).unwrap(), "module A;\nendmodule\n");
        assert_eq!(dumped("ERROR: Can't open input file"), None);
        assert_eq!(dumped(&format!("{BEGIN}\n{END}\n")), None);
    }
}
