//! Synfire: driver.
