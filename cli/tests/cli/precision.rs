//! Tests the measured cost of numbers of bits against the manual.

use std::path::PathBuf;
use std::{env, fs};

use serde_json::Value;
use tempfile::TempDir;

use super::{check_ends_with, folder, stdout, synfire};

fn root() -> PathBuf {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    root.canonicalize().unwrap()
}

fn example(path: &str) -> String {
    root().join("examples").join(path).display().to_string()
}

fn precision(network: &str, arguments: &[&str]) -> Value {
    let folder = TempDir::new().unwrap();
    let network = example(network);
    let all = [&["precision", &network, "--format", "json"][..], arguments].concat();
    serde_json::from_str(&stdout(&synfire(folder.path(), &all))).unwrap()
}

/// The cells of the first table of the manual after these words.
fn table(words: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(root().join("docs/import.md")).unwrap();
    let (_, text) = text.split_once(words).unwrap();
    let rows = text.lines().skip_while(|line| !line.starts_with('|'));
    let rows = rows.take_while(|line| line.starts_with('|')).skip(2);
    let cells = |row: &str| row.split('|').map(|cell| cell.trim().to_owned()).collect();
    rows.map(cells).collect()
}

fn percent(value: &Value) -> String {
    value
        .as_f64()
        .map_or("-".to_owned(), |value| format!("{value:.2} %"))
}

const DIGITS: [&str; 4] = ["--dt", "0.1ms", "--data", "digits"];

#[test]
fn the_manual_tells_what_fewer_bits_cost() {
    let found = precision("snntorch_digits/digits.nir", &DIGITS);
    assert_eq!(found["float_correct"], 579);
    let row = |point: &Value| {
        let snr = point["weight_snr_db"].as_array().unwrap();
        let snr = snr
            .iter()
            .map(|snr| format!("{:.1}", snr.as_f64().unwrap()));
        vec![
            String::new(),
            point["weight_bits"].to_string(),
            point["state_bits"].to_string(),
            format!("{:.2} %", 100.0 * point["accuracy"].as_f64().unwrap()),
            point["same_answers"].to_string(),
            percent(&point["differing_percent"]),
            percent(&point["by_parameters_percent"]),
            percent(&point["by_ticks_percent"]),
            snr.collect::<Vec<_>>().join(", "),
            String::new(),
        ]
    };
    let rows: Vec<_> = found["points"]
        .as_array()
        .unwrap()
        .iter()
        .map(row)
        .collect();
    assert_eq!(rows, table("of the digits"));
}

/// The demo on a device gives the results of the table.
#[test]
fn a_device_gives_the_answers_of_the_table() {
    let bits = ["--weight-bits", "8", "--state-bits", "16"];
    let found = precision("snntorch_digits/digits.nir", &[&DIGITS[..], &bits].concat());
    let folder = TempDir::new().unwrap();
    let demo = synfire(folder.path(), &["demo", "snntorch", "--format", "json"]);
    let demo: Value = serde_json::from_str(&stdout(&demo)).unwrap();
    let point = &found["points"][0];
    for key in ["correct", "same_answers"] {
        assert_eq!(point[key], demo[key], "{key}");
    }
    assert_eq!(
        point["populations"][1]["spikes"],
        demo["float_output_spikes"]
    );
}

#[test]
fn the_picture_of_the_manual_is_what_the_command_draws() {
    let folder = TempDir::new().unwrap();
    let network = example("snntorch_digits/digits.nir");
    let all = [&["precision", &network, "-o", "p.svg"][..], &DIGITS].concat();
    stdout(&synfire(folder.path(), &all));
    let drawn = fs::read_to_string(folder.path().join("p.svg")).unwrap();
    let path = root().join("docs/images/precision_digits.svg");
    if env::var_os("TRYCMD").is_some_and(|value| value == "overwrite") {
        fs::write(&path, &drawn).unwrap();
    }
    assert!(
        fs::read_to_string(path).unwrap() == drawn,
        "TRYCMD=overwrite draws it again"
    );
}

