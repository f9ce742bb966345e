//! The program as a person runs it, in a cleared environment. What the model finds is not looked at here.

// A helper outside `#[test]` functions is not seen as a test.
#![allow(clippy::unwrap_used)]

mod support;

use std::process::{Command, Output, Stdio};

use support::{Folder, run};

/// Nobody says anything in it, whatever the model.
const RAIN: &str = "Rain fell.";

#[test]
fn files_folders_globs_and_standard_input() {
    let f = Folder::new("inputs");
    f.file("a.txt", RAIN)
        .file("sub/b.html", "<!doctype html><title>B</title><p>Rain fell.</p>")
        .file("c.md", RAIN);
    assert_eq!(
        f.run(&["read", "a.txt"]).out,
        "Rain fell.\n\nNobody is reported as saying anything in this text.\n"
    );
    let ran = f.run(&["read", "--format", "json", "."]);
    assert_eq!((ran.code, ran.err.as_str(), ran.out.lines().count()), (1, "", 3));
    let ran = f.run(&["read", "--format", "json", "*.txt", "*.md"]);
    assert_eq!((ran.code, ran.err.as_str(), ran.out.lines().count()), (1, "", 2));
    for args in [&["read", "-"][..], &["read"]] {
        let ran = run(&f.0, args, Some(RAIN.as_bytes()), &[]);
        assert_eq!(ran.code, 1, "{}", ran.err);
        assert!(ran.out.starts_with("Rain fell.\n"));
    }
    let ran = run(&f.0, &["read", "-", "--input-format", "html"], Some(b"<p>Rain fell.</p>"), &[]);
    assert!(ran.out.contains("Rain fell.") && !ran.out.contains("<p>"), "{}", ran.out);
}

