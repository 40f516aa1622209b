//! The final report of a run.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use crate::cmd::info::clamps;
use crate::quantities::Timed;
use crate::report::Report;

/// The value at which the core's count of late ticks saturates.
const LATE_MAX: u32 = 65_535;

#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::cmd) struct Summary {
    /// The device, in the syntax of `--target`.
    pub(super) target: String,
    /// The config of the core.
    pub(super) config: String,
    /// The name of the network.
    pub(super) network: String,
    /// Ticks that were run.
    pub(super) ticks: u32,
    /// Seed of `--poisson`.
    pub(super) seed: u64,
    /// Spikes of inputs that were sent.
    pub(super) input_spikes: u64,
    /// Of all neurons.
    pub(super) spikes: u64,
    /// Of neurons that report.
    pub(super) reported_spikes: Option<u64>,
    /// Words of synapses that spikes were delivered by.
    pub(super) synapse_words: u64,
    /// Clock cycles; the model estimates them.
    pub(super) cycles: u64,
    /// Synapse words and injections of which a sum of currents was clamped; at 65535 there may have
    /// been more.
    pub(super) clamps: u32,
    /// In the units of the world, where the length of a tick was said.
    #[serde(flatten)]
    pub(super) timed: Option<Timed>,
    #[serde(flatten)]
    pub(super) late: Late,
    /// The network file that was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) saved: Option<String>,
    /// The snapshot that was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) snapshot: Option<String>,
    /// Seconds that the command took.
    pub(super) seconds: f64,
}

/// Ticks that began late, in real time.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(super) struct Late {
    /// Number of late ticks, if they were counted.
    overruns: Option<u32>,
    /// A remark on this number.
    #[serde(skip_serializing_if = "Option::is_none")]
    overruns_note: Option<&'static str>,
}

impl Late {
    /// The count of late ticks that the core reports.
    pub(super) fn counted(overruns: u32) -> Late {
        Late {
            overruns: Some(overruns),
            overruns_note: (overruns >= LATE_MAX)
                .then_some("at least so many: the core counts to 65535"),
        }
    }

    /// A model has no clock, so no tick is late.
    pub(super) fn without_clock() -> Late {
        Late {
            overruns: None,
            overruns_note: Some("not counted: the model has no clock, --tick-us was ignored"),
        }
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        match (self.overruns, self.overruns_note) {
            (None, None) => Ok(()),
            (None, Some(note)) => writeln!(out, "late ticks      {note}"),
            (Some(count), None) => writeln!(out, "late ticks      {count}"),
            (Some(count), Some(note)) => writeln!(out, "late ticks      >= {count} ({note})"),
        }
    }
}

impl Report for Summary {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "network         {} on {}", self.network, self.config)?;
        let time = Timed::after_ticks(self.timed);
        writeln!(out, "ticks           {}{time}", self.ticks)?;
        writeln!(
            out,
            "input spikes    {} (seed {})",
            self.input_spikes, self.seed
        )?;
        let rate = Timed::after_spikes(self.timed);
        writeln!(out, "spikes          {}{rate}", self.spikes)?;
        if let Some(reported) = self.reported_spikes {
            writeln!(out, "  reported      {reported}")?;
        }
        writeln!(out, "synapse words   {}", self.synapse_words)?;
        writeln!(out, "cycles          {}", self.cycles)?;
        if self.clamps > 0 {
            writeln!(
                out,
                "clamped sums    {} (of synapse words and injections; `synfire check` tells where)",
                clamps(self.clamps)
            )?;
        }
        self.late.text(out)?;
        if let Some(saved) = &self.saved {
            writeln!(out, "saved           {saved}")?;
        }
        if let Some(snapshot) = &self.snapshot {
            writeln!(out, "snapshot        {snapshot}")?;
        }
        writeln!(out, "target          {}", self.target)?;
        writeln!(out, "host time       {:.3} s", self.seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(late: &Late) -> (String, String) {
        let mut text = Vec::new();
        late.text(&mut text).unwrap();
        let json = serde_json::to_string(late).unwrap();
        (String::from_utf8(text).unwrap(), json)
    }

    #[test]
    fn late_ticks_are_a_number_only_where_they_were_counted() {
        let (text, json) = said(&Late::counted(65_534));
        assert_eq!(text, "late ticks      65534\n");
        assert_eq!(json, r#"{"overruns":65534}"#);
        let (text, json) = said(&Late::counted(65_535));
        assert!(text.contains(">= 65535"), "{text}");
        assert!(json.contains("at least"), "{json}");
        let (text, json) = said(&Late::without_clock());
        assert!(text.contains("not counted"), "{text}");
        assert!(
            json.starts_with(r#"{"overruns":null,"overruns_note":"not"#),
            "{json}"
        );
        assert_eq!(
            said(&Late::default()),
            (String::new(), r#"{"overruns":null}"#.to_owned())
        );
    }
}
