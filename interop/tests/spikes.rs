//! Property tests of spike files with arbitrary bytes or damage: the result is an error or spikes,
//! never a panic.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use interop::spikes::camera::{Frames, Polarity, Sensor, View};
use interop::spikes::{
    Choices, Recording, Spike, SpikeError, array, dat, event_stream, evt, nest, nmnist, table,
};
use proptest::prelude::*;

type Reads<T> = fn(&[u8]) -> Result<T, SpikeError>;
type ReadsAny = fn(&[u8], &Choices) -> Result<Recording, SpikeError>;

/// Reads the bytes with every reader.
fn read_all(bytes: &[u8]) {
    let choices = Choices {
        sample: Some(0),
        ..Choices::default()
    };
    let recordings: [ReadsAny; 5] = [
        nest::read,
        array::read,
        array::read_raster,
        array::read_npz,
        dat::read,
    ];
    for read in recordings {
        if let Ok(recording) = read(bytes, &choices) {
            assert!(recording.spikes.len() <= bytes.len());
            let _ = recording.ticks(1000);
        }
    }
    let cameras: [Reads<Frames>; 3] = [
        |bytes| nmnist::read(bytes, nmnist::SENSOR),
        |bytes| evt::read(bytes, None),
        event_stream::read,
    ];
    for read in cameras {
        if let Ok(frames) = read(bytes) {
            // A vector of EVT 3.0 has up to twelve events in two bytes.
            assert!(frames.events().len() <= 6 * bytes.len());
            let view = View {
                polarity: Polarity::Split,
                shrink: 3,
                window_us: (100, 1 << 40),
                ..View::default()
            };
            let _ = frames.spikes(&view);
        }
    }
    #[cfg(feature = "nir")]
    let _ = interop::spikes::sonata::read(bytes.to_vec(), &choices);
    let mut count = 0;
    let mut take = |_, _| {
        count += 1;
        Ok(())
    };
    let _ = table::is_one(bytes);
    let _ = table::read_each(&mut &bytes[..], &choices, &mut take);
    let _ = table::read_each_gdf(&mut &bytes[..], &choices, &mut take);
    assert!(count <= bytes.len());
}

fn spikes() -> Vec<Spike> {
    let spike = |n: u32| Spike {
        tick: n * 3,
        id: n % 7,
    };
    (0..50).map(spike).collect()
}

/// One valid file of each format.
fn files() -> Result<Vec<Vec<u8>>, Box<dyn std::error::Error>> {
    let mut text = Vec::new();
    nest::write(&mut text, &mut spikes().into_iter(), 100_000)?;
    let mut evt2 = b"% evt 2.0\n% geometry 64x48\n% end\n".to_vec();
    for word in [0x8000_0001u32, 0x1000_0801, 0x00c0_1002, 0xa000_0000] {
        evt2.extend(word.to_le_bytes());
    }
    let mut evt3 = b"% evt 3.0\n% geometry 64x48\n% end\n".to_vec();
    for word in [0x8000u16, 0x6001, 0x0003, 0x2804, 0x3008, 0x4a01, 0x5081] {
        evt3.extend(word.to_le_bytes());
    }
    let mut stream = b"Event Stream\x02\0\0\x01\x20\0\x10\0".to_vec();
    stream.extend([3, 1, 0, 2, 0, 0xfe, 0xff, 9, 31, 0, 15, 0]);
    Ok(vec![
        text,
        array::write_events(&spikes())?,
        array::write_npz(&spikes())?,
        [1u8, 2, 0x80, 0, 9].repeat(10),
        evt2,
        stream,
        evt3,
        #[cfg(feature = "nir")]
        interop::spikes::sonata::write("all", &spikes(), 1_000_000)?,
        b"i,t (ms)\n3,1.5\n4,2 ms\n5,3e1\n".repeat(3),
        b"timestamps population node_ids\n10.0 v1 0\n25.0 v1 1\n".to_vec(),
        b"t;x;y;p\n1000;3;2;1\n5200;7;1;-1\n".to_vec(),
        b"1\t9.900\n3\t0.300\t\n".to_vec(),
        structured(),
        [
            &b"% Version 2\n\x0c\x08"[..],
            &[1, 2, 3, 0, 5, 64, 1, 16].repeat(4),
        ]
        .concat(),
        #[cfg(feature = "nir")]
        include_bytes!("../../cli/tests/cmd/recordings.in/shd_layout.h5").to_vec(),
    ])
}

/// A structured array of three events.
fn structured() -> Vec<u8> {
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    let header = "{'descr': [('t', '<u4'), ('x', '<u2'), ('y', '<u2'), ('', '|V2'), (('on', 'p'), \
                  '|b1')], 'fortran_order': False, 'shape': (3,), }";
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.bytes());
    bytes.extend([9, 0, 0, 0, 3, 0, 2, 0, 7, 7, 1].repeat(3));
    bytes
}

#[test]
fn good_files_are_read() {
    let files = files().unwrap();
    let read = nest::read(&files[0], &Choices::default()).unwrap();
    assert_eq!(read.ticks(100_000).unwrap(), spikes());
    let read = array::read_npz(&files[2], &Choices::default()).unwrap();
    assert_eq!(read.ticks(1).unwrap(), spikes());
    let sensor = Sensor {
        width: 64,
        height: 48,
    };
    let frames = evt::read(&files[4], None).unwrap();
    assert_eq!((frames.sensor(), frames.events().len()), (sensor, 2));
    assert_eq!(event_stream::read(&files[5]).unwrap().events().len(), 2);
    let frames = evt::read(&files[6], None).unwrap();
    assert_eq!((frames.sensor(), frames.events().len()), (sensor, 6));
    let read = array::read(&structured(), &choices()).unwrap();
    assert_eq!((read.spikes.len(), read.spikes[0].time), (3, 9_000));
    // Row 2, column 3 of a camera of four columns.
    assert_eq!(read.spikes[0].id, 11);
}