#[test]
fn same_input_same_output_on_any_number_of_threads() {
    let f = Folder::new("threads");
    for i in 0..20 {
        f.file(&format!("{i}.txt"), format!("Rain fell {i} times."));
    }
    let one = f.run(&["read", "-f", "json", "--threads", "1", "."]);
    let four = f.run(&["read", "-f", "json", "--threads", "4", "."]);
    assert_eq!(one.out.lines().count(), 20);
    assert_eq!(one.out, four.out);
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_read() {
    let f = Folder::new("errors");
    f.file("a.txt", RAIN)
        .file("b.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        .file("c.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    f.file("d.jsonl", "{\"text\":\"Rain fell.\"}\n{\"text\":\n{\"text\":\"Rain fell again.\"}\n")
        .file("e.txt", "");
    let ran = f.run(&["read", "gone.txt"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert_eq!(
        ran.err,
        "error: gone.txt: no such file or folder\nhint: Check the name; `onrecord read --help` shows what can be read.\n"
    );
    let ran = f.run(&["read", "-f", "json", "b.pdf", "gone/x.txt", "c.png", "d.jsonl", "a.txt", "e.txt"]);
    assert_eq!(ran.code, 2);
    assert_eq!(ran.out.lines().count(), 4, "{}", ran.out);
    for said in [
        "error: b.pdf is a PDF\n",
        "pdftotext",
        "hint: There is no folder gone either.",
        "error: c.png is a PNG image\n",
        "error: d.jsonl, line 2: ",
        "4 errors; 4 documents read\n",
    ] {
        assert!(ran.err.contains(said), "{said:?} in {}", ran.err);
    }
    let ran = f.run(&["read", "e.txt"]);
    assert_eq!(ran.code, 1, "an empty file is an empty text: {}", ran.err);
    assert!(ran.out.contains("Nobody is reported"));
}

#[test]
fn a_file_of_entities_that_cannot_be_used_is_said() {
    let f = Folder::new("entities");
    f.file("a.txt", RAIN).file("people.csv", "name,wikidata\nAda Quill,Q1\n").file("wrong.csv", "who\nAda\n");
    assert_eq!(f.run(&["read", "--entities", "people.csv", "a.txt"]).code, 1);
    for (file, says) in [
        ("gone.csv", "gone.csv cannot be read"),
        ("wrong.csv", "wrong.csv has no column called name"),
        (".", "cannot be read"),
    ] {
        let ran = f.run(&["read", "--entities", file, "a.txt"]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{file}");
        assert!(ran.err.contains(says) && ran.err.contains("CSV"), "{}", ran.err);
    }
}

#[test]
fn who_is_a_page_of_text() {
    let f = Folder::new("who");
    f.file("a.txt", RAIN);
    let ran = f.run(&["read", "--who", "a.txt"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    assert!(ran.out.contains("Nobody is reported as saying anything in this text."), "{}", ran.out);
    let ran = f.run(&["read", "--who", "--format", "json", "a.txt"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("--who is a page of text"), "{}", ran.err);
}

#[test]
fn colour_is_for_terminals_and_for_those_who_ask() {
    let f = Folder::new("colour");
    f.file(
        "a.html",
        "<!doctype html><html><head><title>Wet</title></head><body><p>Rain fell.</p></body></html>",
    );
    let coloured = |args: &[&str], env: &[(&str, &str)]| run(&f.0, args, None, env).out.contains('\u{1b}');
    assert!(!coloured(&["read", "a.html"], &[]));
    assert!(coloured(&["read", "--color", "always", "a.html"], &[]));
    assert!(coloured(&["read", "--color", "always", "a.html"], &[("NO_COLOR", "1")]));
    assert!(coloured(&["read", "a.html"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&["read", "a.html"], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!coloured(&["read", "--color", "never", "a.html"], &[("CLICOLOR_FORCE", "1")]));
}

#[test]
fn the_page_is_as_wide_as_columns_says() {
    let f = Folder::new("width");
    f.file("a.txt", "Rain fell on the harbour. ".repeat(20));
    let widest = |args: &[&str], env: &[(&str, &str)]| {
        run(&f.0, args, None, env).out.lines().map(|l| l.chars().count()).max().unwrap()
    };
    assert!((81..=100).contains(&widest(&["read", "a.txt"], &[])));
    assert!((31..=40).contains(&widest(&["read", "a.txt"], &[("COLUMNS", "40")])));
    assert!((51..=60).contains(&widest(&["read", "--width", "60", "a.txt"], &[("COLUMNS", "40")])));
}

#[test]
fn output_goes_to_a_file_but_not_over_an_input() {
    let f = Folder::new("output");
    f.file("a.txt", RAIN).file("b.txt", RAIN);
    let ran = f.run(&["read", "-f", "html", "-o", "page.html", "a.txt", "b.txt"]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (1, "", ""));
    let page = std::fs::read_to_string(f.0.join("page.html")).unwrap();
    assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n") && page.contains("id=\"d2\""));
    assert!(f.run(&["read", "-f", "html", "a.txt"]).out.ends_with("</html>\n"));
    let ran = f.run(&["read", "-o", "./a.txt", "a.txt"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("also one of the files to read"));
    assert_eq!(std::fs::read_to_string(f.0.join("a.txt")).unwrap(), RAIN);
    assert_eq!(f.run(&["read", "-o", "no/such/x", "a.txt"]).code, 2);
}

#[test]
fn help_version_model_completions_and_manual() {
    let f = Folder::new("others");
    let ran = f.run(&["--version"]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.starts_with(&format!("onrecord {} (model ", env!("CARGO_PKG_VERSION"))), "{}", ran.out);
    for command in ["read", "eval", "model", "completions", "man"] {
        let ran = f.run(&[command, "--help"]);
        assert_eq!(ran.code, 0);
        assert!(ran.out.contains(&format!("onrecord {command}")) && ran.out.contains("Examples:"));
    }
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(f.run(&["completions", shell]).out.contains("onrecord"));
    }
    assert!(f.run(&["man"]).out.contains(".TH onrecord"));
    assert_eq!(f.run(&["man", "--out", "man1"]).code, 0);
    assert!(f.0.join("man1/onrecord-read.1").exists());
    for (format, mark) in [("text", "weights: "), ("toml", " = "), ("json", "{\"")] {
        assert!(f.run(&["model", "--format", format]).out.contains(mark), "{format}");
    }
    for wrong in [&["raed"][..], &["read", "--format", "pdf", "x"], &["read", "--threads", "0", "x"], &[]] {
        assert_eq!(f.run(wrong).code, 2, "{wrong:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_error() {
    let f = Folder::new("pipe");
    let line = format!("{{\"text\":\"{RAIN}\"}}\n");
    f.file("many.jsonl", line.repeat(3000));
    let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(["read", "-f", "json", "many.jsonl"])
        .current_dir(&f.0)
        .env_clear()
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let Output { status, stderr, .. } = child.wait_with_output().unwrap();
    assert_eq!((status.code(), stderr.as_slice()), (Some(0), &b""[..]));
}
