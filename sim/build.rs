//! Verilates the emitted Verilog of every config at both levels and compiles the models, the shim
//! and Verilator's run-time library into one static library.

use std::{
    env,
    error::Error,
    ffi::OsString,
    fmt::Write as _,
    fs, io,
    num::NonZeroUsize,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

#[expect(
    unreachable_pub,
    reason = "it is public where it is a module of the library"
)]
#[path = "src/verilator.rs"]
mod verilator;

#[expect(
    unreachable_pub,
    reason = "it is public where it is a module of the library"
)]
#[path = "src/faults.rs"]
mod faults;

#[path = "build/kept.rs"]
mod kept;

use faults::{
    COUNTER_FAULTS, FAULTS, Fault, LEARNING_FAULTS, NEURON_FAULTS, SECOND_FAULTS, SLOW_MEMORIES,
    SUM_FAULTS,
};
use kept::{Digest, Kept};
use verilator::{
    BINARY_VARIABLE, NETLISTS_VARIABLE, VERILOG_VARIABLE, Verilator, inputs_of, verilog_of,
};

/// The folder of the configs; each file is named after its config.
const CONFIGS: &str = "../configs";

/// Selects configs, separated by commas, so that the others need not be compiled while one is being
/// changed.
const CONFIGS_VARIABLE: &str = "SYNFIRE_CONFIGS";

/// The program that cargo runs instead of the compiler for crates of the workspace.
const WRAPPER_VARIABLE: &str = "RUSTC_WORKSPACE_WRAPPER";

/// The configs with planted faults.
const FAULTY: [(&str, &[Fault]); 7] = [
    ("tiny", &FAULTS),
    ("tiny", &COUNTER_FAULTS),
    ("tiny", &SLOW_MEMORIES),
    ("tiny_l", &LEARNING_FAULTS),
    ("tiny_lr", &SUM_FAULTS),
    ("tiny_n", &NEURON_FAULTS),
    ("tiny_m", &SECOND_FAULTS),
];

/// The part of the device that a model contains.
#[derive(Clone, Copy, PartialEq)]
enum Level {
    /// The whole device with its pins.
    Top,
    /// The core with its bus and streams.
    Core,
}

impl Level {
    const ALL: [Level; 2] = [Level::Top, Level::Core];

    const fn name(self) -> &'static str {
        match self {
            Level::Top => "top",
            Level::Core => "core",
        }
    }

    const fn module(self) -> &'static str {
        match self {
            Level::Top => "top",
            Level::Core => "sim_core",
        }
    }

    const fn define(self) -> &'static str {
        match self {
            Level::Top => "SIM_LEVEL_TOP",
            Level::Core => "SIM_LEVEL_CORE",
        }
    }
}

/// The origin of the Verilog.
#[derive(Clone, Copy, PartialEq)]
enum Source {
    /// Emitted from the description: it must pass all lint checks.
    Emitted,
    /// Written by a tool, with the cells of its chip: it is not checked for style.
    Netlist,
}

/// A model to compile.
struct Model {
    name: String,
    verilog: PathBuf,
    source: Source,
    level: Level,
}

impl Model {
    fn new(name: &str, verilog: PathBuf, source: Source, level: Level) -> Self {
        Self {
            name: name.to_owned(),
            verilog,
            source,
            level,
        }
    }
}

