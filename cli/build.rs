//! Tells the program where its built-in files are: in the folder `data` of a package, or in their
//! own folders of the repository. The former are links to the latter, but not every system supports
//! links.

use std::error::Error;
use std::path::Path;

/// For each folder: its variable, its name in a package, and its path in the repository.
const FOLDERS: [(&str, &str, &str); 3] = [
    (
        "SYNFIRE_SNNTORCH_DIGITS",
        "data/snntorch_digits",
        "../examples/snntorch_digits",
    ),
    (
        "SYNFIRE_SHIPPED_NMNIST",
        "data/nmnist",
        "../examples/nmnist",
    ),
    ("SYNFIRE_BOARDS", "data/constraints", "../constraints"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let package = std::env::var("CARGO_MANIFEST_DIR")?;
    for (variable, packed, own) in FOLDERS {
        let folders = [packed, own].map(Path::new);
        let folder = folders.into_iter().find(|folder| folder.is_dir());
        let folder = folder.ok_or_else(|| format!("the folder {packed} is missing"))?;
        let whole = Path::new(&package).join(folder);
        println!("cargo::rustc-env={variable}={}", whole.display());
        println!("cargo::rerun-if-changed={}", folder.display());
    }
    Ok(())
}
