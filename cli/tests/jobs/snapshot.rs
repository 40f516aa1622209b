//! Tests that a core saved in a file continues from that state in another process and on another
//! target.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use driver::stimulus;
use spec::events::Spike;
use tempfile::TempDir;

use super::{Board, check_fails, stdout, synfire};

const LEARNER: &str = include_str!("../cmd/run.in/learner.toml");
const HALF: u32 = 100;

/// Writes the spikes of one half of the run, with ticks counted from its beginning.
fn stimulus(path: &Path, spikes: &[Spike], ticks: std::ops::Range<u32>) {
    let mut text = String::from("tick,id\n");
    for spike in spikes.iter().filter(|spike| ticks.contains(&spike.tick)) {
        writeln!(text, "{},{}", spike.tick - ticks.start, spike.id).unwrap();
    }
    fs::write(path, text).unwrap();
}

fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    fs::write(path.join("learner.toml"), LEARNER).unwrap();
    let spikes = stimulus::poisson(3, 2 * HALF, 0.3, 4);
    stimulus(&path.join("whole.csv"), &spikes, 0..2 * HALF);
    stimulus(&path.join("first.csv"), &spikes, 0..HALF);
    stimulus(&path.join("second.csv"), &spikes, HALF..2 * HALF);
    folder
}

fn run(folder: &Path, arguments: &str) {
    let words: Vec<&str> = arguments.split(' ').collect();
    stdout(&synfire(folder, &words));
}

/// The spikes of a file, with `later` added to their ticks.
fn spikes(path: &Path, later: u32) -> Vec<(u32, u32)> {
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().skip(1);
    let numbers = lines.map(|line| {
        let (tick, id) = line.split_once(',').unwrap();
        (tick.parse::<u32>().unwrap() + later, id.parse().unwrap())
    });
    numbers.collect()
}

#[test]
fn two_halves_are_the_whole() {
    let folder = folder();
    let path = folder.path();
    run(
        path,
        "run learner.toml --stimulus whole.csv --ticks 200 --spikes all.csv --snapshot all.snap",
    );
    run(
        path,
        "run learner.toml --stimulus first.csv --ticks 100 --spikes a.csv --snapshot half.snap",
    );
    run(
        path,
        "run learner.toml --stimulus second.csv --ticks 100 --resume half.snap --verify \
         --spikes b.csv --snapshot end.snap --save end.toml",
    );
    let mut both = spikes(&path.join("a.csv"), 0);
    both.extend(spikes(&path.join("b.csv"), HALF));
    assert!(both.len() > 50);
    assert_eq!(both, spikes(&path.join("all.csv"), 0));
    let read = |name: &str| fs::read(path.join(name)).unwrap();
    assert!(read("end.snap") == read("all.snap"));
    assert!(read("half.snap") != read("all.snap"));
    // The network in the snapshot equals the one that a run saves.
    run(
        path,
        "snapshot network end.snap --net learner.toml --output same.toml",
    );
    let learned = |name: &str| read(name);
    assert_eq!(
        String::from_utf8(learned("same.toml")).unwrap(),
        String::from_utf8(learned("end.toml")).unwrap()
    );
}

#[test]
fn a_snapshot_goes_from_one_board_to_another() {
    let folder = folder();
    let path = folder.path();
    let config = "tiny_l";
    let first = "run learner.toml --stimulus first.csv --ticks 100";
    run(
        path,
        &format!("{first} --config {config} --snapshot model.snap"),
    );
    let one = Board::new(config);
    run(path, &format!("{first} --target {}", one.target));
    run(
        path,
        &format!("snapshot save one.snap --target {}", one.target),
    );
    let read = |name: &str| fs::read(path.join(name)).unwrap();
    assert!(read("one.snap") == read("model.snap"));

    let other = Board::new(config);
    let said = synfire(
        path,
        &["snapshot", "load", "one.snap", "--target", &other.target],
    );
    assert!(stdout(&said).contains("loaded and verified on tiny_l"));
    run(
        path,
        &format!("snapshot save other.snap --target {}", other.target),
    );
    assert!(read("other.snap") == read("one.snap"));
    let second = "run learner.toml --stimulus second.csv --ticks 100 --resume one.snap";
    run(path, &format!("{second} --spikes m.csv"));
    run(
        path,
        &format!("{second} --spikes b.csv --target {}", other.target),
    );
    let spikes = read("b.csv");
    assert!(spikes.len() > 100);
    assert!(spikes == read("m.csv"));
}

#[test]
fn what_does_not_belong_together_is_refused() {
    let folder = folder();
    let path = folder.path();
    run(
        path,
        "run learner.toml --ticks 10 --config tiny_l --snapshot a.snap",
    );
    let other = LEARNER.replace("delay = 2", "delay = 3");
    fs::write(path.join("other.toml"), other).unwrap();
    let resume = |net| ["run", net, "--ticks", "5", "--resume", "a.snap"];
    check_fails(
        path,
        &resume("other.toml"),
        1,
        "the device holds the network",
    );
    let load = ["snapshot", "load", "a.snap", "--config", "tiny"];
    check_fails(
        path,
        &load,
        2,
        "the snapshot of tiny_l is of a core of other sizes than the device tiny has",
    );
    let network = "snapshot network a.snap --net other.toml --output b.toml";
    let network: Vec<&str> = network.split(' ').collect();
    check_fails(path, &network, 1, "the device holds the network");
    let mut bytes = fs::read(path.join("a.snap")).unwrap();
    bytes[400] ^= 1;
    fs::write(path.join("bad.snap"), &bytes).unwrap();
    let bad = ["snapshot", "load", "bad.snap"];
    check_fails(path, &bad, 2, "bad.snap: the snapshot has checksum");
    fs::write(path.join("bad.snap"), &bytes[..200]).unwrap();
    check_fails(
        path,
        &bad,
        2,
        "bad.snap: the snapshot has 200 bytes, must have",
    );
    let foreign = ["snapshot", "load", "learner.toml"];
    check_fails(path, &foreign, 2, "learner.toml: it is no snapshot");
    // A snapshot that fails leaves the earlier file unchanged.
    let save = ["snapshot", "save", "a.snap", "--target", "serial:/dev/none"];
    let before = fs::read(path.join("a.snap")).unwrap();
    check_fails(path, &save, 3, "cannot open");
    assert!(fs::read(path.join("a.snap")).unwrap() == before);
    let name = ["snapshot", "save", "a.bin"];
    check_fails(path, &name, 2, "the name must end in .snap");
}
