//! Runs the commands of a page as a reader would: one after the other, in one folder.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;

use crate::board::Board;

/// The commands that are run here.
const KNOWN: [&str; 4] = ["synfire", "cd", "mkdir", "cat"];

/// The files that the exporter of each framework writes, for pages that begin with an export.
const EXPORTED: [(&str, &str); 5] = [
    ("snntorch", "snntorch_leaky_subtract_late.nir"),
    ("norse", "norse_lif.nir"),
    ("sinabs", "sinabs_lif_norm.nir"),
    ("spikingjelly", "spikingjelly_lif_decay_input.nir"),
    ("rockpool", "rockpool_lif.nir"),
];

/// The root of the checkout.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Whether the command uses a port.
pub(crate) fn has_port(command: &str) -> bool {
    command.contains("serial:/dev/")
}

/// The command with another target.
fn at(command: &str, target: &str) -> String {
    let words = command.split(' ').map(|word| match word {
        _ if word.starts_with("serial:/dev/") => target,
        _ => word,
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A folder in which commands are run.
pub(crate) struct Shell {
    folder: TempDir,
    /// The config of the virtual board that replaces a page's port.
    config: String,
    board: Option<Board>,
    /// The present folder of the commands.
    place: PathBuf,
}

impl Shell {
    /// A folder with the files that pages assume: the examples of the checkout, and typical files
    /// of a user.
    pub(crate) fn new(config: &str) -> Shell {
        let folder = TempDir::new().unwrap();
        std::os::unix::fs::symlink(root().join("examples"), folder.path().join("examples"))
            .unwrap();
        let nir = root().join("examples/snntorch_digits/digits.nir");
        let events = root().join("cli/tests/cmd/spikes.in/events.bin");
        for (name, of) in [
            ("model.nir", &nir),
            ("digits.nir", &nir),
            ("00001.bin", &events),
        ] {
            fs::copy(of, folder.path().join(name)).unwrap();
        }
        let ones = |shape: &[usize]| {
            let count = shape.iter().product();
            network::npy::encode(shape, &vec![1; count]).unwrap()
        };
        for (name, shape) in [
            ("fc1.weight.npy", &[96, 64][..]),
            ("fc2.weight.npy", &[10, 96]),
            ("values.npy", &[3, 2]),
        ] {
            fs::write(folder.path().join(name), ones(shape)).unwrap();
        }
        Shell {
            place: folder.path().to_owned(),
            folder,
            config: config.to_owned(),
            board: None,
        }
    }

    /// Writes the files that pages on the reader's own networks assume: `net.toml` with populations
    /// `hidden` and `output`, and `learner.toml`, which learns.
    pub(crate) fn write_networks(&self) {
        self.write("net.toml", include_str!("hidden.toml"));
        for name in ["learner.toml", "learned.toml"] {
            self.write(name, include_str!("../cmd/run.in/learner.toml"));
        }
    }

    /// Writes a file into the folder.
    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.place.join(name), text).unwrap();
    }

    /// Runs commands, each of which must succeed, and returns their output. A board at a port is
    /// replaced by a virtual one, which keeps its state.
    pub(crate) fn run(&mut self, commands: &[String]) -> Result<String, String> {
        for command in commands {
            let first = command.split_whitespace().next().unwrap_or_default();
            if !KNOWN.contains(&first) {
                return Err(format!("{command:?} begins with none of {KNOWN:?}"));
            }
        }
        let exports = |name: &str| {
            let option = format!(" --exporter {name}");
            commands.iter().any(|command| command.contains(&option))
        };
        if let Some((_, file)) = EXPORTED.iter().find(|(name, _)| exports(name)) {
            let recorded = root().join("interop/tests/data/exporters").join(file);
            fs::copy(recorded, self.place.join("net.nir")).unwrap();
        }
        let mut commands = commands.to_vec();
        if commands.iter().any(|command| has_port(command)) {
            let board = self.board.get_or_insert_with(|| Board::new(&self.config));
            for command in &mut commands {
                *command = at(command, &board.target);
            }
        }
        let program = cargo_bin!("synfire");
        let mut path = program.parent().unwrap().as_os_str().to_owned();
        path.push(":");
        path.push(env::var_os("PATH").unwrap_or_default());
        let left = self.folder.path().join(".place");
        let script = format!(
            "set -e\nexec 2>&1\ntrap 'pwd > \"$LEFT\"' EXIT\n{}",
            commands.join("\n")
        );
        let output = Command::new("sh")
            .args(["-c", &script])
            .current_dir(&self.place)
            .env("PATH", path)
            .env("LEFT", &left)
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        if let Ok(place) = fs::read_to_string(left) {
            self.place = PathBuf::from(place.trim_end());
        }
        if output.status.success() {
            Ok(text)
        } else {
            Err(format!("{}: {text}", output.status))
        }
    }
}