#[test]
fn files_that_end_anywhere_are_an_error_or_shorter() {
    for file in files().unwrap() {
        for end in 0..file.len() {
            read_all(&file[..end]);
        }
    }
}

/// The number of cases per property; `PROPTEST_CASES` overrides it.
fn config() -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok();
    ProptestConfig {
        cases: asked.map_or(1000, |cases| cases.parse().unwrap()),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_bytes_are_an_error_or_spikes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read_all(&bytes);
    }

    #[test]
    fn damaged_files_are_an_error_or_spikes(
        which in any::<prop::sample::Index>(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let files = files().unwrap();
        let mut file = files[which.index(files.len())].clone();
        for (at, byte) in damage {
            let at = at.index(file.len());
            file[at] = byte;
        }
        read_all(&file);
    }
}

fn choices() -> Choices {
    Choices::default()
}

/// Writes the spikes in each format, and reads them back.
fn there_and_back(spikes: &[Spike], tick_ns: u64) -> Vec<(&'static str, Result<(), SpikeError>)> {
    let inner = |error: std::io::Error| error.downcast::<SpikeError>().unwrap();
    let text = |spikes: &[Spike]| -> Result<Vec<u8>, SpikeError> {
        let mut bytes = Vec::new();
        nest::write(&mut bytes, &mut spikes.iter().copied(), tick_ns).map_err(inner)?;
        Ok(bytes)
    };
    let check = |written: Result<Vec<u8>, SpikeError>, read: Reads<Recording>| {
        let bytes = written?;
        // The bytes were written by this crate, so reading must succeed.
        let found = read(&bytes).unwrap().ticks(tick_ns).unwrap();
        assert!(found == spikes, "{} spikes of {tick_ns} ns", spikes.len());
        Ok(())
    };
    let mut results = vec![
        (
            "npy",
            check(array::write_events(spikes), |bytes| {
                array::read(bytes, &choices())
            }),
        ),
        (
            "npz",
            check(array::write_npz(spikes), |bytes| {
                array::read_npz(bytes, &choices())
            }),
        ),
        (
            "nest",
            check(text(spikes), |bytes| nest::read(bytes, &choices())),
        ),
    ];
    #[cfg(feature = "nir")]
    {
        use interop::spikes::sonata;
        let written = sonata::write("all", spikes, tick_ns);
        let read: Reads<Recording> = |bytes| sonata::read(bytes.to_vec(), &choices());
        results.push(("sonata", check(written, read)));
    }
    results
}

#[test]
fn as_many_spikes_as_are_written_are_read() {
    let most = interop::spikes::MAX_EVENTS as u32;
    let spike = |n: u32| Spike {
        tick: n / 8,
        id: 65_528 + n % 8,
    };
    let mut spikes: Vec<Spike> = (0..most).map(spike).collect();
    for (format, result) in there_and_back(&spikes, 100_000) {
        assert_eq!(result, Ok(()), "{format}");
    }
    spikes.push(spike(most));
    for (format, result) in there_and_back(&spikes, 100_000) {
        assert!(
            matches!(result, Err(SpikeError::TooMany { .. })),
            "{format}"
        );
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read(
        spikes in proptest::collection::btree_set((any::<u32>(), any::<u32>()), 0..40),
        shifts in (0u32..32, 0u32..32),
        tick_ns in prop_oneof![
            Just(1u64), Just(999), Just(100_000), Just(1_000_000), Just(1 << 40), any::<u64>(),
        ],
    ) {
        // Small and large numbers are equally frequent.
        let spikes: std::collections::BTreeSet<Spike> = spikes
            .into_iter()
            .map(|(tick, id)| Spike { tick: tick >> shifts.0, id: id >> shifts.1 })
            .collect();
        let spikes: Vec<Spike> = spikes.into_iter().collect();
        for (format, result) in there_and_back(&spikes, tick_ns.max(1)) {
            if let Err(error) = result {
                prop_assert!(matches!(error, SpikeError::OutOfRange { .. }), "{format}: {error}");
            }
        }
    }
}

/// Files of `nir.write_data`: events of two samples in 32-bit floats, where 0.0021 s is less than
/// 21 steps, and a grid of booleans.
#[cfg(feature = "nir")]
#[test]
fn spikes_of_the_package_nir_are_read() {
    use interop::spikes::{Choices, sonata};

    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/nir_data.h5");
    let read = |population: Option<&str>, sample: Option<usize>| {
        let choices = Choices {
            population: population.map(str::to_owned),
            sample,
            ..Choices::default()
        };
        let recording = sonata::read(std::fs::read(path).unwrap(), &choices)?;
        let ticks = recording.ticks(100_000)?;
        Ok::<_, interop::spikes::SpikeError>(
            ticks.iter().map(|it| (it.tick, it.id)).collect::<Vec<_>>(),
        )
    };
    assert_eq!(
        read(Some("lif"), Some(0)).unwrap(),
        [(3, 0), (7, 2), (12, 1), (21, 1)]
    );
    assert_eq!(read(Some("lif"), Some(1)).unwrap(), [(1, 2), (2, 2)]);
    assert_eq!(read(Some("in"), None).unwrap(), [(1, 2), (3, 0)]);
    let unsaid = read(None, None).unwrap_err().to_string();
    assert!(unsaid.contains("\"in\", \"lif\""), "{unsaid}");
    let samples = read(Some("lif"), Some(2)).unwrap_err().to_string();
    assert!(samples.contains("samples 0 to 1"), "{samples}");
}
