//! Is there enough memory for a result?
//!
//! Rust aborts the process when an allocation fails. Code that builds something whose size depends
//! on the input therefore checks first.

use crate::error::{Error, Kind, Result};

/// Smaller sizes are not checked: asking the system would take as long as building the result.
const SMALL: usize = 64 << 20;

/// Checks that this many bytes can be allocated now. `what` names what needs them, for the message.
///
/// # Errors
/// [`Kind::OutOfMemory`] if they cannot.
pub fn require_memory(bytes: usize, what: &str) -> Result<()> {
    if bytes < SMALL {
        return Ok(());
    }
    let free = free();
    // The system may promise more than it has, or report less than it would give, so check both.
    if free.is_some_and(|free| bytes > free) || Vec::<u8>::new().try_reserve_exact(bytes).is_err() {
        let free = free.map_or(String::new(), |free| format!("  of {} that are free", shown(free)));
        let advice = "select fewer articles, or request less";
        return Err(Error::new(Kind::OutOfMemory, format!("{what} needs {}{free}; {advice}", shown(bytes))));
    }
    Ok(())
}

fn shown(bytes: usize) -> String {
    format!("{:.1} GB", bytes as f64 / 1e9)
}

/// The number of bytes that the system could provide without swapping, if it reports one.
fn free() -> Option<usize> {
    let report = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = report.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<usize>().ok().map(|kibibytes| kibibytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_refused_before_it_is_made() {
        let error = require_memory(usize::MAX / 4, "the table").unwrap_err();
        assert_eq!(error.kind(), Kind::OutOfMemory);
        assert!(error.what().starts_with("the table needs 4611686018.4 GB"), "{error}");
        assert!(require_memory(1 << 20, "the table").is_ok());
    }
}
