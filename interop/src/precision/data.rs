//! Reads labelled data from NumPy archives.

use network::npy::Array;

use super::Samples;
use crate::archive;
use crate::spikes::{Spike, SpikeError};

/// Samples with their right answers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Labelled {
    /// The samples.
    pub samples: Samples,
    /// The right answer to each of them, if it is known.
    pub labels: Option<Vec<usize>>,
}

fn wrong(what: &str, reason: impl Into<String>) -> SpikeError {
    SpikeError::Array {
        what: what.to_owned(),
        reason: reason.into(),
    }
}

/// The samples of an archive, for a network with `inputs` inputs: `x` and, if there are labels,
/// `y`.
///
/// `x` has the shape `[samples][ticks][inputs]`, where any value other than 0 is a spike, or
/// `[samples][inputs]` with values of 0 to 1, which become spikes spread evenly over `ticks`: after
/// n ticks, the number of spikes is n times the value, rounded down.
///
/// # Errors
/// The problem with the archive or its arrays; `ticks` given although `x` has ticks, or missing
/// although `x` has none.
pub fn read(bytes: &[u8], inputs: usize, ticks: Option<u32>) -> Result<Labelled, SpikeError> {
    let array = |name: &str| -> Result<Option<Array>, SpikeError> {
        let found = archive::array(bytes, name)?;
        Ok(found.map(|bytes| Array::parse(&bytes)).transpose()?)
    };
    let x = array("x")?.ok_or_else(|| {
        let names = archive::names(bytes).unwrap_or_default();
        wrong("the archive", format!("it holds {names:?}, must hold x"))
    })?;
    let samples = match (x.shape(), ticks) {
        (&[_, own, columns], None) if columns == inputs => raster(&x, own, inputs)?,
        (&[_, columns], Some(ticks)) if columns == inputs => values(&x, inputs, ticks)?,
        (shape, _) => {
            let reason = format!(
                "its shape is {shape:?}, must be [samples, ticks, {inputs}], or [samples, \
                 {inputs}] and a number of ticks given"
            );
            return Err(wrong("x", reason));
        }
    };
    let labels = array("y")?.map(|y| labels(&y, samples.spikes.len()));
    Ok(Labelled {
        samples,
        labels: labels.transpose()?,
    })
}

fn raster(x: &Array, ticks: usize, inputs: usize) -> Result<Samples, SpikeError> {
    let values = x.to_reals();
    if let Some(index) = values.iter().position(|value| value.is_nan()) {
        return Err(wrong("x", format!("value {index} is no number")));
    }
    // Lossless: an array has at most 2^23 values.
    let spike = |(at, _): (usize, &f64)| Spike {
        tick: (at / inputs) as u32,
        id: (at % inputs) as u32,
    };
    let samples = values.chunks((ticks * inputs).max(1)).map(|sample| {
        let cells = sample.iter().enumerate();
        cells
            .filter(|(_, value)| **value != 0.0)
            .map(spike)
            .collect()
    });
    Ok(Samples {
        spikes: samples.collect(),
        ticks: ticks as u32,
    })
}

fn values(x: &Array, inputs: usize, ticks: u32) -> Result<Samples, SpikeError> {
    let values = x.to_reals();
    if let Some(index) = values.iter().position(|value| !(0.0..=1.0).contains(value)) {
        let value = values[index];
        return Err(wrong(
            "x",
            format!("value {index} is {value}, must be 0 to 1"),
        ));
    }
    let samples = values.chunks(inputs.max(1)).map(|sample| {
        (0..ticks)
            .flat_map(|tick| {
                let until = |ticks: u32, value: f64| (f64::from(ticks) * value).floor();
                let fires = move |value: f64| until(tick + 1, value) > until(tick, value);
                let ids = (0..).zip(sample).filter(move |(_, value)| fires(**value));
                ids.map(move |(id, _)| Spike { tick, id })
            })
            .collect()
    });
    Ok(Samples {
        spikes: samples.collect(),
        ticks,
    })
}

fn labels(y: &Array, samples: usize) -> Result<Vec<usize>, SpikeError> {
    if y.shape() != [samples] {
        let reason = format!("its shape is {:?}, must be [{samples}]", y.shape());
        return Err(wrong("y", reason));
    }
    let label = |(index, label): (usize, i64)| {
        usize::try_from(label).map_err(|_| {
            wrong(
                "y",
                format!("value {index} is {label}, must be 0 or greater"),
            )
        })
    };
    y.to_integers()?
        .into_iter()
        .enumerate()
        .map(label)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(x: (&[usize], &[i32]), y: Option<&[i32]>) -> Vec<u8> {
        let x = network::npy::encode(x.0, x.1).unwrap();
        let mut files = vec![("x.npy", x)];
        if let Some(y) = y {
            files.push(("y.npy", network::npy::encode(&[y.len()], y).unwrap()));
        }
        let files: Vec<(&str, &[u8])> = files.iter().map(|(n, b)| (*n, &b[..])).collect();
        archive::write(&files).unwrap()
    }

    fn pairs(sample: &[Spike]) -> Vec<(u32, u32)> {
        sample.iter().map(|spike| (spike.tick, spike.id)).collect()
    }

    #[test]
    fn spikes_and_labels_are_read() {
        let x = [0, 1, 0, 0, 2, 0, /* */ 1, 0, 0, 0, 0, 1];
        let found = read(&archive((&[2, 2, 3], &x), Some(&[4, 0])), 3, None).unwrap();
        assert_eq!(found.labels, Some(vec![4, 0]));
        assert_eq!(found.samples.ticks, 2);
        let spikes: Vec<_> = found.samples.spikes.iter().map(|s| pairs(s)).collect();
        assert_eq!(spikes, [[(0, 1), (1, 1)], [(0, 0), (1, 2)]]);
    }

    #[test]
    fn values_are_spread_evenly() {
        let half = Array::parse(&network::npy::encode(&[1, 3], &[0, 1, 1]).unwrap()).unwrap();
        let all = values(&half, 3, 3).unwrap();
        let expected = [(0, 1), (0, 2), (1, 1), (1, 2), (2, 1), (2, 2)];
        assert_eq!(pairs(&all.spikes[0]), expected);
    }

    #[test]
    fn what_is_wrong_is_named() {
        let error = |x: (&[usize], &[i32]), y: Option<&[i32]>, ticks| {
            read(&archive(x, y), 3, ticks).unwrap_err().to_string()
        };
        let raster: (&[usize], &[i32]) = (&[1, 2, 3], &[0; 6]);
        assert!(error((&[2, 3], &[0; 6]), None, None).contains("and a number of ticks given"));
        assert!(error(raster, None, Some(4)).contains("its shape is [1, 2, 3]"));
        assert!(error((&[1, 2], &[0; 2]), None, Some(4)).contains("[samples, 3]"));
        assert!(error((&[1, 3], &[0, 2, 0]), None, Some(4)).contains("value 1 is 2, must be 0"));
        assert!(error(raster, Some(&[1, 2]), None).contains("y: its shape is [2], must be [1]"));
        assert!(error(raster, Some(&[-1]), None).contains("value 0 is -1, must be 0 or"));
        let other = archive::write(&[("z.npy", b"")]).unwrap();
        let error = read(&other, 3, None).unwrap_err().to_string();
        assert!(
            error.contains("it holds [\"z.npy\"], must hold x"),
            "{error}"
        );
    }
}