fn main() -> ExitCode {
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Cargo shows only `cargo::error` lines as errors of this package.
            for line in error.to_string().lines() {
                println!("cargo::error={line}");
            }
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<(), Box<dyn Error>> {
    for variable in [
        BINARY_VARIABLE,
        NETLISTS_VARIABLE,
        VERILOG_VARIABLE,
        CONFIGS_VARIABLE,
        "VERILATOR_ROOT",
        kept::VARIABLE,
        WRAPPER_VARIABLE,
    ] {
        println!("cargo::rerun-if-env-changed={variable}");
    }
    for path in [
        "build.rs",
        "build",
        "src/verilator.rs",
        "src/faults.rs",
        "cpp",
    ] {
        println!("cargo::rerun-if-changed={path}");
    }
    if nothing_links() {
        return Ok(());
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    let compiler = Compiler {
        verilator: Verilator::find()?,
        trace: env::var_os("CARGO_FEATURE_TRACE").is_some(),
        toggles: env::var_os("CARGO_FEATURE_TOGGLES").is_some(),
        kept: Kept::new(&out)?,
        out: out.clone(),
    };
    let chosen = env::var(CONFIGS_VARIABLE).ok();
    let is_chosen = |config: &str| match &chosen {
        Some(names) => names.split(',').any(|name| name == config),
        None => true,
    };
    let mut configs = match env::var_os("CARGO_FEATURE_NETLISTS") {
        Some(_) => Vec::new(),
        None => configs()?,
    };
    configs.retain(|it| is_chosen(it));
    let mut wanted = Vec::new();
    for config in &configs {
        let verilog = verilog_of(config)?;
        for input in inputs_of(&verilog)? {
            println!("cargo::rerun-if-changed={}", input.display());
        }
        for level in Level::ALL {
            wanted.push(Model::new(config, verilog.clone(), Source::Emitted, level));
        }
    }
    if env::var_os("CARGO_FEATURE_NETLISTS").is_some() {
        for verilog in netlists()? {
            println!("cargo::rerun-if-changed={}", verilog.display());
            let stem = verilog.file_stem().unwrap_or_default();
            let name = stem.to_string_lossy().into_owned();
            wanted.push(Model::new(&name, verilog, Source::Netlist, Level::Top));
        }
    }
    // What a faulty device does is no evidence about the sound one, so with counters there is none.
    let with_faults = env::var_os("CARGO_FEATURE_FAULTS").is_some() && !compiler.toggles;
    let planted = FAULTY
        .iter()
        .filter(|(config, _)| with_faults && configs.iter().any(|it| it == config));
    for (config, faults) in planted {
        let sound = fs::read_to_string(verilog_of(config)?)?;
        for fault in *faults {
            let verilog = out.join(fault.name).with_extension("v");
            fs::write(&verilog, fault.plant(&sound)?)?;
            // The tests observe the link at the pins and everything else at the bus.
            let level = match fault.module.starts_with("top$link") {
                true => Level::Top,
                false => Level::Core,
            };
            wanted.push(Model::new(fault.name, verilog, Source::Emitted, level));
        }
    }
    let mut objects = compiler.models(&wanted)?;
    let names: Vec<(Level, String)> = wanted.into_iter().map(|it| (it.level, it.name)).collect();
    objects.extend(compiler.runtime(&names)?);

    let mut library = cc::Build::new();
    library
        .cpp(true)
        .objects(objects)
        .try_compile("synfire_sim")?;
    println!("cargo::rustc-link-lib=pthread");
    println!("cargo::rustc-link-lib=atomic");
    if compiler.trace {
        println!("cargo::rustc-link-lib=z");
    }
    Ok(())
}

/// Whether this build does not link, so that the models, which take minutes to compile, can be left
/// out. Clippy is recognised by its wrapper of the compiler, and a build of the documentation by a
/// feature. Both use build folders of their own, so no other build takes up their output.
fn nothing_links() -> bool {
    let is_clippy = |wrapper: &OsString| {
        let name = Path::new(wrapper).file_stem();
        name.is_some_and(|name| name == "clippy-driver")
    };
    let by_clippy = env::var_os(WRAPPER_VARIABLE).is_some_and(|it| is_clippy(&it));
    by_clippy || env::var_os("CARGO_FEATURE_UNLINKED").is_some()
}

struct Compiler {
    verilator: Verilator,
    trace: bool,
    toggles: bool,
    kept: Kept,
    out: PathBuf,
}

impl Compiler {
    /// The objects of all models. Verilator uses one processor, so as many models as there are
    /// processors are built at a time.
    fn models(&self, wanted: &[Model]) -> Result<Vec<PathBuf>, Box<dyn Error>> {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut made = Vec::new();
            while let Some(model) = wanted.get(next.fetch_add(1, Ordering::Relaxed)) {
                made.extend(self.model(model).map_err(|error| error.to_string())?);
            }
            Ok::<_, String>(made)
        };
        let mut objects = thread::scope(|scope| {
            let workers = thread::available_parallelism().map_or(1, NonZeroUsize::get);
            let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
            let joined = workers.into_iter().map(|worker| {
                let panicked = |_| Err("the compilation panicked".to_owned());
                worker.join().unwrap_or_else(panicked)
            });
            joined.collect::<Result<Vec<_>, _>>()
        })?
        .concat();
        // The order in the library must not depend on which model was ready first.
        objects.sort();
        Ok(objects)
    }

    /// The objects of one model.
    fn model(&self, model: &Model) -> Result<Vec<PathBuf>, Box<dyn Error>> {
        let Model {
            name,
            verilog,
            level,
            ..
        } = model;
        let mut digest = Digest::default();
        for input in inputs_of(verilog)? {
            digest.add(&fs::read(input)?);
        }
        for own in ["cpp/shim.cpp", "cpp/shim.h", "build.rs", "src/verilator.rs"] {
            digest.add(&fs::read(own)?);
        }
        digest.add(self.verilator.version().as_bytes());
        digest.add(&self.cxx_version()?);
        digest.add(&[u8::from(self.trace), u8::from(self.toggles)]);
        let kept = format!("{}_{name}", level.name());
        let folder = self
            .kept
            .get_or_build(&kept, &digest, |folder| self.build(model, folder))?;
        Ok(files(&folder, "o")?)
    }

    /// Verilates one model into `folder` and compiles it there.
    fn build(&self, model: &Model, folder: &Path) -> Result<(), Box<dyn Error>> {
        let Model { name, level, .. } = model;
        let class = format!("V{}_{name}", level.name());
        self.verilate(model, &class, folder)?;
        let is_slow = |path: &PathBuf| path.to_string_lossy().contains("Slow");
        let (slow, mut fast): (Vec<_>, Vec<_>) =
            files(folder, "cpp")?.into_iter().partition(is_slow);
        fast.push("shim.cpp".into());
        // All sources are joined to two files, because reading Verilator's headers takes most of
        // the compile time.
        let slow = included(&slow, &folder.join("all_slow.cc"))?;
        let fast = included(&fast, &folder.join("all_fast.cc"))?;
        // Optimising code that runs once would triple its compile time.
        self.cc(folder, 0).file(slow).try_compile_intermediates()?;
        // A netlist hardly becomes faster at the optimiser's second level, which doubles the
        // compile time. Counters make a model several times as large.
        let optimisation = match model.source {
            Source::Emitted if !self.toggles => 2,
            Source::Emitted | Source::Netlist => 1,
        };
        self.cc(folder, optimisation)
            .define(level.define(), None)
            .define("SIM_HEADER", format!("\"{class}.h\"").as_str())
            .define("SIM_CLASS", class.as_str())
            .define("SIM_MODEL", format!("sim_{}_{name}", level.name()).as_str())
            .define("SIM_CONFIG", format!("\"{name}\"").as_str())
            .file(fast)
            .try_compile_intermediates()?;
        Ok(())
    }

    /// The version text of the C++ compiler, because objects of different compilers must not be
    /// mixed.
    fn cxx_version(&self) -> Result<Vec<u8>, Box<dyn Error>> {
        let compiler = self.cc(&self.out, 0).try_get_compiler()?;
        Ok(compiler.to_command().arg("--version").output()?.stdout)
    }

    fn verilate(&self, model: &Model, class: &str, folder: &Path) -> Result<(), Box<dyn Error>> {
        let folder = folder.to_str().ok_or("the path of OUT_DIR is not UTF-8")?;
        let mut arguments = vec!["--cc", "--prefix", class, "--Mdir", folder];
        // `unique`: undefined values at power-up are set from the seed instead of zero.
        arguments.extend([
            "-O3",
            "--noassert",
            "--x-assign",
            "fast",
            "--x-initial",
            "unique",
        ]);
        if self.trace {
            arguments.push("--trace-fst");
        }
        if self.toggles {
            arguments.push("--coverage-toggle");
        }
        let (verilog, module) = (&model.verilog, model.level.module());
        match model.source {
            Source::Emitted => self.verilator.run(verilog, module, &arguments)?,
            Source::Netlist => self.verilator.run_netlist(verilog, module, &arguments)?,
        }
        Ok(())
    }

    /// Compiles Verilator's run-time and the table of models.
    fn runtime(&self, names: &[(Level, String)]) -> Result<Vec<PathBuf>, Box<dyn Error>> {
        let table = self.out.join("table.cpp");
        fs::write(&table, table_of_models(names)?)?;
        let include = self.verilator.include();
        let mut build = self.cc(&self.out, 2);
        build.file(table);
        for source in ["verilated.cpp", "verilated_threads.cpp"] {
            build.file(include.join(source));
        }
        if self.trace {
            build.file(include.join("verilated_fst_c.cpp"));
        }
        if self.toggles {
            build.file(include.join("verilated_cov.cpp"));
        }
        Ok(build.try_compile_intermediates()?)
    }

    /// A C++ compiler for files in `folder`.
    fn cc(&self, folder: &Path, optimisation: u32) -> cc::Build {
        let include = self.verilator.include();
        let flag = |on: bool| if on { "1" } else { "0" };
        let mut build = cc::Build::new();
        build
            .cpp(true)
            .std("gnu++17")
            .opt_level(optimisation)
            // Generated code is not debugged, and `-g` doubles the compile time.
            .debug(false)
            .warnings(false)
            .cargo_metadata(false)
            .out_dir(folder)
            .include("cpp")
            .include(include.join("vltstd"))
            .include(include)
            .include(folder)
            .define("VM_TRACE", flag(self.trace))
            .define("VM_TRACE_FST", flag(self.trace))
            .define("VM_TRACE_VCD", "0")
            .define("VM_TRACE_SAIF", "0")
            .define("VM_COVERAGE", flag(self.toggles))
            .define("VM_SC", "0")
            .define("VL_IGNORE_UNKNOWN_ARCH", None);
        build
    }
}

/// Writes a source that includes all these files by name, and returns its path.
fn included(sources: &[PathBuf], all: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let names = sources.iter().filter_map(|source| source.file_name());
    let lines = names.map(|name| format!("#include \"{}\"\n", name.display()));
    fs::write(all, lines.collect::<String>())?;
    Ok(all.to_owned())
}

/// The names of all configs.
fn configs() -> Result<Vec<String>, Box<dyn Error>> {
    println!("cargo::rerun-if-changed={CONFIGS}");
    let files = files(Path::new(CONFIGS), "toml")?;
    let stems = files.iter().filter_map(|file| file.file_stem()?.to_str());
    Ok(stems.map(str::to_owned).collect())
}

/// The netlists to compile, each in a file `<name>.v`.
fn netlists() -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let folder = env::var_os(NETLISTS_VARIABLE)
        .ok_or_else(|| format!("the feature `netlists` needs {NETLISTS_VARIABLE}"))?;
    Ok(files(Path::new(&folder), "v")?)
}