#[test]
fn the_manual_tells_what_became_of_the_networks_of_the_article() {
    for row in table("networks of the article") {
        let [
            _,
            file,
            options,
            states,
            spikes,
            differ,
            parameters,
            ticks,
            config,
            _,
        ] = &row[..]
        else {
            panic!("{row:?}");
        };
        let network = format!("nir/{}", file.trim_matches('`'));
        let options: Vec<&str> = options.trim_matches('`').split(' ').collect();
        let fixed = ["--weight-bits", "8", "--state-bits", states];
        let found = precision(&network, &[&options[..], &fixed].concat());
        let point = &found["points"][0];
        assert_eq!(found["spikes"].to_string(), *spikes, "{row:?}");
        let percents = [
            "differing_percent",
            "by_parameters_percent",
            "by_ticks_percent",
        ];
        let percents = percents.map(|key| percent(&point[key]));
        assert_eq!(percents.each_ref(), [differ, parameters, ticks], "{row:?}");
        assert_eq!(
            point["config"].as_str().unwrap_or("none"),
            config,
            "{row:?}"
        );
    }
    assert_eq!(table("networks of the article").len(), 5);
}

/// The recordings of N-MNIST are not part of the project; CONTRIBUTING.md says which variable names
/// them.
#[test]
fn the_network_of_sinabs_reads_nmnist_with_rounded_parameters_too() {
    let Some(data) = env::var_os("SYNFIRE_NMNIST") else {
        eprintln!("SYNFIRE_NMNIST is not set: N-MNIST's own recordings are not classified");
        return;
    };
    let data = PathBuf::from(data);
    let folder = TempDir::new().unwrap();
    let lines = fs::read_to_string(data.join("test100.txt")).unwrap();
    let lines = lines.lines().filter(|line| !line.starts_with('#'));
    let line = |line: &str| {
        let (name, label) = line.split_once(char::is_whitespace).unwrap();
        let file = data.join(format!("bs2/{name}.bs2"));
        format!("{},{}\n", file.display(), label.trim())
    };
    let list = folder.path().join("list.csv");
    fs::write(&list, lines.map(line).collect::<String>()).unwrap();
    let arguments = [
        "--data",
        list.to_str().unwrap(),
        "--time-unit=ticks",
        "--dt=10ms",
        "--ticks=30",
        "--window=0ms..300ms",
        "--polarity=split",
        "--weight-bits=8",
        "--state-bits=16",
    ];
    let found = precision("nir/cnn_sinabs.nir", &arguments);
    assert_eq!(found["float_correct"], 97);
    assert_eq!(found["points"][0]["correct"], 97);
}

#[test]
fn pictures_are_png_where_the_name_says_so() {
    let folder = folder();
    let network = example("snntorch_digits/digits.nir");
    for arguments in [
        vec!["plot", "matrix", "net.toml", "-o", "a.png"],
        vec!["plot", "weights", &network, "--dt", "0.1ms", "-o", "a.png"],
        vec!["run", "net.toml", "--ticks", "9", "--raster", "a.png"],
    ] {
        stdout(&synfire(folder.path(), &arguments));
        let png = fs::read(folder.path().join("a.png")).unwrap();
        assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"), "{arguments:?}");
        fs::remove_file(folder.path().join("a.png")).unwrap();
    }
}

#[test]
fn integers_of_a_network_file_cost_nothing_with_all_bits() {
    let folder = folder();
    let arguments = [
        "precision",
        "net.toml",
        "--stimulus",
        "in.csv",
        "--ticks",
        "20",
        "--weight-bits",
        "8",
        "--state-bits",
        "24",
        "--format",
        "json",
    ];
    let found = synfire(folder.path(), &arguments);
    let found: Value = serde_json::from_str(&stdout(&found)).unwrap();
    assert!(found["spikes"].as_u64().unwrap() > 0, "{found}");
    assert_eq!(found["points"][0]["by_parameters_percent"], 0.0, "{found}");
}

#[test]
fn what_is_wrong_with_samples_is_said() {
    let folder = folder();
    let check = |arguments: &[&str], message: &str| {
        let all = [&["precision", "net.toml"][..], arguments].concat();
        check_ends_with(folder.path(), &all, 2, message);
    };
    check(&[], "no samples: say --data, --stimulus or --poisson");
    check(&["--poisson", "0.1"], "--poisson needs --ticks");
    check(
        &["--data", "digits"],
        "the digits have 64 pixels, the network has",
    );
    check(
        &["--data", "in.txt"],
        "must be digits, or a name that ends in .npz or .csv",
    );
    fs::write(
        folder.path().join("list.csv"),
        "file,label\nin.csv,1\nin.csv\n",
    )
    .unwrap();
    let list = ["--data", "list.csv", "--ticks", "20"];
    check(
        &list,
        "list.csv, line 3: must be a file, a comma and a label",
    );
    check(
        &["--data", "list.csv"],
        "a list of recordings needs --ticks",
    );
    fs::write(folder.path().join("x.npz"), b"PK").unwrap();
    check(&["--data", "x.npz"], "x.npz, not an archive that is read");
}
