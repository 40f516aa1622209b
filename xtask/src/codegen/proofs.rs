//! Generates the table of the hardware proofs: the property, the depth, and the faults that refute
//! it.

use anyhow::Result;

use crate::formal::PROPERTIES;
use crate::markdown::{code, table};

pub(super) fn render() -> Result<String> {
    let rows = PROPERTIES.iter().map(|property| {
        let faults: Vec<_> = property.faults.iter().map(|fault| fault.what).collect();
        vec![
            code(property.name),
            property.shows.to_owned(),
            property.k.to_string(),
            faults.join("; "),
        ]
    });
    let head = ["proof", "shows", "k", "faults that refute it"];
    Ok(table(&head, rows))
}
