//! The reading line with a reader that needs no model: whatever stands before " said" said what comes after.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use onrecord::{
    Attribution, Certainty, Document, Mode, ReaderVersion, Reading, Source, SourceKind, Span, Stance, Why,
};

use super::inputs::{Input, find};
use super::line::{Incoming, Line, Reads, run};
use super::output::{Format, Output, Page};
use super::report::Report;
use crate::exit::Exit;
use crate::stop::Stop;

/// Asks to stop after so many documents.
struct Fake(Option<(usize, Stop)>);

fn read(document: &Document) -> Reading {
    let text = document.text();
    let by = ReaderVersion {
        code: "0".into(),
        model_name: "fake".into(),
        model_version: "0".into(),
        model_sha256: "0".into(),
    };
    let attributions = text
        .match_indices(" said ")
        .map(|(at, cue)| {
            let cue = Span::new(at + 1, at + cue.len() - 1);
            let end = text[at..].find('.').map_or(text.len(), |e| at + e);
            Attribution {
                source: Source::Missing,
                cue: Some(cue),
                content: vec![Span::new(cue.range().end + 1, end)],
                mode: Mode::Indirect,
                stance: Stance::Asserts,
                certainty: Certainty::Certain,
                hedge: None,
                kind: SourceKind::Person,
                within: None,
                chain: vec![],
                why: Why { by: "fake", score: 1.0 },
            }
        })
        .collect();
    Reading { by, sentences: vec![], mentions: vec![], entities: vec![], attributions, notes: vec![] }
}

impl Reads for Fake {
    fn read_all(
        &self,
        documents: &mut (dyn Iterator<Item = Incoming> + Send),
        _threads: usize,
        each: &mut dyn FnMut(Incoming, Reading) -> ControlFlow<()>,
    ) {
        for (i, d) in documents.enumerate() {
            let reading = read(&d.document);
            if let Some((after, stop)) = &self.0
                && i + 1 == *after
            {
                stop.ask();
            }
            if each(d, reading).is_break() {
                break;
            }
        }
    }
}

/// A writer whose words can be looked at; it breaks after so many bytes.
#[derive(Clone)]
struct Words(Arc<Mutex<Vec<u8>>>, usize);

