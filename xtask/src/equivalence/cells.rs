//! The models of a family's cells that come with yosys.

use anyhow::{Context, Result};

use crate::boards::Family;
use crate::project;

/// What yosys writes before and after a text that went through its preprocessor.
const BEGIN: &str = "-- Verilog code after preprocessor --\n";
const END: &str = "-- END OF DUMP --";

/// The models of `family`, as the yosys in use reads them, without what they include of flip-flops
/// and pins.
///
/// It is asked itself: each keeps its files somewhere else, and the one of the wheel inside its own
/// world, but all name them `+/FAMILY/cells_sim.v`. Some include other files from there, which come
/// in their places.
pub(super) fn of_yosys(family: Family) -> Result<String> {
    let folder = match family {
        Family::Ice40 => "ice40",
        Family::Ecp5 => "ecp5",
    };
    // Some give unconnected inputs a value in a way that Verilator does not read; netlists connect all.
    let defines = "-D NO_INCLUDES -D NO_ICE40_DEFAULT_ASSIGNMENTS";
    let script = format!("read_verilog -ppdump {defines} +/{folder}/cells_sim.v");
    let said = super::run_tool(project::root(), "yosys", &["-p", &script])?;
    dumped(&said).with_context(|| format!("yosys shows no cells of {folder}:\n{said}"))
}

/// The preprocessed text in what yosys says.
fn dumped(said: &str) -> Option<String> {
    let (_, after) = said.split_once(BEGIN)?;
    let (text, _) = after.split_once(END)?;
    // Where the text comes from is for yosys alone.
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
