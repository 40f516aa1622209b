//! Writes memory images to a device and reads them back to verify them.

use network::image::{CoreImage, Write};
use spec::regions::Region;
use spec::regs;
use spec::wire::Request;

use super::Device;
use crate::error::DriverError;
use crate::link::Link;

/// Number of equal consecutive elements from which a FILL is shorter than a WRITE.
const RUN_MIN: usize = 24;

/// Maximum number of elements of one FILL, so that each is answered soon.
const FILL_MAX: usize = 16_384;

/// All writes, starting from the first at each call.
pub(super) type Writes<'w> = &'w mut dyn FnMut() -> Box<dyn Iterator<Item = Write> + 'w>;

impl Device {
    /// Stops the core and writes a network's image to its memories.
    ///
    /// The state becomes the network's initial state, so the next tick is the first tick of the
    /// network, with number 0.
    /// `progress` is called with the number of elements written and the total.
    ///
    /// During the load the device reports no network to [`Device::expect_network`]; at the end the
    /// hash of the network is written to it.
    ///
    /// # Errors
    /// [`DriverError::ImageMismatch`], or any error of a session.
    pub fn load(
        &mut self,
        image: &CoreImage,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), DriverError> {
        self.check_image(image)?;
        self.stop()?;
        self.set_network(0)?;
        self.write_all(&mut || Box::new(image.writes()), progress)?;
        self.set_tick(0)?;
        self.initial = image.state();
        self.reset_state()?;
        self.set_network(image.hash())
    }

    /// Performs all writes. `progress` is called with the number of elements written and the total.
    pub(super) fn write_all(
        &mut self,
        writes: Writes<'_>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), DriverError> {
        let sizes = *self.sizes();
        let total: u64 = writes().map(|write| write.values.len() as u64).sum();
        let mut written = 0;
        // Requests are created one by one, so that an image of a million weights is not copied
        // whole.
        let mut requests = writes().flat_map(
            |Write {
                 region,
                 index,
                 values,
             }| {
                let bytes = region.layout(&sizes).bytes();
                requests(region, bytes, index, &values).collect::<Vec<_>>()
            },
        );
        self.link.write(&mut requests, &mut |request| {
            written += elements(request);
            progress(written, total);
        })
    }

    /// Checks that the device holds the network of `image`: that it was loaded since power-up and
    /// that no part of it was written since. Changes by learning are allowed. Later resets of the
    /// state lead to the initial state of this network.
    ///
    /// # Errors
    /// [`DriverError::ImageMismatch`], [`DriverError::NoNetwork`], [`DriverError::OtherNetwork`],
    /// or any error of a session.
    pub fn expect_network(&mut self, image: &CoreImage) -> Result<(), DriverError> {
        self.check_image(image)?;
        let wanted = image.hash();
        match self.register(regs::NETWORK)? {
            found if found == wanted => {
                self.initial = image.state();
                Ok(())
            }
            0 => Err(DriverError::NoNetwork { wanted }),
            found => Err(DriverError::OtherNetwork { wanted, found }),
        }
    }

    pub(super) fn set_network(&mut self, hash: u32) -> Result<(), DriverError> {
        self.set_register(regs::NETWORK, hash)?;
        self.network = Some(hash);
        Ok(())
    }

    /// Called before a part of the network is written separately: the device then no longer holds
    /// the loaded network.
    pub(super) fn disown(&mut self, region: Region) -> Result<(), DriverError> {
        if !region.is_network() || self.network == Some(0) {
            return Ok(());
        }
        self.set_network(0)
    }

    /// Reads back the network that [`Device::load`] wrote and compares it; the state is not read.
    /// `progress` is called as in
    /// [`Device::load`]. After a difference, the device reports no network.
    ///
    /// # Errors
    /// [`DriverError::Verify`] with the first element that differs, or any error of a session.
    pub fn verify(
        &mut self,
        image: &CoreImage,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), DriverError> {
        self.check_image(image)?;
        self.verify_all(&mut || Box::new(image.writes()), progress)
    }

