//! Lists the named configs and shows what a device answers to HELLO.
//!
//! `cargo run -p synfire-spec --example greeting`
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use spec::config::{Name, PROTOCOL_VERSION};
use spec::wire::{Frame, Greeting, Response, Tag, WireError};
use spec::{CoreConfig, regs};

fn main() -> Result<(), WireError> {
    for config in CoreConfig::ALL {
        println!(
            "{:<10} {:>4} neurons, {:>4} inputs, {:>6} synapses{}",
            config.name.as_str(),
            config.neurons(),
            config.inputs(),
            config.synapses(),
            if config.learning { ", learns" } else { "" }
        );
    }

    // What the device sends, its frame ended by a zero byte.
    let greeting = Response::Hello(Greeting {
        protocol: PROTOCOL_VERSION,
        registers: CoreConfig::tiny().identification(),
    });
    let bytes = greeting.frame(Tag::new(7, 0)).encode()?;

    let (_, body) = bytes.split_last().ok_or(WireError::Overlong)?;
    let frame = Frame::decode(body)?;
    if let Response::Hello(greeting) = Response::decode(&frame)? {
        let [low, high] = [regs::NAME_LOW, regs::NAME_HIGH]
            .map(|register| greeting.registers[register as usize].to_le_bytes());
        let mut name = [0; Name::BYTES];
        name[..4].copy_from_slice(&low);
        name[4..].copy_from_slice(&high);
        let name = Name::from_bytes(name).map(|name| name.to_string());
        println!(
            "session {}: {} speaks version {} of the protocol",
            frame.tag.session,
            name.as_deref().unwrap_or("a device without a name"),
            greeting.protocol
        );
    }
    Ok(())
}
