//! `synfire-rtl`: serves the Verilated device as a serial port.

use std::{
    io::{self, Read, Write},
    path::PathBuf,
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use clap::Parser;
use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGTERM},
    flag,
};
use sim::{PowerUp, SimError, UartDut, pty::PtyServer};
use spec::CoreConfig;

/// Serves the simulated gates of a Synfire core, UART pins included, on a pseudo-terminal.
///
/// Prints the terminal's path as its one line of output, then runs until standard input ends or a
/// signal comes (SIGINT, SIGTERM, SIGHUP). Simulated time stands still while nobody asks anything.
/// Leave BAUD_DIV alone: the simulated line keeps the rate that the device powers up with.
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = "Example:\n  \
    synfire-rtl --config tiny\n  \
    /dev/pts/5\n\n\
    In a script, where standard input is empty:\n  \
    synfire-rtl --config up5k --no-stdin > path.txt &"
)]
struct Arguments {
    /// Config of the core: tiny, hx8k, up5k, ecp5_25k or ecp5_85k; with learning tiny_l,
    /// tiny_lr, hx8k_l, up5k_l, ecp25_l or ecp85_l; with reset rules tiny_n or ecp85_n;
    /// with second states tiny_m, hx8k_m, up5k_m or ecp85_m.
    #[arg(long, default_value = "tiny", value_name = "NAME")]
    config: String,
    /// Writes all signals to this file; needs a build with `--features trace`.
    #[arg(long, value_name = "FILE.fst")]
    trace: Option<PathBuf>,
    /// Stops after this many simulated clock cycles.
    #[arg(long, value_name = "CYCLES", default_value_t = u64::MAX, hide_default_value = true)]
    max_cycles: u64,
    /// Runs until a signal comes, whatever happens to standard input.
    #[arg(long)]
    no_stdin: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let config = match CoreConfig::named(&arguments.config) {
        Ok(config) => config,
        Err(error) => return fail(&error, 2),
    };
    match serve(config, &arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error, 3),
    }
}

fn fail(error: &dyn std::error::Error, code: u8) -> ExitCode {
    // An error of writing is ignored: standard error may be closed, and the exit code reports the
    // failure.
    let _ = writeln!(io::stderr(), "synfire-rtl: {error}");
    ExitCode::from(code)
}

fn serve(config: &CoreConfig, arguments: &Arguments) -> Result<(), SimError> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGHUP, SIGINT, SIGTERM] {
        flag::register(signal, Arc::clone(&stop))?;
    }
    if !arguments.no_stdin {
        let stop = Arc::clone(&stop);
        thread::spawn(move || {
            // An error of reading counts as the end of standard input.
            let _ = io::copy(&mut io::stdin().lock().by_ref(), &mut io::sink());
            stop.store(true, Ordering::Relaxed);
        });
    }
    let power_up = PowerUp {
        wave: arguments.trace.clone(),
        ..PowerUp::default()
    };
    let mut server = PtyServer::new(UartDut::new(config, &power_up)?)?;
    writeln!(io::stdout(), "{}", server.path())?;
    io::stdout().flush()?;
    server.serve(&stop, arguments.max_cycles)
}