    /// Reads all written elements back and compares them.
    pub(super) fn verify_all(
        &mut self,
        writes: Writes<'_>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), DriverError> {
        let total: u64 = writes().map(|write| write.values.len() as u64).sum();
        let mut done = 0;
        let mut differing = 0;
        let mut first = None;
        for Write {
            region,
            index,
            values,
        } in writes()
        {
            let mask = region.layout(self.sizes()).mask();
            // Lossless: memories have fewer than 2^24 elements.
            let count = values.len() as u32;
            let found = self.read_with_progress(region, index, count, &mut |arrived| {
                progress(done + arrived, total);
            })?;
            done += values.len() as u64;
            for ((index, expected), found) in (index..).zip(values).zip(found) {
                let expected = expected & mask;
                if found != expected {
                    differing += 1;
                    first.get_or_insert((region, index, expected, found));
                }
            }
        }
        match first {
            None => Ok(()),
            Some((region, index, expected, found)) => {
                self.set_network(0)?;
                Err(DriverError::Verify {
                    region,
                    index,
                    expected,
                    found,
                    differing,
                })
            }
        }
    }

    fn check_image(&self, image: &CoreImage) -> Result<(), DriverError> {
        if image.sizes() == self.sizes() {
            return Ok(());
        }
        Err(DriverError::ImageMismatch {
            device: self.info().name,
        })
    }
}

/// The bytes of an element, in the format of the wire.
pub(super) fn element_bytes(value: u32, bytes: usize) -> impl Iterator<Item = u8> {
    value.to_le_bytes().into_iter().take(bytes)
}

/// WRITE requests for `values`.
pub(super) fn write_requests(
    region: Region,
    bytes: usize,
    index: u32,
    values: &[u32],
) -> impl Iterator<Item = Request> {
    let chunk = Link::elements_per_write(bytes);
    (index..)
        .step_by(chunk)
        .zip(values.chunks(chunk))
        .map(move |(index, values)| Request::Write {
            region: region.number(),
            index,
            // Lossless: at most 236.
            count: values.len() as u8,
            data: values
                .iter()
                .flat_map(|&value| element_bytes(value, bytes))
                .collect(),
        })
}

/// The smallest set of requests that writes `values`: FILL for long runs of one value, WRITE for
/// the rest.
fn requests(
    region: Region,
    bytes: usize,
    index: u32,
    values: &[u32],
) -> impl Iterator<Item = Request> {
    let mut requests = Vec::new();
    // Lossless: memories have fewer than 2^24 elements.
    let at = |offset: usize| index + offset as u32;
    let mut start = 0;
    let mut offset = 0;
    for run in values.chunk_by(|a, b| a == b) {
        let end = offset + run.len();
        if run.len() >= RUN_MIN {
            requests.extend(write_requests(
                region,
                bytes,
                at(start),
                &values[start..offset],
            ));
            for from in (offset..end).step_by(FILL_MAX) {
                requests.push(Request::Fill {
                    region: region.number(),
                    index: at(from),
                    count: FILL_MAX.min(end - from) as u32,
                    data: element_bytes(run[0], bytes).collect(),
                });
            }
            start = end;
        }
        offset = end;
    }
    requests.extend(write_requests(region, bytes, at(start), &values[start..]));
    requests.into_iter()
}

/// Number of elements that a request writes.
fn elements(request: &Request) -> u64 {
    match request {
        Request::Write { count, .. } => u64::from(*count),
        Request::Fill { count, .. } => u64::from(*count),
        Request::Hello { .. } | Request::Read { .. } | Request::Stream(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use spec::wire::Tag;

    #[test]
    fn requests_cover_every_element_once() {
        let mut values: Vec<u32> = (0..500).collect();
        values.extend(vec![128; 40_000]);
        values.extend([1, 2, 3]);
        values.extend(vec![0; 23]);
        let mut found = vec![None; values.len()];
        let mut fills = 0;
        for request in requests(Region::Synapses, 2, 0, &values) {
            let (index, count, data) = match request {
                Request::Write {
                    index, count, data, ..
                } => (index, u32::from(count), data),
                Request::Fill {
                    index, count, data, ..
                } => {
                    fills += 1;
                    (index, count, data.repeat(count as usize))
                }
                other => panic!("{other:?}"),
            };
            assert_eq!(data.len(), 2 * count as usize);
            for (index, bytes) in (index..).zip(data.chunks(2)) {
                let value = u32::from(bytes[0]) | u32::from(bytes[1]) << 8;
                assert_eq!(found[index as usize].replace(value), None);
            }
        }
        assert_eq!(found.into_iter().collect::<Option<Vec<_>>>(), Some(values));
        assert_eq!(fills, 3);
    }

    #[test]
    fn two_full_writes_are_under_way_at_once() {
        for bytes in 1..=4 {
            let values = vec![7; 1000];
            let write = write_requests(Region::Synapses, bytes, 0, &values)
                .next()
                .unwrap();
            let held = write.frame(Tag::default()).body().unwrap().len() + 1;
            assert!(2 * held <= crate::session::UNANSWERED_MAX, "{held}");
        }
    }
}
