//! Tests that pictures show units, names and missing data, and that the pictures of the manual are
//! what the commands draw.

use std::path::{Path, PathBuf};
use std::{env, fs};

use tempfile::TempDir;

use super::{check_ends_with, folder, stderr, stdout, synfire};

/// A folder with a network that has a population without reported spikes.
fn quiet() -> TempDir {
    let folder = folder();
    let network = fs::read_to_string(folder.path().join("net.toml")).unwrap();
    assert!(network.contains("name = \"lamp\"\n"), "{network}");
    let quiet = network.replacen("name = \"lamp\"\n", "name = \"lamp\"\nreport = false\n", 1);
    fs::write(folder.path().join("quiet.toml"), quiet).unwrap();
    folder
}

/// The output of a command, which must succeed.
#[track_caller]
fn run(folder: &Path, arguments: &[&str]) -> String {
    let output = synfire(folder, arguments);
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        stderr(&output)
    );
    stdout(&output)
}

#[track_caller]
fn draw(folder: &Path, arguments: &str) -> String {
    let arguments: Vec<&str> = arguments.split(' ').collect();
    run(folder, &arguments);
    let picture = arguments.iter().rev().find(|it| it.ends_with(".svg"));
    fs::read_to_string(folder.join(picture.unwrap())).unwrap()
}

#[track_caller]
fn assert_holds(svg: &str, texts: &[&str]) {
    for text in texts {
        assert!(svg.contains(text), "{text:?} is missing in {svg}");
    }
}

const RUN: &str = "--poisson 0.3 --ticks 50 --config tiny";

#[test]
fn time_is_in_milliseconds_and_rates_are_in_hertz_once_the_length_of_a_tick_is_said() {
    let folder = folder();
    let draw = |arguments: &str| draw(folder.path(), arguments);
    let run = format!("run net.toml {RUN} --spikes s.csv --potentials v.npy --raster r.svg");
    assert_holds(&draw(&run), &[">time (ticks)<", " in 50 ticks<"]);
    assert_holds(
        &draw(&format!("{run} --dt 0.5ms")),
        &[">time (ms)<", " in 50 ticks = 25 ms<"],
    );
    let of_spikes = |kind: &str, unit: &str, told: &str| {
        let plot = format!("plot {kind} s.csv --net net.toml -o p.svg");
        let (without, with) = (draw(&plot), draw(&format!("{plot} --dt 0.5ms")));
        assert!(!without.contains(told), "{without}");
        assert_holds(&without, &[unit]);
        assert_holds(&with, &[told]);
        assert!(!with.contains("(ticks)"), "{with}");
    };
    of_spikes("raster", "time (ticks)", "time (ms)");
    of_spikes("rates", "spikes in 1000 ticks", "firing rate (Hz)");
    of_spikes(
        "intervals",
        "interval between spikes of a neuron (ticks)",
        "interval between spikes of a neuron (ms)",
    );
    let potentials = "plot potentials v.npy --net net.toml --neurons 0,1 -o p.svg";
    assert_holds(&draw(potentials), &["time (ticks)"]);
    assert_holds(&draw(&format!("{potentials} --dt 1ms")), &["time (ms)"]);
    let curve = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/plot.in/curve.json");
    let curve = format!("plot curve {} -o p.svg", curve.display());
    assert_holds(&draw(&curve), &["spike after the sent one (ticks)"]);
    assert_holds(
        &draw(&format!("{curve} --dt 1ms")),
        &["spike after the sent one (ms)"],
    );
}

#[test]
fn inputs_and_populations_have_their_own_names() {
    let folder = folder();
    let network = fs::read_to_string(folder.path().join("net.toml")).unwrap();
    let more = "[[input]]\nname = \"spare\"\nsize = 2\n\n[[population]]";
    let network = network.replacen("[[population]]", more, 1);
    fs::write(folder.path().join("net.toml"), network).unwrap();
    let svg = draw(folder.path(), &format!("run net.toml {RUN} --raster r.svg"));
    assert_holds(&svg, &[">key<", ">spare<", ">lamp<", ">2 inputs, "]);
    assert!(!svg.contains(">inputs<"), "{svg}");
}

