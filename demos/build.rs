//! Tells the crate where the digits are: in the folder `data` of a package, or in `examples` of the
//! repository. The former is a link to the latter, but not every system supports links.

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let folders = ["data/digits", "../examples/digits"].map(Path::new);
    let folder = folders.into_iter().find(|folder| folder.is_dir());
    let folder = folder.ok_or("the folder data/digits is missing")?;
    let whole = Path::new(&std::env::var("CARGO_MANIFEST_DIR")?).join(folder);
    println!("cargo::rustc-env=SYNFIRE_DIGITS={}", whole.display());
    println!("cargo::rerun-if-changed={}", folder.display());
    Ok(())
}
