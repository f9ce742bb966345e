//! Ctrl-C: the first asks to finish, the second ends at once. Must not know what is being done.

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use onrecord::{EXIT_STOPPED, Error, ErrorKind};

/// Whether somebody has asked to stop.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stop(Arc<AtomicBool>);

impl Stop {
    /// One that Ctrl-C sets. Call it once.
    pub(crate) fn on_ctrl_c() -> Result<Self, Error> {
        let stop = Self::default();
        let asked = stop.clone();
        ctrlc::set_handler(move || {
            if asked.0.swap(true, Ordering::SeqCst) {
                std::process::exit(i32::from(EXIT_STOPPED));
            }
            let _ = std::io::stderr().write_all(b"\nstopping: press Ctrl-C again to end at once\n");
        })
        .map_err(|e| {
            Error::new(ErrorKind::Internal, format!("cannot listen for Ctrl-C: {e}")).caused_by(e)
        })?;
        Ok(stop)
    }

    /// Somebody has.
    pub(crate) fn asked(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    /// As Ctrl-C does.
    #[cfg(test)]
    pub(crate) fn ask(&self) {
        self.0.store(true, Ordering::SeqCst);
    }
}
