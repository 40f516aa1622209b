//! Generates the tables of the memories of a core and of their sizes in each config.

use anyhow::Result;
use spec::config::CoreConfig;
use spec::regions::Region;

use crate::markdown::{code, grouped, table};

pub(super) fn render() -> Result<String> {
    let mut head = vec!["no", "region", "an element holds"];
    head.extend(CoreConfig::ALL.iter().map(|config| config.name.as_str()));
    let rows = Region::ALL.map(|region| {
        let mut cells = vec![
            region.number().to_string(),
            code(region.name()),
            region.doc().to_owned(),
        ];
        cells.extend(CoreConfig::ALL.iter().map(|config| {
            let layout = region.layout(config);
            format!(
                "{} x {} bit, {} B",
                grouped(layout.elements),
                layout.bits,
                layout.bytes()
            )
        }));
        cells
    });
    Ok(table(&head, rows))
}
