//! What is a network and what is not.
