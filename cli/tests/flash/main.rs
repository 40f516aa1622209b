//! Tests of `synfire flash` with simulated programmers and USB devices.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod bitstreams;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use assert_cmd::cargo::cargo_bin;
use bitstreams::{LFE5U_12F, LFE5U_25F, LFE5U_85F};
use tempfile::TempDir;

/// The file in which a fake programmer records its name and arguments.
const CALL: &str = "call";

/// A folder with installed programmers and connected USB devices.
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
        // A hub's interface has no ids.
        fs::create_dir_all(desk.path("usb/1-0:1.0")).unwrap();
        fs::write(desk.path("up5k.bin"), bitstreams::up5k()).unwrap();
        fs::write(desk.path("hx8k.bin"), bitstreams::hx8k()).unwrap();
        for (name, chip) in [("12f", LFE5U_12F), ("25f", LFE5U_25F), ("85f", LFE5U_85F)] {
            fs::write(desk.path(&format!("{name}.bit")), chip.bitstream(true)).unwrap();
        }
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

    /// The arguments of the programmer that was run.
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
    let output = desk.flash(&["icebreaker", "up5k.bin"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(desk.call().unwrap(), "iceprog up5k.bin");
    let said = text(&output.stderr);
    assert!(said.contains("bin/iceprog"), "{said}");
    assert!(said.contains("0403:6010 FTDI FT2232H, at 1-1"), "{said}");
    assert!(said.contains("\nprogramming\n"), "{said}");
    let bytes = fs::metadata(desk.path("up5k.bin")).unwrap().len();
    let what = format!(
        "programmed  iCEBreaker with up5k.bin ({bytes} bytes) into the memory from which the board \
         starts, kept without power; exit status: 0 after"
    );
    assert!(said.contains(&what), "{said}");
    assert!(output.stdout.is_empty());
}

#[test]
fn the_second_serves_when_the_first_is_missing_or_no_program() {
    let desk = Desk::new(&["openFPGALoader"], &["0403:6010"]);
    fs::write(desk.path("bin/iceprog"), "not executable").unwrap();
    assert!(desk.flash(&["icebreaker", "up5k.bin"]).status.success());
    let call = desk.call().unwrap();
    assert_eq!(
        call,
        "openFPGALoader --board ice40_generic --write-flash up5k.bin"
    );
}

#[test]
fn the_flash_memory_is_written_only_when_asked_for() {
    let desk = Desk::new(&["openFPGALoader"], &["0403:6015"]);
    assert!(desk.flash(&["ulx3s_85f", "85f.bit"]).status.success());
    assert_eq!(desk.call().unwrap(), "openFPGALoader --board ulx3s 85f.bit");
    let output = desk.flash(&["ulx3s_85f", "85f.bit", "--permanent"]);
    assert!(output.status.success());
    let call = desk.call().unwrap();
    assert_eq!(call, "openFPGALoader --board ulx3s --write-flash 85f.bit");
}

#[test]
fn a_dry_run_prints_the_command_and_does_nothing() {
    let desk = Desk::new(&["iceprog"], &[]);
    fs::rename(desk.path("hx8k.bin"), desk.path("a b.bin")).unwrap();
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
    fs::write(file, LFE5U_25F.bitstream(false)).unwrap();
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
    let output = desk.flash(&["icebreaker", "up5k.bin"]);
    check_refused(
        &output,
        3,
        &["iceprog", "fpga-icestorm", "openfpgaloader", "apt-get"],
    );

    let desk = Desk::new(&["iceprog"], &["0403:6015"]);
    let output = desk.flash(&["icebreaker", "up5k.bin"]);
    check_refused(&output, 3, &["0403:6010 FTDI FT2232H", "connected"]);
    assert_eq!(desk.call(), None);

    let output = desk.flash(&["icestick", "up5k.bin"]);
    check_refused(&output, 2, &["icestick", "icebreaker"]);
}

#[test]
fn the_programmers_failure_is_ours() {
    let desk = Desk::new(&[], &["0403:6010"]);
    desk.program(
        "iceprog",
        "#!/bin/sh\nprintf 'searching\\rno device\\n' >&2\nexit 2\n",
    );
    let output = desk.flash(&["icebreaker", "up5k.bin"]);
    check_refused(
        &output,
        3,
        &[
            "the board is not programmed",
            "bin/iceprog up5k.bin",
            "exit status: 2; it said last: searching / no device\n",
            "udev",
        ],
    );
    assert!(!text(&output.stderr).contains("programmed  "));

    desk.program("iceprog", "#!/bin/sh\nkill -9 $$\n");
    let output = desk.flash(&["icebreaker", "up5k.bin"]);
    check_refused(&output, 3, &["signal: 9 (SIGKILL), without a word"]);
}

#[test]
fn a_dry_run_needs_no_programmer() {
    let desk = Desk::new(&[], &[]);
    let output = desk.flash(&["icebreaker", "up5k.bin", "--dry-run"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "iceprog up5k.bin\n");
    assert!(text(&output.stderr).contains("iceprog (not installed)"));
    // The file is checked with --dry-run as well.
    let output = desk.flash(&["icebreaker", "hx8k.bin", "--dry-run"]);
    check_refused(&output, 2, &["up5k.bin".replace("up5k", "hx8k").as_str()]);
    assert!(output.stdout.is_empty());
}

#[test]
fn bitstreams_for_the_boards_chip_are_taken_and_no_others() {
    let desk = Desk::new(&[], &[]);
    let chips = [
        (
            "up5k.bin",
            &["icebreaker", "icebreaker_l", "icebreaker_m"][..],
        ),
        ("hx8k.bin", &["hx8k_b_evn", "hx8k_b_evn_l", "hx8k_b_evn_m"]),
        ("12f.bit", &["ulx3s_25f", "ulx3s_25f_l"]),
        (
            "25f.bit",
            &[
                "ulx3s_25f",
                "ulx3s_25f_l",
                "colorlight_i5",
                "colorlight_i5_l",
            ],
        ),
        (
            "85f.bit",
            &["ulx3s_85f", "ulx3s_85f_l", "ulx3s_85f_m", "ulx3s_85f_n"],
        ),
    ];
    let boards: Vec<&str> = chips
        .iter()
        .flat_map(|(_, boards)| *boards)
        .copied()
        .collect();
    for (file, own) in chips {
        for board in &boards {
            let output = desk.flash(&[board, file, "--dry-run"]);
            if own.contains(board) {
                assert!(output.status.success(), "{board}: {}", text(&output.stderr));
            } else {
                check_refused(&output, 2, &[file, "must not go to the", "the board has"]);
            }
        }
    }
    let output = desk.flash(&["ulx3s_85f", "25f.bit"]);
    check_refused(
        &output,
        2,
        &["it is for LFE5U-25F, the board has LFE5U-85F-6BG381C"],
    );
    let output = desk.flash(&["colorlight_i5", "up5k.bin"]);
    check_refused(
        &output,
        2,
        &["it is a bitstream for an iCE40, the board has an LFE5U-25F"],
    );
}

#[test]
fn what_is_no_bitstream_is_refused_before_any_programmer_sees_it() {
    let desk = Desk::new(&["iceprog", "openFPGALoader"], &["0403:6010", "0403:6015"]);
    let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02";
    let noise: Vec<u8> = (0_u32..100_000)
        .map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    for (contents, message) in [
        (&[][..], "it is empty"),
        (picture, "preamble"),
        (&noise, "preamble"),
    ] {
        fs::write(desk.path("file"), contents).unwrap();
        for board in ["icebreaker", "ulx3s_25f"] {
            let output = desk.flash(&[board, "file"]);
            check_refused(
                &output,
                2,
                &["file must not go to the", message, "cargo xtask synth"],
            );
        }
    }
    fs::write(desk.path("file"), vec![0; (8 << 20) + 1]).unwrap();
    let output = desk.flash(&["icebreaker", "file"]);
    check_refused(
        &output,
        2,
        &["it has 8388609 bytes, no bitstream has more than 8388608"],
    );
    let output = desk.flash(&["icebreaker", "bin"]);
    check_refused(&output, 2, &["there is no bitstream bin"]);
    assert_eq!(desk.call(), None);
}

#[test]
fn a_bitstream_that_is_cut_damaged_or_too_long_is_refused() {
    let desk = Desk::new(&["iceprog", "openFPGALoader"], &["0403:6010", "0403:6015"]);
    let wholes = [
        ("icebreaker", bitstreams::up5k()),
        ("ulx3s_25f", LFE5U_25F.bitstream(true)),
        ("ulx3s_25f", LFE5U_25F.bitstream(false)),
    ];
    for (board, whole) in wholes {
        let refused = |contents: &[u8], message: &str| {
            fs::write(desk.path("file"), contents).unwrap();
            check_refused(
                &desk.flash(&[board, "file"]),
                2,
                &["file must not go", message],
            );
        };
        let length = whole.len();
        // The last bytes are padding after the end, four in the ECP5.
        for end in [30, 100, length / 3, length / 2, length - 64, length - 6] {
            refused(&whole[..end], "cut off");
        }
        for place in [64, length / 4, length / 2, length - 40] {
            let mut damaged = whole.clone();
            damaged[place] ^= 0x10;
            refused(&damaged, "it ");
        }
        let longer = [&whole[..], b"more"].concat();
        refused(&longer, "something follows its end at byte");
        refused(
            &[&whole[..], &whole].concat(),
            "something follows its end at byte",
        );
    }
    assert_eq!(desk.call(), None);
}
