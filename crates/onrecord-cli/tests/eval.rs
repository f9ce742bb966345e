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

/// Tiny invented gold of every suite.
fn desk(name: &str) -> Folder {
    let f = Folder::new(name);
    let text = "The pier will close, Ada Quill said. She left Strelsau.";
    let words = "1\tThe\tO\n2\tpier\tO\n3\twill\tO\n4\tclose\tO\n5\t,\tO\n6\tAda\tB-PER\n7\tQuill\tI-PER\n8\tsaid\tO\n9\t.\tO\n";
    f.file(
        "names.iob2",
        format!("# newdoc id = a\n# text = The pier will close, Ada Quill said.\n{words}\n"),
    );
    let row = |id: u8, word: &str, pos: &str, head: u8, misc: &str| {
        format!("{id}\t{word}\t_\t{pos}\t_\t_\t{head}\t_\t_\t{misc}\n")
    };
    let conllu = [
        "# global.Entity = GRP-etype-minspan\n# text = Ada Quill came.\n".to_owned(),
        row(1, "Ada", "PROPN", 3, "Entity=(1-person-1"),
        row(2, "Quill", "PROPN", 1, "Entity=1)"),
        row(3, "came", "VERB", 0, "_"),
        row(4, ".", "PUNCT", 3, "_"),
        "\n# text = She left.\n".to_owned(),
        row(1, "She", "PRON", 2, "Entity=(1-person-1)"),
        row(2, "left", "VERB", 0, "_"),
        row(3, ".", "PUNCT", 2, "_"),
    ];
    f.file("gum/GUM_news_pier.conllu", conllu.concat());
    f.file("articles/pier.txt", text);
    let head = "article\tpart\tsource_start\tsource_end\tcue_start\tcue_end\tpass1\tpass2\tkind\n";
    f.file("kinds.tsv", format!("{head}pier\ttune\t21\t30\t31\t35\tperson\tperson\tperson\n"));
    f.file("stories/pier/documents.jsonl", format!("{{\"id\":\"pier-01\",\"text\":\"{text}\"}}\n"));
    f.file(
        "stories/pier/story.json",
        "{\"claims\":[{\"assertions\":[{\"doc\":\"pier-01\",\"content\":\"The pier will close\",\"nth\":1,\
         \"source\":\"Ada Quill\",\"chain\":[{\"name\":\"Ada Quill, harbour master\",\"kind\":\"office\"}],\
         \"mode\":\"indirect\"}]}]}",
    );
    f.file(
        "re3d/Office/documents.json",
        "{\"_id\":\"D\",\"text\":\"The Pier Trust (PT) closed it, PT said.\"}\n",
    );
    let entity = |begin: u8, end: u8| {
        format!(
            "{{\"_id\":\"D-0-{begin}-{end}-Organisation\",\"begin\":{begin},\"end\":{end},\"type\":\"Organisation\",\
             \"documentId\":\"D\",\"confidence\":1}}\n"
        )
    };
    f.file("re3d/Office/entities.json", [entity(0, 14), entity(16, 18), entity(31, 33)].concat());
    f.file(
        "re3d/Office/relations.json",
        "{\"type\":\"IsSynonymOf\",\"sourceBegin\":0,\"sourceEnd\":14,\"targetBegin\":16,\"targetEnd\":18,\
         \"documentId\":\"D\",\"confidence\":1}\n",
    );
    f
}

/// The arguments of each suite, and how its report begins.
const SUITES: [(&[&str], &str); 5] = [
    (&["entities", "--gold", "names.iob2"], "Entities, measured on names.iob2: 1 documents, 1 names"),
    (
        &["coreference", "--gold", "gum", "--genre", "news"],
        "Coreference, measured on gum (news): 1 documents, 1 chains, 2 mentions",
    ),
    (
        &["sources", "--kinds", "kinds.tsv", "--articles", "articles"],
        "Sources, measured on kinds.tsv: 1 articles with kinds, 1 kinds by hand",
    ),
    (
        &["sources", "--stories", "stories", "--kinds", "kinds.tsv", "--articles", "articles"],
        "Sources, measured on kinds.tsv and stories: 1 articles with kinds, 1 kinds by hand, 1 documents of stories, \
         1 assertions",
    ),
    (
        &["aliases", "--gold", "re3d"],
        "Aliases, measured on re3d: 1 documents, 3 mentions, 3 pairs of one party",
    ),
];

