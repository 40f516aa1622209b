//! Reads and writes snapshot files.

use std::path::Path;

use driver::{Device, DriverError};
use network::image::CoreImage;
use network::{Network, Snapshot};
use spec::regs;

use crate::files::{Output, Staged};
use crate::progress::Progress;

/// The extension of snapshot files.
const ENDING: &[&str] = &["snap"];

/// A snapshot file to be written.
pub(crate) fn output(path: &Path) -> anyhow::Result<Output> {
    Ok(Output::ending_in(path, ENDING)?)
}

/// The snapshot of a device, complete and not in its place yet.
pub(crate) fn stage(device: &mut Device, output: &Output) -> anyhow::Result<(Snapshot, Staged)> {
    let mut progress = Progress::new("reading the core");
    let snapshot = device.snapshot(&mut |done, of| progress.set(done, of))?;
    drop(progress);
    let bytes = snapshot.encode();
    let staged = output.stage(&mut |out| out.write_all(&bytes))?;
    Ok((snapshot, staged))
}

/// Restores a snapshot on a device, and verifies it if requested.
pub(crate) fn restore(
    device: &mut Device,
    snapshot: &Snapshot,
    verify: bool,
) -> anyhow::Result<()> {
    let mut progress = Progress::new("loading");
    device.restore(snapshot, &mut |done, of| progress.set(done, of))?;
    drop(progress);
    if verify {
        let mut progress = Progress::new("verifying");
        device.verify_snapshot(snapshot, &mut |done, of| progress.set(done, of))?;
    }
    Ok(())
}

/// Fails unless a snapshot is of this network, apart from what it has learned.
pub(crate) fn expect_network(snapshot: &Snapshot, network: &Network) -> anyhow::Result<()> {
    let wanted = CoreImage::map(network, snapshot.sizes())?.hash();
    match snapshot.register(regs::NETWORK) {
        found if found == wanted => Ok(()),
        0 => Err(DriverError::NoNetwork { wanted }.into()),
        found => Err(DriverError::OtherNetwork { wanted, found }.into()),
    }
}
