//! Combines blocks and harness in one file.
//!
//! A harness is SystemVerilog. Text before the first line `// inside MODULE` consists of separate
//! modules, each of which replaces the block of the same name, if there is one. Text after such a
//! line is appended to the body of that module, where it can access the module's registers. The top
//! module is `proof` if it exists, or else the first of the blocks, whose inputs may have any
//! values that the assumptions allow.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};

/// The beginning of the line that names the module for the text after it.
const INSIDE: &str = "// inside ";

/// A bug to plant in one module.
#[derive(Debug)]
pub(crate) struct Fault {
    /// A description of the fault.
    pub(crate) what: &'static str,
    /// The changed module.
    pub(super) module: &'static str,
    /// A text that occurs once in the module, and its replacement.
    pub(super) edit: (&'static str, &'static str),
    /// Number of cycles after power-up within which the fault must be found.
    pub(super) cycles: u32,
}

/// The input of yosys.
pub(super) struct Design {
    pub(super) top: String,
    pub(super) text: String,
}

/// Joins `harness` and the modules of `verilog` that are named in `blocks` or are below one of
/// them.
pub(super) fn join(
    verilog: &str,
    blocks: &[&str],
    harness: &str,
    fault: Option<&Fault>,
) -> Result<Design> {
    let mut modules = modules(verilog, blocks)?;
    if let Some(fault) = fault {
        let module = modules.get_mut(fault.module);
        let module = module.with_context(|| format!("no module {} to break", fault.module))?;
        let (from, to) = fault.edit;
        let found = module.matches(from).count();
        ensure!(
            found == 1,
            "{from:?} stands {found} times in {}: the hardware has changed, and the fault {:?} has \
             to be written anew",
            fault.module,
            fault.what
        );
        *module = module.replace(from, to);
    }
    let mut parts = harness.split(INSIDE);
    let outside = parts.next().unwrap_or_default();
    modules.retain(|name, _| {
        let replaced = |stands: &str| outside.contains(&format!("module {stands}("));
        let ends = name.match_indices('$').map(|(at, _)| at);
        !ends.chain([name.len()]).any(|end| replaced(&name[..end]))
    });
    let top = match outside.contains("module proof") {
        true => "proof",
        false => blocks.first().context("no block")?,
    };
    for part in parts {
        let (name, body) = part
            .split_once('\n')
            .context("a last line without an end")?;
        let module = modules.get_mut(name);
        let module = module.with_context(|| format!("no module {name} among the blocks"))?;
        let end = module
            .rfind("endmodule")
            .context("a module without an end")?;
        module.insert_str(end, body);
    }
    let text = std::iter::once(outside)
        .chain(modules.values().map(String::as_str))
        .collect();
    Ok(Design {
        top: top.to_owned(),
        text,
    })
}

/// The text of each block and of the modules below it. RustHDL names a module by its path.
fn modules(verilog: &str, blocks: &[&str]) -> Result<BTreeMap<String, String>> {
    let mut modules = BTreeMap::new();
    let mut rest = verilog;
    while let Some(start) = rest.find("\nmodule ") {
        let module = &rest[start + 1..];
        let name = module["module ".len()..]
            .split('(')
            .next()
            .unwrap_or_default();
        let foot = format!("endmodule // {name}\n");
        let end = module
            .find(&foot)
            .with_context(|| format!("module {name} has no end"))?;
        let below = |block: &str| {
            let tail = name.strip_prefix(block);
            tail.is_some_and(|tail| tail.is_empty() || tail.starts_with('$'))
        };
        let text = &module[..end + foot.len()];
        if blocks.iter().any(|block| below(block)) {
            modules.insert(name.to_owned(), text.to_owned());
        }
        // The next module begins after this one, whose last line ends with a newline.
        rest = &module[text.len() - 1..];
    }
    for block in blocks {
        ensure!(
            modules.contains_key(*block),
            "no module {block} in the Verilog"
        );
    }
    Ok(modules)
}

#[cfg(test)]
mod tests {
    use super::*;

    const VERILOG: &str = "\
// emitted
module a(x);
  y = x;
endmodule // a
module a$b(x);
  z = x;
endmodule // a$b
module ab(x);
endmodule // ab
";

    const FAULT: Fault = Fault {
        what: "y is the complement",
        module: "a",
        edit: ("y = x;", "y = ~x;"),
        cycles: 1,
    };

    #[test]
    fn a_block_comes_with_what_is_below_it_and_the_harness_goes_inside() {
        let harness = "// Says it.\n// inside a\nassert(y);\n// inside a$b\nassert(z);\n";
        let design = join(VERILOG, &["a"], harness, None).unwrap();
        assert_eq!(design.top, "a");
        assert_eq!(
            design.text,
            "// Says it.\nmodule a(x);\n  y = x;\nassert(y);\nendmodule // a\nmodule \
             a$b(x);\n  z = x;\nassert(z);\nendmodule // a$b\n"
        );
    }

    #[test]
    fn a_module_named_proof_is_the_top() {
        let harness = "module proof; a a(1); endmodule\n// inside a\nassert(y);\n";
        let design = join(VERILOG, &["a"], harness, None).unwrap();
        assert_eq!(design.top, "proof");
    }

    #[test]
    fn a_module_of_the_harness_replaces_a_block_and_what_is_below_it() {
        let harness = "module a$b(x);\nendmodule\n// inside a\nassert(y);\n";
        let design = join(VERILOG, &["a", "ab"], harness, None).unwrap();
        assert_eq!(design.top, "a");
        assert_eq!(design.text.matches("module a$b(").count(), 1);
        assert!(!design.text.contains("z = x;"), "{}", design.text);
    }

    #[test]
    fn a_fault_must_fit_its_module_once() {
        let harness = "// inside a\nassert(y);\n";
        let broken = join(VERILOG, &["a"], harness, Some(&FAULT)).unwrap();
        assert!(broken.text.contains("y = ~x;"), "{}", broken.text);
        let elsewhere = Fault {
            edit: ("z = x;", "z = ~x;"),
            ..FAULT
        };
        assert!(join(VERILOG, &["a"], harness, Some(&elsewhere)).is_err());
    }

    #[test]
    fn a_block_that_is_not_there_is_an_error() {
        assert!(join(VERILOG, &["c"], "// inside c\n\n", None).is_err());
        assert!(join(VERILOG, &["a"], "// inside ab\n\n", None).is_err());
    }
}