#[test]
fn every_suite_reads_its_gold_and_reports() {
    let f = desk("eval-suites");
    for (args, head) in SUITES {
        let ran = f.run(&[&["eval"], args].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{args:?}");
        assert_eq!(ran.out.lines().next(), Some(head));
        assert!(ran.out.contains("95% bootstrap interval over documents"), "{}", ran.out);
        let json =
            f.run(&[&["eval"], args, &["--format", "json", "--name", "mine", "--threads", "1"]].concat());
        let report: serde_json::Value = serde_json::from_str(&json.out).unwrap();
        assert_eq!((&report["onrecord"], &report["suite"]), (&"eval/1".into(), &args[0].into()));
        assert_eq!(report["systems"][0]["name"], "mine");
        assert!(report["systems"][0]["tables"][0]["rows"][0]["measure"].is_string(), "{}", json.out);
        assert_eq!(json.out, f.run(&[&["eval"], args, &["--format", "json", "--name", "mine"]].concat()).out);
    }
}

#[test]
fn suites_score_readings_of_a_file() {
    let f = desk("eval-suite-files");
    // all that is gold, as a reading would have it
    let mention =
        |start: u8, end: u8, form: &str| format!("{{\"chars\":[{start},{end}],\"form\":\"{form}\"}}");
    let line = |text: &str, mentions: &[String], attributions: &str| {
        format!(
            "{{\"onrecord\":\"reading/1\",\"document\":{{\"text\":\"{text}\"}},\"entities\":[{{\"id\":\"e1\",\
             \"name\":\"Ada Quill\",\"kind\":\"person\",\"mentions\":[{}]}}],\"attributions\":[{attributions}]}}\n",
            mentions.join(",")
        )
    };
    let said = "{\"source\":{\"chars\":[21,30]},\"cue\":{\"chars\":[31,35]},\"content\":[{\"chars\":[0,19]}],\
                \"entity\":\"e1\",\"kind\":\"person\",\"chain\":[{\"name\":\"Ada Quill\",\"kind\":\"person\"}],\
                \"within\":null}";
    let quill = [mention(21, 30, "name")];
    let all = [
        line("The pier will close, Ada Quill said.", &quill, ""),
        line("The pier will close, Ada Quill said. She left Strelsau.", &quill, said),
        line("Ada Quill came. She left.", &[mention(0, 9, "name"), mention(16, 19, "pronoun")], ""),
        line(
            "The Pier Trust (PT) closed it, PT said.",
            &[mention(0, 14, "name"), mention(16, 18, "name")],
            "",
        ),
    ];
    f.file("said.jsonl", all.concat());
    for ((args, _), (table, figure, right)) in SUITES.iter().zip([
        ("exact", "f1", 1.0),
        ("chains", "f1", 1.0),
        ("kinds, tune", "share", 1.0),
        ("stories, points to", "share", 1.0),
        // two of three mentions found, and put together
        ("put together", "f1", 1.0),
    ]) {
        let ran = f.run(&[&["eval"], *args, &["--predictions", "said.jsonl", "--format", "json"]].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{args:?}");
        let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        let tables = report["systems"][0]["tables"].as_array().unwrap();
        let table =
            tables.iter().find(|t| t["table"] == table).unwrap_or_else(|| panic!("{table}: {}", ran.out));
        assert_eq!(table["rows"][0][figure]["value"], right, "{args:?}: {table}");
    }
}

#[test]
fn suites_explain_what_they_cannot_read() {
    let f = desk("eval-suite-errors");
    f.file("two/a.iob2", "").file("two/b.iob2", "").file("torn.iob2", "# newdoc id = a\n# text = A\n1 A O\n");
    f.file("parts/dev/GUM_news_a.conllu", "").file("torn/GUM_news_a.conllu", "# text = A\n1\tA\n");
    f.file("torn.tsv", "article\tkind\n").file("other/x.txt", "");
    f.file("torn-stories/a/documents.jsonl", "{\"id\":\"a\",\"text\":\"Rain.\"}\n");
    f.file(
        "torn-stories/a/story.json",
        "{\"claims\":[{\"assertions\":[{\"doc\":\"a\",\"content\":\"Snow\",\"mode\":\"direct\"}]}]}",
    );
    f.file("ecb/ECBplus_coreference_sentences.csv", "Topic,File,Sentence Number\n2,1ecb,one\n");
    let kinds = ["--kinds", "kinds.tsv", "--articles"];
    for (args, error, hint) in [
        (&["entities", "--gold", "gone"][..], "gone: no such file or folder", "Universal NER's layout"),
        (&["entities", "--gold", "other"], "other: holds no .iob2 file", "Universal NER's layout"),
        (&["entities", "--gold", "two"], "two: holds parts (a.iob2, b.iob2)", "Name one of them: two/a.iob2"),
        (&["entities", "--gold", "torn.iob2"], "torn.iob2:3: not the columns", "Universal NER's layout"),
        (&["coreference", "--gold", "gone"], "gone: no such file or folder", "GUM's layout"),
        (&["coreference", "--gold", "parts"], "parts: holds parts (dev)", "Name one of them: parts/dev"),
        (&["coreference", "--gold", "torn"], "torn/GUM_news_a.conllu:2: not the ten columns", "GUM's layout"),
        (&["coreference", "--gold", "gum", "--genre", "verse"], "\"verse\": there are news", "GUM's layout"),
        (&["sources", "--stories", "gone"], "gone: no such file or folder", "STORY/story.json"),
        (&["sources", "--stories", "other"], "other: holds no STORY/story.json", "STORY/story.json"),
        (&["sources", "--stories", "torn-stories"], "\"Snow\" does not stand in a", "STORY/story.json"),
        (
            &["sources", kinds[0], "torn.tsv", kinds[2], "articles"],
            "torn.tsv:1: the columns article, part",
            "NAME.txt",
        ),
        (&["sources", kinds[0], kinds[1], kinds[2], "other"], "other/pier.txt: no such file", "NAME.txt"),
        (&["aliases", "--gold", "gone"], "gone: no such file or folder", "re3d's layout"),
        (&["aliases", "--gold", "other"], "other: is neither a folder of re3d nor of ECB+", "ECB+'s"),
        (&["aliases", "--gold", "ecb"], "sentences.csv:2: not topic, file, sentence number", "ECB+'s"),
    ] {
        let ran = f.run(&[&["eval"], args].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        let lines: Vec<&str> = ran.err.lines().collect();
        assert_eq!(lines.len(), 2, "{args:?}: {}", ran.err);
        assert!(lines[0].starts_with("error: ") && lines[0].contains(error), "{args:?}: {}", ran.err);
        assert!(lines[1].contains("hint: ") && lines[1].contains(hint), "{args:?}: {}", ran.err);
    }
    for usage in [
        &["eval", "sources"][..],
        &["eval", "sources", "--kinds", "kinds.tsv"],
        &["eval", "sources", "--articles", "articles"],
        &["eval", "aliases"],
    ] {
        assert_eq!(f.run(usage).code, 2, "{usage:?}");
    }
}
