//! Tests of valid and invalid networks.

mod built;
mod junk;
mod keys;
mod manual;
mod settings;
mod text;
mod upgrade;
