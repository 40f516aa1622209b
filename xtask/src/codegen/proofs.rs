//! What is proved of the hardware, how far, and what refutes it.

use anyhow::Result;

use super::markdown::{code, table};
use crate::formal::PROPERTIES;

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