/// The C++ functions that return the models by index.
fn table_of_models(names: &[(Level, String)]) -> Result<String, Box<dyn Error>> {
    let mut text = String::from("#include \"shim.h\"\n");
    for (level, kind) in [(Level::Top, "SimTopModel"), (Level::Core, "SimCoreModel")] {
        let name = level.name();
        let symbols: Vec<_> = names
            .iter()
            .filter(|(of, _)| *of == level)
            .map(|(_, config)| format!("sim_{name}_{config}"))
            .collect();
        if symbols.is_empty() {
            writeln!(
                text,
                "const {kind} *sim_{name}_model(uint32_t) {{ return nullptr; }}"
            )?;
            continue;
        }
        writeln!(text, "extern const {kind} {};", symbols.join(", "))?;
        writeln!(
            text,
            "const {kind} *sim_{name}_model(uint32_t index) {{\n    \
             static const {kind} *const models[] = {{&{}}};\n    \
             return index < {} ? models[index] : nullptr;\n}}",
            symbols.join(", &"),
            symbols.len()
        )?;
    }
    Ok(text)
}

/// The files of `folder` with this extension, sorted.
fn files(folder: &Path, extension: &str) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    let mut paths: Vec<_> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == extension));
    paths.sort();
    Ok(paths)
}
