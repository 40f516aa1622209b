//! The boundary to the Verilated models: the only `unsafe` code of the workspace. The structs
//! mirror `cpp/shim.h` field by field.

use std::{
    ffi::{CStr, CString, c_char},
    marker::{PhantomData, PhantomPinned},
    ptr,
};

/// Inputs of the core during one cycle.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CoreInputs {
    /// Element that the bus addresses.
    pub bus_index: u32,
    /// What the bus writes.
    pub bus_wdata: u32,
    /// Word offered to the core, valid under `in_valid`.
    pub in_word: u16,
    /// First neuron to probe.
    pub probe_first: u16,
    /// Number of neurons to probe, 0 for none.
    pub probe_count: u16,
    /// Magnitude of the reward, 0..=256.
    pub reward: u16,
    /// Puts the core into its power-up state; the memories keep theirs.
    pub reset: bool,
    /// Asks for the memories; granted between ticks.
    pub bus_request: bool,
    /// Region that the bus addresses.
    pub bus_region: u8,
    /// An element is to be read or written, until `bus_ready`; only under `bus_grant`.
    pub bus_valid: bool,
    /// It is to be written: it becomes `bus_wdata`.
    pub bus_write: bool,
    /// `in_word` is there to be taken.
    pub in_valid: bool,
    /// `out_word` is taken in this cycle if it is valid.
    pub out_ready: bool,
    /// There is room for a whole tick's words.
    pub out_room: bool,
    /// Ends an advance after the current tick.
    pub stop: bool,
    /// Resets the network's state after the current tick.
    pub reset_state: bool,
    /// Spikes are emitted.
    pub report: bool,
    /// Potentials are probed.
    pub probe_v: bool,
    /// Currents are probed.
    pub probe_i: bool,
    /// The next tick may start.
    pub tick_go: bool,
    /// Sets the tick number from `bus_wdata`; only under `bus_grant`.
    pub tick_write: bool,
    /// Synapses learn, and thresholds adapt.
    pub learn: bool,
    /// The reward is negative.
    pub punish: bool,
    /// Sets the seed of the random numbers from `bus_wdata`; only under `bus_grant`.
    pub random_write: bool,
}

/// Outputs of the core in the cycle whose inputs were given: what the rising edge at its end sees.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CoreOutputs {
    /// The element, in the cycle of `bus_ready`.
    pub bus_rdata: u32,
    /// Number of the coming tick, or of the current one.
    pub tick: u32,
    /// Seed of the random numbers.
    pub random: u32,
    /// Word emitted, valid under `out_valid`.
    pub out_word: u16,
    /// The bus owns the memories.
    pub bus_grant: bool,
    /// The element has been written, or is in `bus_rdata`.
    pub bus_ready: bool,
    /// `in_word` is taken in this cycle if it is valid.
    pub in_ready: bool,
    /// `out_word` is there to be taken.
    pub out_valid: bool,
    /// Nothing queued, nothing to advance.
    pub idle: bool,
    /// A tick waits for room in the output.
    pub stalled: bool,
    /// The coming tick may change a neuron that receives nothing.
    pub active: bool,
    /// A tick starts.
    pub tick_begin: bool,
    /// A tick ends.
    pub tick_done: bool,
    /// A tick is under way.
    pub in_tick: bool,
    /// A neuron fired.
    pub spike_strobe: bool,
    /// A synapse word was delivered.
    pub word_strobe: bool,
    /// A row was set in the wheel.
    pub route_strobe: bool,
    /// A synapse word was delivered, or a current injected, and a sum clamped.
    pub clamp_strobe: bool,
}

/// Outputs of the whole device.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TopOutputs {
    /// The serial output, 1 when idle.
    pub tx: u8,
    /// The four lamps: alive, link, tick, overrun from bit 0 up.
    pub led: u8,
}

/// A Verilated object, owned by C++.
#[repr(C)]
struct Device {
    _opaque: [u8; 0],
    // Not Send, Sync or Unpin by itself; the handles below implement what holds.
    _marker: PhantomData<(*mut u8, PhantomPinned)>,
}

#[repr(C)]
#[derive(Debug)]
struct TopModel {
    config: *const c_char,
    create: unsafe extern "C" fn(seed: u32, wave: *const c_char) -> *mut Device,
    destroy: unsafe extern "C" fn(*mut Device),
    run: unsafe extern "C" fn(*mut Device, rx: u8, cycles: u64, *mut TopOutputs) -> u64,
}

#[repr(C)]
#[derive(Debug)]
struct CoreModel {
    config: *const c_char,
    create: unsafe extern "C" fn(seed: u32, wave: *const c_char) -> *mut Device,
    destroy: unsafe extern "C" fn(*mut Device),
    cycle: unsafe extern "C" fn(*mut Device, *const CoreInputs, *mut CoreOutputs),
}

