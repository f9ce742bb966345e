//! What is said on standard error: errors, progress, how it ended. Must not know what is written elsewhere.

use std::fmt;
use std::io::{self, IsTerminal as _, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use onrecord::{Error, ErrorKind};

use crate::look;

/// Shared by the threads of a run.
pub(crate) struct Report(Mutex<State>);

struct State {
    to: Box<dyn Write + Send>,
    colour: bool,
    /// Whether a line may be drawn over and over.
    live: bool,
    drawn: bool,
    last: Option<Instant>,
    began: Instant,
    inputs: usize,
    /// Inputs before this one are done.
    at: usize,
    documents: usize,
    errors: usize,
    failed: Option<ErrorKind>,
}

impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Report").finish_non_exhaustive()
    }
}

impl Report {
    /// On standard error, with progress where that is a terminal, there are several inputs, and `quiet` says
    /// that the result is not shown on the same terminal.
    pub(crate) fn to_stderr(inputs: usize, quiet: bool) -> Self {
        let terminal = io::stderr().is_terminal();
        let colour = look::errors_in_colour(terminal);
        Self::new(Box::new(io::stderr()), inputs, colour, quiet && terminal && inputs > 1)
    }

    /// Anywhere.
    pub(crate) fn new(to: Box<dyn Write + Send>, inputs: usize, colour: bool, live: bool) -> Self {
        Self(Mutex::new(State {
            to,
            colour,
            live,
            drawn: false,
            last: None,
            began: Instant::now(),
            inputs,
            at: 0,
            documents: 0,
            errors: 0,
            failed: None,
        }))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something could not be read.
    pub(crate) fn error(&self, e: &Error) {
        let mut s = self.state();
        s.errors += 1;
        s.failed.get_or_insert(e.kind());
        let lines = look::error_lines(e, s.colour);
        s.say(&lines);
    }

    /// The first error's kind.
    pub(crate) fn failed(&self) -> Option<ErrorKind> {
        self.state().failed
    }

    /// A document is about to be read that will take long: nothing else is heard until it is done.
    pub(crate) fn long(&self, name: &str, bytes: usize) {
        let mut s = self.state();
        let line = format!(
            "{}: one document of {:.0} MB: this will take minutes\n",
            look::calm(name),
            bytes as f64 / 1e6
        );
        s.say(&line);
    }

    /// A document of that input has been written.
    pub(crate) fn document(&self, input: usize) {
        let mut s = self.state();
        s.documents += 1;
        s.at = s.at.max(input);
        let due = s.last.is_none_or(|l| l.elapsed() > Duration::from_millis(100));
        if s.live && due {
            s.last = Some(Instant::now());
            let line = format!("\r\u{1b}[K{}", s.progress(s.began.elapsed()));
            let _ = s.to.write_all(line.as_bytes()).and_then(|()| s.to.flush());
            s.drawn = true;
        }
    }

    /// Takes the progress line away.
    pub(crate) fn clear(&self) {
        self.state().clear();
    }

    /// Somebody stopped it.
    pub(crate) fn stopped(&self) {
        let mut s = self.state();
        let line = format!(
            "stopped after {}, in input {} of {}\n",
            counted(s.documents, "document"),
            (s.at + 1).min(s.inputs),
            s.inputs
        );
        s.say(&line);
    }

    /// How many errors there were, where they may have scrolled away.
    pub(crate) fn summary(&self) {
        let mut s = self.state();
        if s.errors > 0 && s.documents + s.errors > 1 {
            let line = format!("{}; {} read\n", counted(s.errors, "error"), counted(s.documents, "document"));
            s.say(&line);
        }
    }
}

impl State {
    fn clear(&mut self) {
        if std::mem::take(&mut self.drawn) {
            let _ = self.to.write_all(b"\r\x1b[K");
        }
    }

    fn say(&mut self, lines: &str) {
        self.clear();
        let _ = self.to.write_all(lines.as_bytes()).and_then(|()| self.to.flush());
    }

    fn progress(&self, since: Duration) -> String {
        let seconds = since.as_secs_f64().max(0.001);
        let mut line = format!(
            "{} of {} inputs, {}, {:.1} a second",
            self.at,
            self.inputs,
            counted(self.documents, "document"),
            self.documents as f64 / seconds
        );
        if self.at > 0 && seconds > 2.0 {
            let left = seconds / self.at as f64 * (self.inputs - self.at) as f64;
            line.push_str(&format!(", {} left", span_of_time(left)));
        }
        line
    }
}

fn counted(n: usize, thing: &str) -> String {
    if n == 1 { format!("1 {thing}") } else { format!("{n} {thing}s") }
}

fn span_of_time(seconds: f64) -> String {
    match seconds as u64 {
        s @ 0..90 => format!("{s} s"),
        s @ 90..5400 => format!("{} min", (s + 30) / 60),
        s => format!("{} h {} min", s / 3600, s % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_says_how_long() {
        let r = Report::new(Box::new(io::sink()), 40, false, false);
        for i in 0..11 {
            r.document(i);
        }
        let s = r.state();
        assert_eq!(
            s.progress(Duration::from_secs(5)),
            "10 of 40 inputs, 11 documents, 2.2 a second, 15 s left"
        );
        assert_eq!(span_of_time(89.9), "89 s");
        assert_eq!(span_of_time(600.0), "10 min");
        assert_eq!(span_of_time(7300.0), "2 h 1 min");
    }
}
