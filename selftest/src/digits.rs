//! The part of the self test that runs the digits demo.

use network::image::CoreImage;

use super::{Bench, Possible, SelfTestError, model};
use demos::digits::Digits;

pub(super) fn run(bench: &mut Bench<'_>) -> Result<Possible, SelfTestError> {
    let config = &bench.config()?;
    let digits = Digits::embedded()?;
    if CoreImage::map(digits.network(), config).is_err() {
        return Ok(Possible::NotHere(
            "the network of the digits does not fit this config",
        ));
    }
    let images = bench.settings.images.min(digits.labels().len());
    let mut reference = model(config)?;
    digits.load(&mut reference, &mut |_, _| ())?;
    let expected = digits.classify(&mut reference, images, &mut |_| ())?;
    let (device, mut progress) = bench.device_and_progress()?;
    digits.load(device, &mut |_, _| ())?;
    let found = digits.classify(device, images, &mut |done| {
        progress(done as u64, images as u64);
    })?;
    drop(progress);
    bench.count("images", images as u64, "");
    bench.count("right", found.correct as u64, "");
    bench.count("spikes", found.spikes, "");
    let pairs = expected.predictions.iter().zip(&found.predictions);
    for (image, (&expected, &found)) in pairs.enumerate() {
        if found != expected {
            return Err(SelfTestError::Image {
                image,
                expected,
                found,
            });
        }
    }
    if found.spikes != expected.spikes {
        return Err(SelfTestError::Number {
            what: "spikes of all images",
            expected: expected.spikes,
            found: found.spikes,
        });
    }
    Ok(Possible::Done)
}
