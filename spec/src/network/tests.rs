//! What is a network and what is not.

mod built;
mod junk;
mod keys;
mod manual;
mod settings;
mod text;