#[test]
fn a_population_that_does_not_report_is_marked_and_in_no_mean() {
    let folder = quiet();
    let draw = |arguments: &str| draw(folder.path(), arguments);
    let run = format!("run quiet.toml {RUN} --spikes s.csv --raster r.svg");
    let not_reported = [">2 neurons, not reported<", "url(#unknown)"];
    assert_holds(&draw(&run), &not_reported);
    let plot = |kind: &str, net: &str| {
        draw(&format!(
            "plot {kind} s.csv --net {net} --ticks 50 -o p.svg"
        ))
    };
    assert_holds(&plot("raster", "quiet.toml"), &not_reported);
    let left_out = "not reported and left out: 2 of lamp";
    for kind in ["rates", "intervals"] {
        let svg = plot(kind, "quiet.toml");
        assert_holds(&svg, &[left_out, "bell: "]);
        assert!(!svg.contains("lamp: "), "{svg}");
    }
    // Its spikes come from another source, so all of them are drawn.
    fs::write(folder.path().join("s.csv"), "tick,id\n1,0\n2,0\n").unwrap();
    let svg = plot("rates", "quiet.toml");
    assert_holds(&svg, &["lamp: 2 values, mean 20"]);
    assert!(!svg.contains("left out"), "{svg}");
    assert_holds(&plot("raster", "quiet.toml"), &[">2 neurons, 2 spikes<"]);
}

#[test]
fn where_nothing_is_reported_there_is_no_rate() {
    let folder = quiet();
    let network = fs::read_to_string(folder.path().join("quiet.toml")).unwrap();
    let silent = network.replace("name = \"bell\"\n", "name = \"bell\"\nreport = false\n");
    fs::write(folder.path().join("silent.toml"), silent).unwrap();
    fs::write(folder.path().join("s.csv"), "tick,id\n").unwrap();
    let rates = "plot rates s.csv --net silent.toml --ticks 50 -o p.svg";
    check_ends_with(
        folder.path(),
        &rates.split(' ').collect::<Vec<_>>(),
        2,
        "silent.toml: no population reports its spikes, so nothing is known of their rates; \
         `report = true` in a population has them sent",
    );
    assert!(!folder.path().join("p.svg").exists());
}

#[test]
fn more_neurons_than_a_picture_shows_are_refused() {
    let folder = folder();
    let network = root().join("examples/digits/network.toml");
    let network = network.to_str().unwrap();
    let drive = ["--poisson", "0.1", "--ticks", "3", "--config", "up5k"];
    let traced = ["run", network, "--potentials", "v.npy"];
    run(folder.path(), &[&traced[..], &drive].concat());
    let drawn = |neurons| {
        let potentials = ["plot", "potentials", "v.npy", "--net", network];
        [&potentials[..], &["--neurons", neurons, "-o", "p.svg"]].concat()
    };
    check_ends_with(
        folder.path(),
        &drawn("0..64"),
        2,
        "--neurons names 65 neurons, a picture has 64 at most",
    );
    run(folder.path(), &drawn("0..63"));
}

#[test]
fn weights_after_learning_are_of_the_same_network() {
    let folder = folder();
    let other = "format_version = 2\nname = \"other\"\n\n[[input]]\nname = \"in\"\nsize = 4\n\n[[population]]\n\
        name = \"out\"\nsize = 10\nthreshold = 1\n\n[[projection]]\nsource = \"in\"\n\
        target = \"out\"\nconnect = \"all_to_all\"\nweights = 3\n";
    fs::write(folder.path().join("other.toml"), other).unwrap();
    let weights = "plot weights net.toml --after other.toml -o p.svg";
    let output = synfire(folder.path(), &weights.split(' ').collect::<Vec<_>>());
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    let told = stderr(&output);
    let wanted = "--after other.toml is not net.toml after learning, which changes weights alone: \
                  from ";
    assert!(told.contains(wanted), "{told}");
    assert!(!folder.path().join("p.svg").exists());
    run(
        folder.path(),
        &[
            "plot", "weights", "net.toml", "--after", "net.toml", "-o", "p.svg",
        ],
    );
}

