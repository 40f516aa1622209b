//! What is written as a network file is read as the same network.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::PathBuf;

use interop::file::{self, File};
use interop::supermat;
use spec::network::Network;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(files: &[File]) -> Network {
    let text = String::from_utf8(files[0].bytes.clone()).unwrap();
    Network::from_toml(&text, &mut |name| {
        let file = files.iter().find(|file| file.name == name);
        file.map(|file| file.bytes.clone())
            .ok_or_else(|| format!("there is no {name}"))
    })
    .unwrap()
}

#[test]
fn networks_of_superneuromat_come_back_as_they_were() {
    for n in 0..40 {
        let path = root().join(format!("tests/data/supermat/{n:02}.json"));
        let model = supermat::read(&fs::read(path).unwrap()).unwrap();
        let network = supermat::lower("net", &model).unwrap().network;
        let files = file::write(&network, "net").unwrap();
        assert_eq!(files[0].name, "net.toml");
        assert_eq!(read(&files), network, "network {n}");
    }
}

#[cfg(feature = "nir")]
#[test]
fn quantised_networks_come_back_as_they_were() {
    use interop::nir::{self, Options};
    use interop::quantise::{self, quantise};

    let path = root().join("../examples/snntorch_digits/digits.nir");
    let model = nir::read(fs::read(path).unwrap()).unwrap();
    let options = Options {
        dt: Some(1e-4),
        ..Options::default()
    };
    let graph = nir::lower("digits", &model, &options).unwrap();
    let network = quantise(&graph, &quantise::Options::default())
        .unwrap()
        .network;
    let files = file::write(&network, "digits").unwrap();
    assert!(files.len() > 2, "weights stand in arrays");
    assert_eq!(read(&files), network);
}
