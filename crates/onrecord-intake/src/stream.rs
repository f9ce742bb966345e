//! An input of any length to its documents, one after another. Must not know how a document is made of a record.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};

use flate2::read::MultiGzDecoder;
use onrecord_text::{Document, Note};
use serde_json::Value;

use crate::error::IntakeError;
use crate::sniff::{self, Format, PREFIX};
use crate::{SourceHint, encoding, extract, json};

/// What an input holds next: a document with its notes, or why one record of it (or all of it) is none.
pub type Item = Result<(Document, Vec<Note>), IntakeError>;

/// The documents of an input. JSON lines are read a line at a time; text and HTML as a whole. Gzip is undone.
///
/// After a bad record the next ones are still read; after an input that is not text or cannot be read, nothing
/// is. Nothing is read before the first call of `next`.
pub struct Documents<R: Read> {
    source: SourceHint,
    state: State<R>,
    /// Read, not yet handed out.
    ready: VecDeque<Item>,
}

enum State<R: Read> {
    Start(R),
    Lines { input: Input<R>, line: usize },
    Done,
}

impl<R: Read> Documents<R> {
    pub(crate) fn new(input: R, source: SourceHint) -> Self {
        Self { source, state: State::Start(input), ready: VecDeque::new() }
    }

    /// Opens the input and reads all of it, unless it is JSON lines.
    fn start(&mut self, input: R) -> Result<(), IntakeError> {
        let name = self.source.name.clone();
        let failed = |source| IntakeError::Io { name: name.clone(), source };
        let (prefix, mut input) = Input::open(input).map_err(failed)?;
        if let Some(kind) = sniff::binary(&prefix, self.source.format.is_some()) {
            return Err(IntakeError::NotText { name, kind });
        }
        let format = self.source.format.unwrap_or_else(|| sniff::format(&self.source.name, &prefix));
        if format == Format::JsonLines && !encoding::is_wide(&prefix) {
            self.state = State::Lines { input, line: 0 };
            return Ok(());
        }
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes).map_err(failed)?;
        if format == Format::JsonLines {
            let (text, note) = encoding::decode(&bytes, None);
            self.json_whole(text.into_bytes(), 1, note.into_iter().collect());
        } else {
            self.ready.push_back(Ok(extract(&bytes, format, &self.source)));
        }
        Ok(())
    }

    /// Reads lines up to the next one that is not blank, and what it holds. False at the end of the input.
    fn next_line(&mut self) -> Result<bool, IntakeError> {
        let State::Lines { input, line } = &mut self.state else { return Ok(false) };
        let first = *line == 0;
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            let failed = |source| IntakeError::Io { name: self.source.name.clone(), source };
            if input.read_until(b'\n', &mut bytes).map_err(failed)? == 0 {
                if first {
                    self.ready.push_back(Ok(extract(b"", Format::Text, &self.source)));
                }
                return Ok(false);
            }
            *line += 1;
            if !is_blank(&bytes) {
                break;
            }
        }
        let at = *line;
        // An object over several lines: only a line that is cut off and is followed by one that does not begin
        // a new object can be the beginning of that.
        if json::parse(&bytes).is_err_and(|f| f.cut) {
            let failed = |source| IntakeError::Io { name: self.source.name.clone(), source };
            let mut rest = Vec::new();
            while input.read_until(b'\n', &mut rest).map_err(failed)? > 0 {
                *line += 1;
                if !is_blank(&rest) {
                    break;
                }
            }
            let after = *line;
            let begins = rest.trim_ascii_start();
            let open =
                bytes.trim_ascii_start().strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes).trim_ascii_start();
            if open.starts_with(b"[") || (!rest.is_empty() && !begins.starts_with(b"{")) {
                bytes.extend_from_slice(&rest);
                input.read_to_end(&mut bytes).map_err(failed)?;
                self.state = State::Done;
                self.json_whole(bytes, at, Vec::new());
                return Ok(true);
            }
            self.json_line(&bytes, at);
            if !rest.is_empty() {
                self.json_line(rest.trim_ascii_start(), after);
            }
            return Ok(true);
        }
        self.json_line(&bytes, at);
        Ok(true)
    }

    /// One line's records.
    fn json_line(&mut self, bytes: &[u8], line: usize) {
        match json::parse(bytes) {
            Ok(parsed) => self.records(parsed.values, &parsed.notes, line),
            Err(failure) => self.bad(line, failure.what),
        }
    }

    /// Records over several lines; where they are not JSON as a whole, each line for itself.
    fn json_whole(&mut self, bytes: Vec<u8>, line: usize, notes: Vec<Note>) {
        match json::parse(&bytes) {
            Ok(mut parsed) => {
                parsed.notes.extend(notes);
                self.records(parsed.values, &parsed.notes, line);
            }
            Err(failure) => {
                let lines: Vec<&[u8]> = bytes.split(|&b| b == b'\n').collect();
                let good = |l: &&&[u8]| {
                    !is_blank(l) && json::parse(l).is_ok_and(|p| p.values.iter().any(Value::is_object))
                };
                if lines.iter().any(|l| good(&l)) {
                    for (i, l) in lines.into_iter().enumerate().filter(|(_, l)| !is_blank(l)) {
                        self.json_line(l, line + i);
                    }
                } else {
                    self.bad(line, failure.what);
                }
            }
        }
    }

    /// Documents of values; a list's items are records each.
    fn records(&mut self, values: Vec<Value>, notes: &[Note], line: usize) {
        for value in values {
            match value {
                Value::Array(items) => {
                    for (i, item) in items.iter().enumerate() {
                        let which = format!("item {}: ", i + 1);
                        self.record(item, notes, line, &which);
                    }
                }
                value => self.record(&value, notes, line, ""),
            }
        }
    }

    fn record(&mut self, value: &Value, notes: &[Note], line: usize, which: &str) {
        match json::document(value, notes.to_vec()) {
            Ok(item) => self.ready.push_back(Ok(item)),
            Err(what) => self.bad(line, format!("{which}{what}")),
        }
    }

    fn bad(&mut self, line: usize, what: String) {
        self.ready.push_back(Err(IntakeError::Record { name: self.source.name.clone(), line, what }));
    }
}

