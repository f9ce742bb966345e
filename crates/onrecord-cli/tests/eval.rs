//! `onrecord eval` as a person runs it, on the open gold of the repository.

// A helper outside `#[test]` functions is not seen as a test.
#![allow(clippy::unwrap_used)]

mod support;

use std::path::{Path, PathBuf};

use support::{Folder, Ran, run};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn eval(args: &[&str]) -> Ran {
    run(&repository(), &[&["eval", "attribution"], args].concat(), None, &[])
}

/// The F1 of a measure in each view, as the JSON report has it.
fn f1(report: &str, measure: &str) -> Vec<(String, f64)> {
    let report: serde_json::Value = serde_json::from_str(report).unwrap();
    let tables = report["systems"][0]["tables"].as_array().unwrap();
    let of = |t: &serde_json::Value| {
        let row = t["rows"].as_array().unwrap().iter().find(|r| r["measure"] == measure).unwrap().clone();
        (t["view"].as_str().unwrap().to_owned(), row["f1"]["value"].as_f64().unwrap())
    };
    tables.iter().map(of).collect()
}

#[test]
fn both_views_stand_side_by_side() {
    let ran = eval(&["--gold", "eval/open"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let top: Vec<&str> = ran.out.lines().take(6).collect();
    assert_eq!(
        top[0],
        "Attribution, measured on eval/open: 5 articles, 49 attributions, outermost ones only"
    );
    assert!(top[2].starts_with("onrecord ") && top[2].contains("SHA-256"), "{}", top[2]);
    assert!(top[5].contains("outermost F1") && top[5].contains("all F1"), "{}", top[5]);
    for said in ["No nested attributions", "given cue: content exact", "mixed: source word", "95% bootstrap"]
    {
        assert!(ran.out.contains(said), "{said}");
    }
}

#[test]
fn readings_score_the_same_from_a_file_as_when_they_are_made() {
    let f = Folder::new("eval-predictions");
    let file = f.0.join("mine.jsonl");
    let ran = run(
        &repository(),
        &["read", "--format", "json", "-o", file.to_str().unwrap(), "eval/open/text"],
        None,
        &[],
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    let made = eval(&["--gold", "eval/open", "--format", "json", "--threads", "2"]);
    let from_file = eval(&[
        "--gold",
        "eval/open",
        "--format",
        "json",
        "--predictions",
        file.to_str().unwrap(),
        "--name",
        "mine",
    ]);
    assert!(from_file.out.contains("\"name\": \"mine\""));
    for measure in ["cue exact", "source word", "content word", "attribution overlap"] {
        let (a, b) = (f1(&made.out, measure), f1(&from_file.out, measure));
        assert_eq!(a, b, "{measure}");
        let views: Vec<&str> = a.iter().map(|v| v.0.as_str()).collect();
        assert_eq!(views, ["outermost", "all"]);
        assert!(a[0].1 > 0.5, "{measure}: {a:?}");
    }
}

#[test]
fn wrong_folders_and_files_are_explained() {
    let f = Folder::new("eval-errors");
    f.file("parts/dev/text/a.txt", "Rain.").file("parts/dev/attributions/x", "");
    f.file("empty/text/a.txt", "Rain.").file("empty/attributions/x", "");
    f.file("bad/text/a.txt", "Rain.").file("bad/attributions/a_x.ann", "T1\tCue 0 99\tRain");
    f.file("other.jsonl", "{\"document\":{\"text\":\"Snow.\"},\"attributions\":[]}").file("torn.jsonl", "{");
    let gold = repository().join("eval/open");
    let gold = gold.to_str().unwrap();
    for (args, error, hint) in [
        (&["--gold", "gone"][..], "gone: no such file or folder", ""),
        (&["--gold", "other.jsonl"], "other.jsonl: is not a folder", "PolNeAR's layout"),
        (&["--gold", "parts/dev/text"], "parts/dev/text: does not hold text/*.txt", "PolNeAR's layout"),
        (
            &["--gold", "parts"],
            "parts: holds parts (dev), each to be measured alone",
            "hint: Name one of them: parts/dev",
        ),
        (&["--gold", "empty"], "empty: no annotated article in text/ and attributions/", ""),
        (&["--gold", "bad"], "bad/attributions/a_x.ann:1: not a span of the text", ""),
        (&["--gold", gold, "--predictions", "gone.jsonl"], "gone.jsonl: no such file or folder", ""),
        (&["--gold", gold, "--predictions", "torn.jsonl"], "torn.jsonl:1: EOF", ""),
        (
            &["--gold", gold, "--predictions", "other.jsonl"],
            "reads none of the gold articles",
            "--format json",
        ),
    ] {
        let ran = f.run(&[&["eval", "attribution"], args].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        assert!(ran.err.starts_with("error: ") && ran.err.contains(error), "{args:?}: {}", ran.err);
        assert!(ran.err.contains(hint), "{args:?}: {}", ran.err);
    }
    for usage in [&["eval"][..], &["eval", "attribution"], &["eval", "quotes", "--gold", "x"]] {
        assert_eq!(f.run(usage).code, 2, "{usage:?}");
    }
}
