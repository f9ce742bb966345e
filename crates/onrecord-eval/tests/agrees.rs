//! The scorer agrees to the digit with an independent script, on invented articles.
//!
//! The figures below are that script's output on this folder: interrupted spans, several annotators, a
//! reading of the same text with other white space at its ends, an article nobody read, one nobody annotated,
//! words beyond ASCII, predictions without cue, source or content.

use onrecord_eval::{Error, Gold, HEADLINE, Report, System, View, attribution};
use std::path::{Path, PathBuf};

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")
}

fn report() -> Report {
    let gold = Gold::read(&data()).expect("gold");
    let system =
        System::from_file(None, &data().join("predictions.jsonl"), &gold.texts()).expect("predictions");
    attribution(&gold, &[system])
}

/// The script's output: on all predictions, and on those that lie within no other.
const ALL: &str = "
cue exact            P  40.0  R  46.2  F1  42.9
cue overlap          P  73.3  R  84.6  F1  78.6
source word          P  75.9  R  62.9  F1  68.8
source exact         P  57.1  R  66.7  F1  61.5
content word         P  72.4  R  72.4  F1  72.4
content exact        P  31.2  R  38.5  F1  34.5
attribution overlap  P  58.8  R  76.9  F1  66.7
";
const OUTERMOST: &str = "
cue exact            P  46.2  R  46.2  F1  46.2
cue overlap          P  84.6  R  84.6  F1  84.6
source word          P  81.5  R  62.9  F1  71.0
source exact         P  61.5  R  66.7  F1  64.0
content word         P  74.3  R  72.4  F1  73.3
content exact        P  35.7  R  38.5  F1  37.0
attribution overlap  P  66.7  R  76.9  F1  71.4
";

#[test]
fn the_same_figures_as_the_script() {
    let report = report();
    assert_eq!((report.articles, report.attributions), (4, 13));
    let scores = &report.systems[0];
    assert_eq!((scores.name.as_str(), scores.unread), ("invented 0", 1));
    for (view, want) in [(View::All, ALL), (View::Outermost, OUTERMOST)] {
        let mut got = String::from("\n");
        for measure in HEADLINE {
            let r = scores.row(view, measure).unwrap();
            let [p, rec, f1] = [r.precision, r.recall, r.f1].map(|f| 100.0 * f.value);
            got.push_str(&format!("{measure:20} P {p:5.1}  R {rec:5.1}  F1 {f1:5.1}\n"));
        }
        assert_eq!(got, want, "{}", view.name());
    }
}

#[test]
fn outermost_leaves_out_what_lies_within_another() {
    let report = report();
    let scores = &report.systems[0];
    assert_eq!(View::ALL.map(|v| (v.name(), scores.predictions(v))), [("outermost", 15), ("all", 17)]);
    // the annotators' line, over the one article that two annotated
    let human = report.systems.last().unwrap();
    assert_eq!((human.articles, human.attributions), (1, 7));
    assert!(human.name.contains("annotators"));
}

#[test]
fn the_report_says_the_same_each_time() {
    let (a, b) = (report(), report());
    assert_eq!((a.text(), a.json()), (b.text(), b.json()));
    let text = a.text();
    assert!(text.contains("No nested attributions") && text.contains("invented 0"), "{text}");
    let side_by_side = text.lines().find(|l| l.starts_with("  cue overlap ")).unwrap();
    let words: Vec<&str> = side_by_side.split_whitespace().collect();
    assert_eq!((words[2], words[5]), ("84.6", "78.6"), "outermost, then all: {side_by_side}");
    let json: serde_json::Value = serde_json::from_str(&a.json()).unwrap();
    assert_eq!(json["systems"][0]["tables"][0]["rows"][0]["measure"], "cue exact");
    assert_eq!(json["views"][0]["view"], "outermost");
    assert_eq!((&json["views"][0]["headline"], &json["views"][1]["headline"]), (&true.into(), &false.into()));
    for (i, precision) in [0.4615, 0.4].into_iter().enumerate() {
        let table = &json["systems"][0]["tables"][i];
        assert_eq!(table["view"], json["views"][i]["view"]);
        assert_eq!(table["rows"][0]["precision"]["value"], precision);
    }
}

#[test]
fn trouble_is_an_error_and_says_where() {
    let gold = Gold::read(&data()).unwrap();
    let folder = std::env::temp_dir().join(format!("onrecord-eval-{}", std::process::id()));
    let part = |name: &str| folder.join(name);
    for p in ["text", "attributions"] {
        std::fs::create_dir_all(part(p)).unwrap();
    }
    let write = |name: &str, bytes: &[u8]| std::fs::write(part(name), bytes).unwrap();
    let gold_error = || Gold::read(&folder).unwrap_err().to_string();
    assert!(matches!(Gold::read(&part("no such")), Err(Error::Unreadable { .. })));
    let layout = |folder: &Path| match Gold::read(folder) {
        Err(e @ Error::Layout { .. }) => e.to_string(),
        other => panic!("{other:?}"),
    };
    assert!(layout(&part("text")).ends_with("does not hold text/*.txt with attributions/*.ann"));
    for p in ["parts/b/text", "parts/b/attributions", "parts/a/text", "parts/a/attributions", "parts/c/text"]
    {
        std::fs::create_dir_all(part(p)).unwrap();
    }
    assert!(layout(&part("parts")).ends_with("holds parts (a, b), each to be measured alone"));
    assert!(gold_error().contains("no annotated article"));
    write("attributions/a_x.ann", b"");
    assert!(gold_error().contains("text/ does not hold"));
    write("text/a.txt", b"\xff");
    assert!(gold_error().contains("a.txt: cannot be read"));
    write("text/a.txt", b"short");
    write("attributions/a_x.ann", b"T1\tCue 0 99\tshort");
    assert!(gold_error().contains("a_x.ann:1: not a span"));

    let reading = r#"{"document":{"text":"short"},"attributions":[]}"#;
    for (predictions, want) in [
        ("", "no reading in it"),
        ("\n{", ":2: "),
        (reading, "none of the gold articles"),
        (r#"{"onrecord":"claim/1","document":{"text":""},"attributions":[]}"#, "claim/1"),
        (r#"{"document":{"text":"short"}}"#, "attributions"),
    ] {
        write("p.jsonl", predictions.as_bytes());
        let error = System::from_file(None, &part("p.jsonl"), &gold.texts()).unwrap_err().to_string();
        assert!(error.contains(want), "{error}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}
