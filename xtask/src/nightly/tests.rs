use super::*;

#[test]
fn a_night_goes_on_where_it_stopped() {
    let folder = std::env::temp_dir().join(format!("synfire-nightly-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let record = |tree: &str| Record {
        tree: tree.to_owned(),
        commit: "abc".to_owned(),
        passed: true,
        seconds: 7,
    };
    let mut state = State::read(&folder).unwrap();
    assert_eq!(state.of("report"), None);
    state.put("report", record("old")).unwrap();
    state.put("report", record("new")).unwrap();
    let again = State::read(&folder).unwrap();
    assert_eq!(again.of("report"), Some(&record("new")));
    fs::write(folder.join("state.json"), "{").unwrap();
    let error = State::read(&folder).unwrap_err().to_string();
    assert!(error.contains("state.json is damaged"), "{error}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn steps_have_names_of_their_own_and_need_tools_that_there_are() {
    let mut names = names();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), STEPS.len());
    let tools = tools::names().unwrap();
    for step in &STEPS {
        for tool in step.tools {
            assert!(tools.iter().any(|it| it == tool), "{}: {tool}", step.name);
        }
    }
}

#[test]
fn a_command_that_fails_shows_the_end_of_its_log() {
    let log = std::env::temp_dir().join(format!("synfire-nightly-{}.log", std::process::id()));
    let shell = |script: &str| {
        let mut shell = Command::new("sh");
        shell.args(["-c", script]);
        shell
    };
    run_logged(shell("echo fine"), &log).unwrap();
    let error = run_logged(shell("seq 100; echo why >&2; exit 3"), &log).unwrap_err();
    let error = error.to_string();
    assert!(
        error.contains("100\nwhy\n") && !error.contains("\n50\n"),
        "{error}"
    );
    fs::remove_file(log).unwrap();
}

#[test]
fn a_copy_has_the_files_of_now_and_follows_them() {
    let folder = std::env::temp_dir().join(format!("synfire-copy-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let files = copy::Files::of_checkout(&folder).unwrap();
    let copy = files.copy_to(&folder.join("copy")).unwrap();
    let read = |name: &str| fs::read(copy.join(name)).unwrap();
    assert_eq!(
        read("xtask/tools.toml"),
        fs::read(project::root().join("xtask/tools.toml")).unwrap()
    );
    // The next copy undoes the changes of a step.
    fs::write(copy.join("README.md"), "written").unwrap();
    assert_eq!(copy::changed_files(&copy).unwrap(), "README.md");
    files.copy_to(&copy).unwrap();
    assert_ne!(read("README.md"), b"written");
    assert_eq!(copy::changed_files(&copy).unwrap(), "");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn times_are_told_in_units_that_fit() {
    assert_eq!(duration(59), "59 s");
    assert_eq!(duration(61), "1 min 1 s");
    assert_eq!(duration(3_720), "1 h 2 min");
}

#[test]
fn a_line_says_why() {
    let outcome = Outcome {
        step: &STEPS[0],
        verdict: Verdict::NotRun,
        seconds: None,
        why: Some("it needs 12 GiB of memory, 3 GiB are free".to_owned()),
    };
    let line = line(&outcome);
    assert!(
        line.contains("NOT RUN") && line.ends_with("3 GiB are free"),
        "{line}"
    );
}
