//! Distributes independent jobs among identical cores.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use driver::in_memory::InMemory;
use driver::{Device, Runner};
use network::Network;
use network::image::CoreImage;
use spec::{CoreConfig, Sizes};

use crate::options::TargetOptions;
use crate::rtl::Rtl;
use crate::target::Several;

/// How many cores work side by side.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct JobOptions {
    /// Models that work side by side, 1 to 256 [default: one a thread of this machine]; hardware is
    /// one
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
}

/// Cores of the same kind.
pub(crate) struct Crew {
    pub(crate) cores: Vec<Box<dyn Runner + Send>>,
    /// What they are called.
    pub(crate) config: String,
    pub(crate) clock_hz: u32,
    pub(crate) layout: Layout,
    /// The process of simulated hardware. It is declared after the devices, so that they are
    /// dropped first.
    _rtl: Option<Rtl>,
}

/// How a network is mapped to a core.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Layout {
    /// A core of these sizes.
    Sizes(Sizes),
    /// A model as large as the network needs, with states of this many bits.
    AsNeeded(u32),
}

impl Layout {
    /// The image of a network for such a core.
    pub(crate) fn image(&self, network: &Network) -> anyhow::Result<CoreImage> {
        Ok(match self {
            Layout::Sizes(sizes) => CoreImage::map(network, sizes)?,
            Layout::AsNeeded(bits) => CoreImage::fitted(network, *bits)?,
        })
    }
}

impl JobOptions {
    /// Opens the cores for `network` and its variants, and returns how they are mapped: on devices,
    /// or on models as large as needed if no config is large enough.
    pub(crate) fn open(
        &self,
        target: &TargetOptions,
        network: &Network,
    ) -> anyhow::Result<(Crew, CoreImage)> {
        let Some(jobs) = self.jobs else {
            return Crew::open(target, network);
        };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(jobs));
        pool.build()?.install(|| Crew::open(target, network))
    }
}

impl Crew {
    fn open(target: &TargetOptions, network: &Network) -> anyhow::Result<(Crew, CoreImage)> {
        if let Some(image) = target.model_for(network)? {
            let model = CoreConfig::model(*image.sizes());
            let one = |_| Box::new(InMemory::empty()) as Box<dyn Runner + Send>;
            let crew = Crew {
                cores: (0..rayon::current_num_threads()).map(one).collect(),
                config: model.name.to_string(),
                clock_hz: model.platform.clock_hz,
                layout: Layout::AsNeeded(image.sizes().state_bits),
                _rtl: None,
            };
            return Ok((crew, image));
        }
        let Several { devices, info, rtl } = target.open_several()?;
        let boxed = |device: Device| Box::new(device) as Box<dyn Runner + Send>;
        let crew = Crew {
            cores: devices.into_iter().map(boxed).collect(),
            config: info.name.to_string(),
            clock_hz: info.clock_hz,
            layout: Layout::Sizes(info.sizes),
            _rtl: rtl,
        };
        let image = crew.layout.image(network)?;
        Ok((crew, image))
    }
}

/// Does `work` for the jobs 0 to `count`, each on the next free core; `done` gets each result as it
/// comes, in any order. After an error no further job is begun.
///
/// # Errors
/// The error of the first job for which `work` or `done` fails.
pub(crate) fn share<C: Send, T: Send>(
    cores: &mut [C],
    count: usize,
    work: impl Fn(&mut C, usize) -> anyhow::Result<T> + Sync,
    done: &mut dyn FnMut(usize, T) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let (next, over) = (AtomicUsize::new(0), AtomicBool::new(false));
    let (next, over, work) = (&next, &over, &work);
    thread::scope(|scope| {
        let (tell, told) = mpsc::channel();
        for core in cores.iter_mut().take(count.max(1)) {
            let tell = tell.clone();
            scope.spawn(move || {
                while !over.load(Ordering::Relaxed) {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= count {
                        return;
                    }
                    let found = work(core, at);
                    if found.is_err() {
                        over.store(true, Ordering::Relaxed);
                    }
                    // After an error the receiver may be gone.
                    let _ = tell.send((at, found));
                }
            });
        }
        drop(tell);
        // Jobs are begun in order, and each begun job is finished, so the first failing job is
        // always the same.
        let mut first: Option<(usize, anyhow::Error)> = None;
        for (at, found) in told {
            if let Err(error) = found.and_then(|found| done(at, found)) {
                over.store(true, Ordering::Relaxed);
                if first.as_ref().is_none_or(|(before, _)| at < *before) {
                    first = Some((at, error));
                }
            }
        }
        first.map_or(Ok(()), |(_, error)| Err(error))
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use driver::LinkOptions;
    use driver::transport::Memory;
    use spec::CoreConfig;

    use super::*;

    fn devices(count: usize) -> Vec<Device> {
        let one = |_| {
            let line = Memory::new(CoreConfig::tiny());
            Device::connect(Box::new(line), LinkOptions::memory()).unwrap()
        };
        (0..count).map(one).collect()
    }

    #[test]
    fn every_job_is_done_once() {
        for count in [0, 1, 2, 50] {
            let mut found = Vec::new();
            let work = |_: &mut Device, at| Ok(at * 3);
            share(&mut devices(3), count, work, &mut |at, it| {
                found.push((at, it));
                Ok(())
            })
            .unwrap();
            found.sort_unstable();
            let expected: Vec<_> = (0..count).map(|at| (at, at * 3)).collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn after_an_error_nothing_new_is_begun() {
        let begun = Mutex::new(0);
        let work = |_: &mut Device, at| {
            *begun.lock().unwrap() += 1;
            anyhow::ensure!(at < 5, "job {at}");
            Ok(())
        };
        let error = share(&mut devices(2), 1_000, work, &mut |_, ()| Ok(())).unwrap_err();
        assert_eq!(error.to_string(), "job 5");
        assert!(*begun.lock().unwrap() < 20);
    }
}
