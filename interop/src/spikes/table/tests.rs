//! Tests of tables as tools write them, and of malformed tables.

use super::*;
use crate::spikes::Recording;

/// Ticks of 0.5 ms with ids, and the notes.
type Said = (Vec<(u32, u32)>, Vec<Note>);

fn read(text: &str, choices: &Choices) -> Result<Said, String> {
    assert!(is_one(text.as_bytes()), "{text}");
    let gathered = |take: Take<'_>| read_each(&mut text.as_bytes(), choices, take);
    let recording = Recording::gathered(gathered).map_err(|error| error.to_string())?;
    let spikes = recording.ticks(500_000).unwrap();
    let spikes = spikes.iter().map(|s| (s.tick, s.id)).collect();
    Ok((spikes, recording.notes))
}

fn default(text: &str) -> Result<Said, String> {
    read(text, &Choices::default())
}

#[test]
fn units_stand_in_the_name_or_behind_the_time() {
    let expected = [(2, 0), (5, 1), (5, 3)];
    for text in [
        "i,t_ms\n0,1.0\n3,2.5\n1,2.5\n",
        "i;t (s)\n0;0.001\n3;0.0025\n1;0.0025\n",
        "i,t\n0,1. ms\n3,2.5 ms\n1,2500 us\n",
        "t/us\ti\n1000\t0\n2500\t3\n2500\t1\n",
        ",i,time_ms\n0,0,1.0\n1,3,2.5\n2,1,2.5\n",
        "# i t_ms\n0 1\n3 2.5\n1 2.5\n",
    ] {
        assert_eq!(default(text), Ok((expected.to_vec(), vec![])), "{text}");
    }
    let (spikes, notes) = default("i,t\n0,0.001\n3,0.0025\n1,0.0025\n").unwrap();
    assert_eq!(spikes, expected);
    assert!(matches!(
        notes[..],
        [Note::Unit {
            unit: Unit::Seconds,
            ..
        }]
    ));
    // A column of ticks is not converted, whatever the length of a tick.
    assert_eq!(default("id,tick\n7,3\n").unwrap().0, [(3, 7)]);
}

#[test]
fn lines_of_tick_and_id_are_no_table() {
    for text in [
        "tick,id\n1,2\n",
        "1,2\n",
        "tick, id\n",
        "",
        "a,b\n1.5,2\n",
        "1 2\n",
    ] {
        assert!(!is_one(text.as_bytes()), "{text}");
    }
}

#[test]
fn one_population_is_read() {
    let text = "timestamps population node_ids\n10.0 v1 0\n25.0 v2 1\n";
    let error = default(text).unwrap_err();
    assert_eq!(
        error,
        "the population is not named; the file has 2: \"v1\", \"v2\""
    );
    let choices = |name: &str| Choices {
        population: Some(name.to_owned()),
        ..Choices::default()
    };
    assert_eq!(read(text, &choices("v2")).unwrap().0, [(50, 1)]);
    assert!(
        read(text, &choices("v3"))
            .unwrap_err()
            .contains("is v3; the file has 2")
    );
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    let cases = [
        (
            "i,t_ms\n0,soon\n",
            "line 2: time is \"soon\", must be a number",
        ),
        ("i,t_ms\n0\n", "line 2: 1 fields, must be 2"),
        (
            "i,t_ms\n0.5,1\n",
            "event 0: id is 0.5, must be 0..=4294967295",
        ),
        ("id,t\n0,1\n", "the column t has no unit"),
        ("0 1.5\n", "the column of times has no unit"),
        (
            "t,x,y,p\n1,2,3,7\n",
            "event 0: its polarity is 7, must be 0 or -1 (darker), or 1",
        ),
    ];
    for (text, message) in cases {
        assert_eq!(default(text).unwrap_err(), message, "{text}");
    }
}

#[test]
fn nest_2_has_times_or_steps() {
    let gdf = |text: &str| {
        let choices = Choices::default();
        let gathered = |take: Take<'_>| read_each_gdf(&mut text.as_bytes(), &choices, take);
        let recording = Recording::gathered(gathered).map_err(|error| error.to_string())?;
        let spikes: Vec<_> = recording.spikes.iter().map(|s| (s.time, s.id)).collect();
        Ok::<_, String>((spikes, recording.notes))
    };
    let spikes = vec![(9_900_000, 1), (300_000, 3)];
    assert_eq!(gdf("1\t9.900\n3\t0.300\t\n"), Ok((spikes.clone(), vec![])));
    let notes = vec![Note::Step];
    assert_eq!(gdf("1 99\n3 3\n"), Ok((spikes.clone(), notes.clone())));
    assert_eq!(gdf("1 100 0.1\n3 3 0\n"), Ok((spikes, notes)));
    assert!(
        gdf("1 2 3 4\n")
            .unwrap_err()
            .starts_with("line 1: 4 fields")
    );
    assert!(
        gdf("x 2.0\n")
            .unwrap_err()
            .starts_with("line 1: id is \"x\"")
    );
}
