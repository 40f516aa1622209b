//! Property tests: any text gives an error or a network, without a panic and in bounded time.

use proptest::prelude::*;

use super::manual::{examples, files, read};
use crate::Network;

#[test]
fn deep_nesting_is_refused() {
    for text in ["[", "{a=", "a.", "[[", "x=[", "\"", "'''", "\r", "="] {
        assert!(read(&text.repeat(100_000)).is_err());
        assert!(read(&format!("x = {}", text.repeat(100_000))).is_err());
    }
}

proptest! {
    #[test]
    fn any_text_gives_an_answer(text in ".{0,300}") {
        let _ = read(&text);
    }

    #[test]
    fn any_toml_gives_an_answer(
        text in "format_version = 2\nname = \"x\"\n(\\[\\[(input|population|projection)\\]\\]\n|\
            ((name|size|threshold|leak|weights|delay|source|target|synapses|reset|grid|positions|connect|tau_mem) = \
            (1|-1|1e9|nan|true|\"x\"|\"values.npy\"|\"half.npy\"|\\[\\]|\\[1,2\\]|\\[\\[1\\]\\]|\
            \\[\\[1,2\\]\\]|\\{a=1\\}|\\{probability=1,distance=\\{max=1\\}\\}|\\{uniform=\\[1,2\\]\\}|\
            \\{distance=\\{base=1,per_unit=1\\}\\})\n)){0,12}",
    ) {
        let _ = read(&text);
    }

    #[test]
    fn a_damaged_network_gives_an_answer(
        which in 0usize..2,
        at in 0.0f64..1.0,
        length in 0usize..6,
        insert in "[\\[\\]{}=\"',.0-9a-z\n -]{0,6}",
    ) {
        let example = examples().nth(which).unwrap();
        let start = (at * example.len() as f64) as usize;
        let end = (start + length).min(example.len());
        let damaged = [&example[..start], &insert, &example[end..]].concat();
        match read(&damaged) {
            // The message is one line and names the place.
            Err(error) => prop_assert!(!error.to_string().contains('\n'), "{}", error),
            Ok(network) => prop_assert!(network.neuron_count() > 0),
        }
    }

    #[test]
    fn damaged_arrays_give_an_answer(at in 0usize..152, byte in any::<u8>()) {
        let example = examples().nth(1).unwrap();
        let _ = Network::from_toml(example, &mut |name| {
            let mut bytes = files(name)?;
            if let Some(target) = bytes.get_mut(at) {
                *target = byte;
            }
            Ok(bytes)
        });
    }
}