unsafe extern "C" {
    fn sim_top_model(index: u32) -> *const TopModel;
    fn sim_core_model(index: u32) -> *const CoreModel;
}

/// Both kinds of model start with the name of their config.
trait Model: 'static {
    fn at(index: u32) -> Option<&'static Self>;
    fn config(&self) -> *const c_char;
}

impl Model for TopModel {
    fn at(index: u32) -> Option<&'static Self> {
        // SAFETY: the function takes any index, and returns null or the address of a constant of
        // this layout that lives as long as the program.
        unsafe { sim_top_model(index).as_ref() }
    }

    fn config(&self) -> *const c_char {
        self.config
    }
}

impl Model for CoreModel {
    fn at(index: u32) -> Option<&'static Self> {
        // SAFETY: as for `TopModel`.
        unsafe { sim_core_model(index).as_ref() }
    }

    fn config(&self) -> *const c_char {
        self.config
    }
}

/// The models of one kind, with the names of their configs.
fn models<M: Model>() -> impl Iterator<Item = (&'static str, &'static M)> {
    (0..).map_while(M::at).map(|model| {
        // SAFETY: every entry of the tables holds a literal of the shim: terminated, constant, and
        // alive as long as the program.
        let name = unsafe { CStr::from_ptr(model.config()) };
        (name.to_str().unwrap_or_default(), model)
    })
}

/// The compiled configs.
pub(crate) fn configs() -> impl Iterator<Item = &'static str> {
    models::<TopModel>().map(|(name, _)| name)
}

fn find<M: Model>(config: &str) -> Option<&'static M> {
    models()
        .find(|(name, _)| *name == config)
        .map(|(_, model)| model)
}

/// A Verilated `top`.
#[derive(Debug)]
pub(crate) struct TopHandle {
    model: &'static TopModel,
    device: *mut Device,
    outputs: TopOutputs,
}

// SAFETY: a Verilated object and its context belong to one handle alone, and may be used from any
// thread as long as it is one at a time; `&mut self` sees to that.
unsafe impl Send for TopHandle {}

impl TopHandle {
    /// A new device of this config, if its model was compiled.
    pub(crate) fn new(config: &str, seed: u32, wave: Option<&CString>) -> Option<Self> {
        let model: &TopModel = find(config)?;
        let wave = wave.map_or(ptr::null(), |path| path.as_ptr());
        // SAFETY: `wave` is null or a terminated string that outlives the call; the shim copies
        // what it keeps. The object returned is ours alone until `drop`.
        let device = unsafe { (model.create)(seed, wave) };
        Some(Self {
            model,
            device,
            outputs: TopOutputs { tx: 1, led: 0 },
        })
    }

    /// Runs 1 to `cycles` cycles with `rx` held, and stops after the first that changes `tx`;
    /// returns the number of cycles.
    pub(crate) fn run(&mut self, rx: bool, cycles: u64) -> u64 {
        // SAFETY: `device` came from `create` of the same model and is not destroyed before `drop`;
        // `outputs` is a live struct of the layout that the shim writes.
        unsafe { (self.model.run)(self.device, u8::from(rx), cycles, &raw mut self.outputs) }
    }

    /// The pins after the last cycle.
    pub(crate) fn outputs(&self) -> TopOutputs {
        self.outputs
    }
}

impl Drop for TopHandle {
    fn drop(&mut self) {
        // SAFETY: `device` came from `create` of the same model, and this is its last use.
        unsafe { (self.model.destroy)(self.device) }
    }
}

/// A Verilated `core`.
#[derive(Debug)]
pub(crate) struct CoreHandle {
    model: &'static CoreModel,
    device: *mut Device,
}

// SAFETY: as for `TopHandle`.
unsafe impl Send for CoreHandle {}

impl CoreHandle {
    /// A new core of this config, if its model was compiled.
    pub(crate) fn new(config: &str, seed: u32, wave: Option<&CString>) -> Option<Self> {
        let model: &CoreModel = find(config)?;
        let wave = wave.map_or(ptr::null(), |path| path.as_ptr());
        // SAFETY: as in `TopHandle::new`.
        let device = unsafe { (model.create)(seed, wave) };
        Some(Self { model, device })
    }

    /// One cycle with these inputs.
    pub(crate) fn cycle(&mut self, inputs: &CoreInputs) -> CoreOutputs {
        let mut outputs = CoreOutputs::default();
        // SAFETY: `device` came from `create` of the same model and is not destroyed before `drop`;
        // both structs are live and of the layout of the shim, which reads a `bool` as the byte 0
        // or 1 that it is and writes no other byte into one.
        unsafe { (self.model.cycle)(self.device, inputs, &raw mut outputs) };
        outputs
    }
}

impl Drop for CoreHandle {
    fn drop(&mut self) {
        // SAFETY: `device` came from `create` of the same model, and this is its last use.
        unsafe { (self.model.destroy)(self.device) }
    }
}
