//! What is a network and what is not.

mod built;
mod junk;
mod manual;
mod text;
