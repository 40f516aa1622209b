//! Tests of valid and invalid networks.

mod built;
mod currents;
mod delays;
mod distance;
mod drawn;
mod junk;
mod keys;
mod manual;
mod neurons;
mod second;
mod settings;
mod text;
mod times;
mod upgrade;
mod values;
