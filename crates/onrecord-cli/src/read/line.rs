//! Inputs one after the other, through the reader, to the output, in order. Must not know how anything is shown.

use std::borrow::Borrow;
use std::io;
use std::ops::ControlFlow;

use onrecord::{Document, Error, Format, Note, Reader, Reading};

use super::inputs::Input;
use super::output::Output;
use super::report::Report;
use crate::exit::Exit;
use crate::stop::Stop;

/// What reads: the reader, or something simpler in tests.
pub(crate) trait Reads {
    /// As [`Reader::read_all`].
    fn read_all(
        &self,
        documents: &mut (dyn Iterator<Item = Incoming> + Send),
        threads: usize,
        each: &mut dyn FnMut(Incoming, Reading) -> ControlFlow<()>,
    );
}

impl Reads for Reader {
    fn read_all(
        &self,
        documents: &mut (dyn Iterator<Item = Incoming> + Send),
        threads: usize,
        each: &mut dyn FnMut(Incoming, Reading) -> ControlFlow<()>,
    ) {
        Reader::read_all(self, documents, threads, each);
    }
}

/// A document on its way to the reader.
#[derive(Debug)]
pub(crate) struct Incoming {
    pub(crate) document: Document,
    pub(crate) notes: Vec<Note>,
    /// Which input it came from.
    pub(crate) input: usize,
}

impl Borrow<Document> for Incoming {
    fn borrow(&self) -> &Document {
        &self.document
    }
}

/// A run.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    pub(crate) inputs: &'a [Input],
    pub(crate) format: Option<Format>,
    pub(crate) threads: usize,
    pub(crate) stop: &'a Stop,
    pub(crate) report: &'a Report,
}

/// Reads everything. The error is the output's.
pub(crate) fn run(line: &Line<'_>, reader: &impl Reads, output: &mut Output) -> io::Result<Exit> {
    let mut documents = Documents { line, next: 0, current: None };
    let mut found = false;
    let mut written = Ok(());
    let report = line.report;
    reader.read_all(&mut documents, line.threads, &mut |incoming, reading| {
        found |= !reading.attributions.is_empty();
        let name = line.inputs.get(incoming.input).map(Input::name).unwrap_or_default();
        written = output.document(&incoming, &reading, &name);
        report.document(incoming.input);
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    report.clear();
    match written.and_then(|()| output.finish()) {
        // whoever was reading has seen enough
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => {
            return Ok(report.failed().map_or(Exit::Found, Exit::Failed));
        }
        done => done?,
    }
    if line.stop.asked() {
        report.stopped();
        return Ok(Exit::Stopped);
    }
    report.summary();
    Ok(match report.failed() {
        Some(kind) => Exit::Failed(kind),
        None if found => Exit::Found,
        None => Exit::Nothing,
    })
}

/// Bytes of text from which on a document is announced before it is read. An article has some thousand.
const LONG: usize = 4_000_000;

type Items = Box<dyn Iterator<Item = Result<(Document, Vec<Note>), Error>> + Send>;

/// The documents of all inputs. What cannot be read is reported and left out; the line ends where it is stopped.
struct Documents<'a> {
    line: &'a Line<'a>,
    next: usize,
    current: Option<Items>,
}

impl Iterator for Documents<'_> {
    type Item = Incoming;

    fn next(&mut self) -> Option<Incoming> {
        loop {
            if self.line.stop.asked() {
                return None;
            }
            let Some(items) = &mut self.current else {
                let input = self.line.inputs.get(self.next)?;
                self.next += 1;
                match input.open() {
                    Ok(bytes) => {
                        let name = input.name();
                        self.current = Some(Box::new(onrecord::documents(bytes, &name, self.line.format)));
                    }
                    Err(e) => self.line.report.error(&e),
                }
                continue;
            };
            let item = items.next();
            if self.line.stop.asked() {
                // what an interrupted pipe handed over last may be cut short
                return None;
            }
            match item {
                Some(Ok((document, notes))) => {
                    if document.text().len() >= LONG {
                        let name = self.line.inputs.get(self.next - 1).map(Input::name).unwrap_or_default();
                        self.line.report.long(&name, document.text().len());
                    }
                    return Some(Incoming { document, notes, input: self.next - 1 });
                }
                Some(Err(e)) => self.line.report.error(&e),
                None => self.current = None,
            }
        }
    }
}
