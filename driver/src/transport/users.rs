//! The programs that use a port, as named in messages.

use std::fmt;
use std::time::Duration;

/// Maximum number of programs named in a message; a port hardly ever has more than one.
const NAMED: usize = 4;

/// A program that uses a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Process {
    /// Its process id.
    pub pid: u32,
    /// Its name, if known.
    pub program: Option<String>,
    /// The id of its user, if it differs from the present user.
    pub user: Option<u32>,
    /// The time since it started.
    pub age: Option<Duration>,
}

impl fmt::Display for Process {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let program = self.program.as_deref().unwrap_or("a program");
        write!(f, "{program} (process {}", self.pid)?;
        if let Some(user) = self.user {
            write!(f, " of user {user}")?;
        }
        if let Some(age) = self.age {
            write!(f, ", started {} s ago", age.as_secs())?;
        }
        write!(f, ")")
    }
}

/// Several programs, formatted as part of a sentence.
pub(crate) struct List<'a>(pub(crate) &'a [Process]);

impl fmt::Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return write!(f, "a program that cannot be seen from here");
        }
        for (at, process) in self.0.iter().take(NAMED).enumerate() {
            let separator = if at == 0 { "" } else { ", " };
            write!(f, "{separator}{process}")?;
        }
        match self.0.len().saturating_sub(NAMED) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_named_in_a_sentence() {
        let named = Process {
            pid: 7,
            program: Some("cat".to_owned()),
            user: Some(1000),
            age: Some(Duration::from_secs(90)),
        };
        let unknown = Process {
            pid: 8,
            program: None,
            user: None,
            age: None,
        };
        let both = List(&[named.clone(), unknown]).to_string();
        assert_eq!(
            both,
            "cat (process 7 of user 1000, started 90 s ago), a program (process 8)"
        );
        let many = vec![named; NAMED + 1];
        assert!(List(&many).to_string().ends_with(" and 1 more"));
        let none = List(&[]).to_string();
        assert_eq!(none, "a program that cannot be seen from here");
    }
}
