//! A block that is present only in some configs.

use std::ops::{Deref, DerefMut};

use rust_hdl::core::prelude::*;

/// The block, or only its ports: then its outputs are zero in Verilog, and every tool that reads
/// the Verilog removes the logic that depends on them.
#[derive(Clone, Debug)]
pub struct Optional<B> {
    block: B,
    present: bool,
}

impl<B> Optional<B> {
    /// The block, if it is `present`.
    pub const fn new(block: B, present: bool) -> Self {
        Self { block, present }
    }
}

impl<B> Deref for Optional<B> {
    type Target = B;

    fn deref(&self) -> &B {
        &self.block
    }
}

impl<B> DerefMut for Optional<B> {
    fn deref_mut(&mut self) -> &mut B {
        &mut self.block
    }
}

impl<B: Block> Logic for Optional<B> {
    fn update(&mut self) {}
}

impl<B: Block> Block for Optional<B> {
    fn connect_all(&mut self) {
        self.block.connect_all();
    }

    fn update_all(&mut self) {
        if self.present {
            self.block.update_all();
        }
    }

    fn has_changed(&self) -> bool {
        self.block.has_changed()
    }

    fn accept(&self, name: &str, probe: &mut dyn Probe) {
        if self.present {
            return self.block.accept(name, probe);
        }
        let mut ports = Ports::default();
        self.block.accept(name, &mut ports);
        let stub = Stub(ports.verilog());
        probe.visit_start_scope(name, &stub);
        let mut only = PortsOnly { probe, depth: 0 };
        self.block.accept(name, &mut only);
        probe.visit_end_scope(name, &stub);
    }
}

/// A module whose outputs are always 0.
#[derive(Clone, Debug)]
struct Stub(String);

impl Logic for Stub {
    fn update(&mut self) {}

    fn hdl(&self) -> Verilog {
        Verilog::Custom(self.0.clone())
    }
}

impl Block for Stub {
    fn connect_all(&mut self) {}

    fn update_all(&mut self) {}

    fn has_changed(&self) -> bool {
        false
    }

    fn accept(&self, name: &str, probe: &mut dyn Probe) {
        probe.visit_start_scope(name, self);
        probe.visit_end_scope(name, self);
    }
}

/// Names of a block's ports.
#[derive(Default)]
struct Ports {
    depth: usize,
    inputs: Vec<String>,
    outputs: Vec<String>,
}

impl Ports {
    fn verilog(&self) -> String {
        let inputs = self.inputs.join(", ");
        // `@(*)` needs an input to be sensitive to.
        let outputs = self
            .outputs
            .iter()
            .map(|name| format!("   {name} = unused ? 0 : 0;\n"));
        format!(
            "wire unused = &{{1'b0, {inputs}}};\nalways @(*) begin\n{}end\n",
            outputs.collect::<String>()
        )
    }
}

impl Probe for Ports {
    fn visit_start_scope(&mut self, _name: &str, _node: &dyn Block) {
        self.depth += 1;
    }

    fn visit_atom(&mut self, name: &str, signal: &dyn Atom) {
        if self.depth == 1 && signal.kind() == AtomKind::InputParameter {
            self.inputs.push(name.to_owned());
        }
        if self.depth == 1 && signal.kind() == AtomKind::OutputParameter {
            self.outputs.push(name.to_owned());
        }
    }

    fn visit_end_scope(&mut self, _name: &str, _node: &dyn Block) {
        self.depth -= 1;
    }
}

/// Shows only a block's ports to another probe.
struct PortsOnly<'a> {
    probe: &'a mut dyn Probe,
    depth: usize,
}

impl Probe for PortsOnly<'_> {
    fn visit_start_scope(&mut self, _name: &str, _node: &dyn Block) {
        self.depth += 1;
    }

    fn visit_atom(&mut self, name: &str, signal: &dyn Atom) {
        if self.depth == 1 && signal.kind().is_parameter() {
            self.probe.visit_atom(name, signal);
        }
    }

    fn visit_end_scope(&mut self, _name: &str, _node: &dyn Block) {
        self.depth -= 1;
    }
}