#[test]
fn a_length_that_nobody_said_is_told_of() {
    let folder = folder();
    fs::write(folder.path().join("s.csv"), "tick,id\n1,0\n6,0\n").unwrap();
    fs::write(folder.path().join("none.csv"), "tick,id\n").unwrap();
    let check = |arguments: &str, wanted: &str| {
        let output = synfire(folder.path(), &arguments.split(' ').collect::<Vec<_>>());
        assert!(output.status.success(), "{}", stderr(&output));
        let svg = fs::read_to_string(folder.path().join("p.svg")).unwrap();
        let note = format!("note: {wanted}; --ticks says the run's\n");
        let told = if wanted.is_empty() { "" } else { &note[..] };
        let said = stderr(&output);
        let said = said.strip_prefix("note: none.csv, it holds no spikes\n");
        assert_eq!(said.unwrap_or(&stderr(&output)), told, "{arguments}");
        assert_eq!(svg.contains("length"), !wanted.is_empty(), "{svg}");
        assert_holds(&svg, &[wanted]);
    };
    for kind in ["raster", "rates"] {
        for net in ["", " --net net.toml"] {
            let plot = |spikes: &str| format!("plot {kind} {spikes}{net} -o p.svg");
            check(&plot("s.csv"), "length taken from the last spike: 7 ticks");
            check(&plot("none.csv"), "length not known: there is no spike");
            check(&plot("s.csv --ticks 9"), "");
            check(&plot("s.csv --time 9ms --dt 1ms"), "");
        }
    }
    // Intervals do not depend on the length of the run.
    check("plot intervals s.csv -o p.svg", "");
}

fn root() -> PathBuf {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    root.canonicalize().unwrap()
}

/// `TRYCMD=overwrite` redraws the pictures.
#[test]
fn the_pictures_of_the_manual_are_what_the_commands_draw() {
    let folder = TempDir::new().unwrap();
    let manual = fs::read_to_string(root().join("docs/plots.md")).unwrap();
    let (_, session) = manual.split_once("```sh\n").unwrap();
    let (session, _) = session.split_once("```").unwrap();
    let session = session.replace("\\\n", " ");
    let mut drawn = 0;
    for line in session.lines() {
        let network = root().join("examples/digits/network.toml");
        let line = line.replace("examples/digits/network.toml", network.to_str().unwrap());
        let (command, kept) = match line.split_once(" > ") {
            Some((command, file)) => (command, Some(file.trim())),
            None => (&line[..], None),
        };
        let words: Vec<&str> = command.split_whitespace().collect();
        assert_eq!(words[0], "synfire");
        let printed = run(folder.path(), &words[1..]);
        if let Some(file) = kept {
            fs::write(folder.path().join(file), printed).unwrap();
        }
        for picture in words.iter().filter(|word| word.ends_with(".svg")) {
            let svg = fs::read_to_string(folder.path().join(picture)).unwrap();
            let path = root().join("docs/images").join(picture);
            if env::var_os("TRYCMD").is_some_and(|value| value == "overwrite") {
                fs::write(&path, &svg).unwrap();
            }
            assert!(
                manual.contains(&format!("(images/{picture})")),
                "the manual does not show {picture}"
            );
            assert!(
                fs::read_to_string(path).unwrap() == svg,
                "{picture} is not what the command draws; TRYCMD=overwrite draws it again"
            );
            drawn += 1;
        }
    }
    assert_eq!(drawn, 7);
}