impl Words {
    fn new(most: usize) -> Self {
        Self(Arc::default(), most)
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Words {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut words = self.0.lock().unwrap();
        if words.len() + bytes.len() > self.1 {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        words.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Ran {
    exit: Exit,
    out: String,
    err: String,
}

fn go(inputs: &[Input], format: Format, reader: &Fake, stop: &Stop, most: usize) -> Ran {
    let (out, err) = (Words::new(most), Words::new(usize::MAX));
    let report = Report::new(Box::new(err.clone()), inputs.len(), false, false);
    let page = Page { format, width: 60, colour: false, labels: inputs.len() > 1, who: false };
    let mut output = Output::new(Box::new(out.clone()), page);
    let line = Line { inputs, format: None, threads: 1, stop, report: &report };
    let exit = run(&line, reader, &mut output).unwrap();
    Ran { exit, out: out.text(), err: err.text() }
}

/// A folder of its own, gone when it goes out of sight.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = std::env::temp_dir().join(format!("onrecord-line-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        for (name, text) in files {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Self(folder)
    }

    fn inputs(&self) -> Vec<Input> {
        find(std::slice::from_ref(&self.0)).inputs
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const SAID: &str = "Ada Quill said the pier would close.";
const RAIN: &str = "Rain fell on Marrow Bay.";

#[test]
fn exit_tells_whether_anything_was_found() {
    let f = Folder::new("exit", &[("a.txt", SAID), ("b.txt", RAIN)]);
    let (stop, fake) = (Stop::default(), Fake(None));
    let ran = go(&f.inputs(), Format::Text, &fake, &stop, usize::MAX);
    assert_eq!((ran.exit, ran.err.as_str()), (Exit::Found, ""));
    let (a, b) = (ran.out.find("a.txt").unwrap(), ran.out.find("b.txt").unwrap());
    assert!(a < b && ran.out.contains("{said}¹ «the pier would close»¹"), "{}", ran.out);
    let ran = go(&f.inputs()[1..], Format::Text, &fake, &stop, usize::MAX);
    assert_eq!(ran.exit, Exit::Nothing);
    assert!(!ran.out.contains("b.txt"), "one input needs no name");
}

#[test]
fn a_bad_input_keeps_no_other_from_being_read() {
    let lines = format!("{{\"text\":\"{SAID}\"}}\n{{\"text\n{{\"text\":\"{RAIN}\",\"id\":\"z\"}}\n");
    let f = Folder::new("bad", &[("a.txt", "%PDF-1.7\n%x"), ("b.jsonl", &lines), ("c.txt", SAID)]);
    let mut inputs = f.inputs();
    inputs.insert(1, Input::File(f.0.join("gone.txt")));
    let ran = go(&inputs, Format::Json, &Fake(None), &Stop::default(), usize::MAX);
    assert!(matches!(ran.exit, Exit::Failed(_)) && ran.exit.code() == 2);
    let read: Vec<_> = ran.out.lines().map(|l| onrecord::Wire::parse(l).unwrap()).collect();
    assert_eq!(read.len(), 3);
    assert_eq!(read[1].document.id, "z");
    let errors: Vec<_> = ran.err.lines().filter(|l| l.starts_with("error: ")).collect();
    assert!(errors[0].ends_with("a.txt is a PDF"), "{errors:?}");
    assert!(errors[1].ends_with("gone.txt: no such file or folder"), "{errors:?}");
    assert!(errors[2].contains("b.jsonl, line 2: "), "{errors:?}");
    assert!(ran.err.ends_with("3 errors; 3 documents read\n"), "{}", ran.err);
}

#[test]
fn stops_cleanly() {
    let f = Folder::new("stop", &[("a.txt", SAID), ("b.txt", SAID), ("c.txt", SAID)]);
    for (format, mark) in [(Format::Json, "reading/1"), (Format::Html, "<article ")] {
        let stop = Stop::default();
        let ran = go(&f.inputs(), format, &Fake(Some((2, stop.clone()))), &stop, usize::MAX);
        assert_eq!((ran.exit, ran.exit.code()), (Exit::Stopped, 130));
        assert_eq!(ran.err, "stopped after 2 documents, in input 2 of 3\n");
        assert_eq!(ran.out.matches(mark).count(), 2);
    }
}

#[test]
fn a_document_that_will_take_long_is_announced() {
    let f = Folder::new("long", &[("a.txt", &"Rain fell. ".repeat(400_000)), ("b.txt", SAID)]);
    let ran = go(&f.inputs(), Format::Json, &Fake(None), &Stop::default(), usize::MAX);
    assert!(ran.err.ends_with("a.txt: one document of 4 MB: this will take minutes\n"), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1);
}

#[test]
fn a_broken_pipe_ends_it_quietly() {
    let f = Folder::new("pipe", &[("a.txt", SAID), ("b.txt", SAID)]);
    for format in [Format::Json, Format::Html, Format::Text] {
        let ran = go(&f.inputs(), format, &Fake(None), &Stop::default(), 100);
        assert_eq!((ran.exit, ran.err.as_str(), ran.out.as_str()), (Exit::Found, "", ""));
    }
}

#[test]
fn names_lead_to_inputs() {
    let f = Folder::new(
        "find",
        &[
            ("b/x.html", ""),
            ("a.TXT", ""),
            ("c.jsonl.gz", ""),
            (".hidden.txt", ""),
            (".git/y.txt", ""),
            ("picture.png", ""),
            ("b/.txt", ""),
            ("none/z.png", ""),
        ],
    );
    let names = |found: &super::inputs::Found| -> Vec<String> {
        let inside = |i: &Input| i.path().map(|p| p.strip_prefix(&f.0).unwrap().display().to_string());
        found.inputs.iter().map(|i| inside(i).unwrap_or_else(|| "-".into())).collect()
    };
    let all = find(&["-".into(), f.0.clone(), f.0.join("a.TXT"), "-".into()]);
    assert_eq!(names(&all), ["-", "a.TXT", "b/x.html", "c.jsonl.gz"]);
    assert!(all.errors.is_empty());
    let glob = find(&[f.0.join("*.T?T"), f.0.join("**/*.html"), f.0.join("pic*")]);
    assert_eq!(names(&glob), ["a.TXT", "b/x.html", "picture.png"]);
    let none = find(&[
        f.0.join("none"),
        f.0.join("*.doc"),
        f.0.join("gone.txt"),
        "https://courier.example/x".into(),
    ]);
    assert!(none.inputs.is_empty());
    let said: Vec<_> =
        none.errors.iter().map(|e| format!("{e} | {}", e.hint().unwrap_or_default())).collect();
    assert!(said[0].contains("no article in this folder | In folders, files ending in .txt"), "{said:?}");
    assert!(said[1].contains("no file of this name or pattern"), "{said:?}");
    assert!(said[2].contains("no such file or folder | Check the name"), "{said:?}");
    assert!(said[3].contains("curl -s"), "{said:?}");
}