impl<R: Read> Iterator for Documents<R> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(item);
            }
            let step = match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return None,
                State::Start(input) => self.start(input).map(|()| true),
                lines @ State::Lines { .. } => {
                    self.state = lines;
                    self.next_line()
                }
            };
            match step {
                Ok(true) => {}
                Ok(false) => self.state = State::Done,
                Err(e) => {
                    self.state = State::Done;
                    return Some(Err(e));
                }
            }
        }
    }
}

fn is_blank(line: &[u8]) -> bool {
    line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii().is_empty()
}

type Peeked<R> = Chain<Cursor<Vec<u8>>, R>;

/// An input, its gzip undone.
enum Input<R: Read> {
    Plain(BufReader<Peeked<R>>),
    Gzip(BufReader<Peeked<Box<MultiGzDecoder<Peeked<R>>>>>),
}

impl<R: Read> Input<R> {
    /// The input's beginning, which is still to be read from it, too.
    fn open(input: R) -> io::Result<(Vec<u8>, Self)> {
        let (prefix, peeked) = peek(input)?;
        if prefix.starts_with(&[0x1f, 0x8b, 8]) {
            let (prefix, peeked) = peek(Box::new(MultiGzDecoder::new(peeked)))?;
            return Ok((prefix, Self::Gzip(BufReader::with_capacity(1 << 16, peeked))));
        }
        Ok((prefix, Self::Plain(BufReader::with_capacity(1 << 16, peeked))))
    }

    fn read_until(&mut self, end: u8, into: &mut Vec<u8>) -> io::Result<usize> {
        match self {
            Self::Plain(r) => r.read_until(end, into),
            Self::Gzip(r) => r.read_until(end, into),
        }
    }

    fn read_to_end(&mut self, into: &mut Vec<u8>) -> io::Result<usize> {
        match self {
            Self::Plain(r) => r.read_to_end(into),
            Self::Gzip(r) => r.read_to_end(into),
        }
    }
}

fn peek<R: Read>(mut input: R) -> io::Result<(Vec<u8>, Peeked<R>)> {
    let mut prefix = Vec::new();
    input.by_ref().take(PREFIX as u64).read_to_end(&mut prefix)?;
    Ok((prefix.clone(), Cursor::new(prefix).chain(input)))
}
