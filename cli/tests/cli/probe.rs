//! Tests that the state of selected neurons is written and drawn under any name and in any format.

use std::fs;

use tempfile::TempDir;

use super::{stderr, synfire, words};

fn run(folder: &TempDir, line: &str) {
    let output = synfire(folder.path(), &words(line));
    assert!(output.status.success(), "{line}: {}", stderr(&output));
}

/// The columns of the table in this file, except the first.
fn columns(folder: &TempDir, name: &str) -> Vec<(String, Vec<String>)> {
    let text = fs::read_to_string(folder.path().join(name)).unwrap();
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    let of = |at: usize| {
        let column = rows.iter().skip(1).map(|row| row[at].to_owned());
        (rows[0][at].to_owned(), column.collect())
    };
    (1..rows[0].len()).map(of).collect()
}

#[test]
fn some_neurons_are_written_as_all_are_and_every_format_draws_the_same() {
    let folder = TempDir::new().unwrap();
    run(&folder, "init .");
    let network = "run net.toml --stimulus in.csv --ticks 200";
    let probe = "--probe i,e:0..1";
    for ending in ["csv", "npy"] {
        run(
            &folder,
            &format!("{network} --potentials all.{ending} --currents all_i.{ending}"),
        );
        run(
            &folder,
            &format!("{network} {probe} --potentials some.{ending} --currents some_i.{ending}"),
        );
    }
    for kind in ["", "_i"] {
        let all = columns(&folder, &format!("all{kind}.csv"));
        let some = columns(&folder, &format!("some{kind}.csv"));
        // Population i has the ids 8 and 9.
        let wanted = [8, 9, 0, 1].map(|id| all[id].clone());
        assert_eq!(some, wanted);
        assert!(
            some.iter()
                .any(|(_, values)| values.iter().any(|it| it != "0"))
        );
    }
    let mut pictures = Vec::new();
    for (file, probe) in [
        ("all.npy", ""),
        ("all.csv", ""),
        ("some.npy", probe),
        ("some.csv", ""),
    ] {
        let line =
            format!("plot potentials {file} {probe} --net net.toml --neurons i:1,e:0 -o p.svg");
        run(&folder, &line);
        pictures.push(fs::read(folder.path().join("p.svg")).unwrap());
    }
    assert!(pictures.iter().all(|picture| *picture == pictures[0]));
    run(
        &folder,
        "plot potentials all.npy --net net.toml --neurons 9,1 -o p.svg",
    );
    assert_ne!(fs::read(folder.path().join("p.svg")).unwrap(), pictures[0]);
}
