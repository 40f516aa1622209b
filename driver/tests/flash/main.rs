//! `synfire flash`, with programmers and USB devices that are not there.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;

/// What a fake programmer leaves behind: its name and its words.
const CALL: &str = "call";

/// A desk with some programmers installed and some USB devices connected.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new(programmers: &[&str], devices: &[&str]) -> Desk {
        let desk = Desk {
            folder: TempDir::new().unwrap(),
        };
        fs::create_dir(desk.path("bin")).unwrap();
        for name in programmers {
            let script = format!("#!/bin/sh\necho \"{name} $*\" > {CALL}\necho programming\n");
            desk.program(name, &script);
        }
        for (place, id) in devices.iter().enumerate() {
            let (vendor, product) = id.split_once(':').unwrap();
            let device = desk.path("usb").join(format!("1-{place}"));
            fs::create_dir_all(&device).unwrap();
            fs::write(device.join("idVendor"), format!("{vendor}\n")).unwrap();
            fs::write(device.join("idProduct"), format!("{product}\n")).unwrap();
        }
        // A hub has no numbers where a device has them.
        fs::create_dir_all(desk.path("usb/1-0:1.0")).unwrap();
        fs::write(desk.path("a.bin"), [0; 16]).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn program(&self, name: &str, script: &str) {
        let file = self.path("bin").join(name);
        fs::write(&file, script).unwrap();
        fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn flash(&self, arguments: &[&str]) -> Output {
        Command::new(cargo_bin!("synfire"))
            .arg("flash")
            .args(arguments)
            .args(["--usb-devices", "usb"])
            .current_dir(self.folder.path())
            .env("PATH", self.path("bin"))
            .output()
            .unwrap()
    }

    /// The words of the programmer that was run.
    fn call(&self) -> Option<String> {
        let text = fs::read_to_string(self.path(CALL)).ok()?;
        Some(text.trim().to_owned())
    }
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn check_refused(output: &Output, code: i32, messages: &[&str]) {
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{said}");
    for message in messages {
        assert!(said.contains(message), "{message}: {said}");
    }
}

#[test]
fn the_first_programmer_on_the_path_is_run() {
    let desk = Desk::new(&["openFPGALoader", "iceprog"], &["1d6b:0002", "0403:6010"]);
    let output = desk.flash(&["icebreaker", "a.bin"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(desk.call().unwrap(), "iceprog a.bin");
    let said = text(&output.stderr);
    assert!(said.contains("bin/iceprog"), "{said}");
    assert!(said.contains("0403:6010 FTDI FT2232H, at 1-1"), "{said}");
    assert!(said.contains("kept without power"), "{said}");
    assert!(said.contains("programming"), "{said}");
    assert!(output.stdout.is_empty());
}

#[test]
fn the_second_serves_when_the_first_is_missing_or_no_program() {
    let desk = Desk::new(&["openFPGALoader"], &["0403:6010"]);
    fs::write(desk.path("bin/iceprog"), "not executable").unwrap();
    assert!(desk.flash(&["icebreaker", "a.bin"]).status.success());
    let call = desk.call().unwrap();
    assert_eq!(
        call,
        "openFPGALoader --board ice40_generic --write-flash a.bin"
    );
}

#[test]
fn the_flash_memory_is_written_only_when_asked_for() {
    let desk = Desk::new(&["openFPGALoader"], &["0403:6015"]);
    assert!(desk.flash(&["ulx3s_85f", "a.bin"]).status.success());
    assert_eq!(desk.call().unwrap(), "openFPGALoader --board ulx3s a.bin");
    let output = desk.flash(&["ulx3s_85f", "a.bin", "--permanent"]);
    assert!(output.status.success());
    let call = desk.call().unwrap();
    assert_eq!(call, "openFPGALoader --board ulx3s --write-flash a.bin");
}

#[test]
fn a_dry_run_prints_the_command_and_does_nothing() {
    let desk = Desk::new(&["iceprog"], &[]);
    fs::rename(desk.path("a.bin"), desk.path("a b.bin")).unwrap();
    let output = desk.flash(&["hx8k_b_evn", "a b.bin", "--dry-run"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let expected = format!("{} -S 'a b.bin'\n", desk.path("bin/iceprog").display());
    assert_eq!(text(&output.stdout), expected);
    assert!(text(&output.stderr).contains("none found"));
    assert_eq!(desk.call(), None);
}

#[test]
fn the_build_of_the_checkout_is_the_default() {
    let desk = Desk::new(&["openFPGALoader"], &["0d28:0204"]);
    let output = desk.flash(&["colorlight_i5"]);
    let built = "target/synth/colorlight_i5/colorlight_i5.bit";
    check_refused(&output, 2, &[built, "cargo xtask synth"]);
    let file = desk.path(built);
    fs::create_dir_all(file.parent().unwrap_or(Path::new(""))).unwrap();
    fs::write(file, [0; 16]).unwrap();
    assert!(desk.flash(&["colorlight_i5"]).status.success());
    let call = desk.call().unwrap();
    assert_eq!(
        call,
        format!("openFPGALoader --board colorlight-i5 {built}")
    );
}

#[test]
fn what_is_missing_is_named() {
    let desk = Desk::new(&[], &["0403:6010"]);
    let output = desk.flash(&["icebreaker", "a.bin"]);
    check_refused(
        &output,
        3,
        &["iceprog", "fpga-icestorm", "openfpgaloader", "apt-get"],
    );

    let desk = Desk::new(&["iceprog"], &["0403:6015"]);
    let output = desk.flash(&["icebreaker", "a.bin"]);
    check_refused(&output, 3, &["0403:6010 FTDI FT2232H", "connected"]);
    assert_eq!(desk.call(), None);

    let output = desk.flash(&["icestick", "a.bin"]);
    check_refused(&output, 2, &["icestick", "icebreaker"]);
}

#[test]
fn the_programmers_failure_is_ours() {
    let desk = Desk::new(&[], &["0403:6010"]);
    desk.program("iceprog", "#!/bin/sh\necho 'no device' >&2\nexit 2\n");
    let output = desk.flash(&["icebreaker", "a.bin"]);
    check_refused(
        &output,
        3,
        &["no device", "bin/iceprog a.bin", "exit status: 2", "udev"],
    );
}
