//! `cargo xtask tidy`: what compilers and formatters do not check. Each exception stands here with its reason.
//! Must not know what the code is for.

use crate::glossary::{self, Never};
use crate::{Failure, Outcome};
use std::fs;
use std::path::Path;
use std::process::Command;

const LINES: usize = 600;
const BYTES: u64 = 1 << 20;

/// Rust files that may be longer than [`LINES`], and why.
const LONG: &[(&str, &str)] = &[];

/// Files that may be larger than [`BYTES`], and why.
const LARGE: &[(&str, &str)] = &[
    ("crates/onrecord-model/", "the trained weights and their vocabulary live in the repository"),
    ("crates/onrecord-places/gazetteer.bin", "the gazetteer lives in the program"),
];

/// Folders and files whose words are not ours to choose, and why.
const FOREIGN: &[(&str, &str)] = &[
    ("docs/GLOSSARY.md", "it names the words"),
    ("crates/onrecord-model/", "a vocabulary holds every word"),
    ("crates/onrecord-names/lexicon/", "tables of names"),
    ("crates/onrecord-places/lexicon/", "tables of names"),
    ("crates/onrecord-names/tests/pairs.tsv", "names"),
    ("crates/onrecord-read/lexicon/", "tables of words of the language"),
    ("crates/onrecord/tests/golden/", "articles"),
    ("docs/guideline/", "sentences of articles"),
    ("eval/open/", "articles"),
    ("eval/quantities/gold.jsonl", "sentences of articles"),
    ("examples/", "articles"),
    ("Cargo.lock", "other people's names"),
    ("train/kinds/", "names of articles"),
    ("train/names/", "names, and texts as the web has them"),
];

/// The one place where memory may be touched without the compiler's leave.
const KERNELS: &str = "crates/onrecord-nn/";

/// Checks every file that git would carry.
pub fn run(root: &Path) -> Result<Outcome, Failure> {
    let never = fs::read_to_string(root.join("docs/GLOSSARY.md")).map_or(vec![], |g| glossary::parse(&g));
    let mut faults = Vec::new();
    let mut files = 0;
    for name in carried(root)? {
        let path = root.join(&name);
        // a link's own size and words are those of what it points at
        let Ok(meta) = path.symlink_metadata().map(|m| (m.is_file(), m.len())) else { continue };
        let (true, size) = meta else { continue };
        files += 1;
        if size > BYTES && !listed(LARGE, &name) {
            faults.push(format!("{name}: {size} bytes: the most is {BYTES}"));
        }
        if let Ok(text) = fs::read_to_string(&path) {
            check(&name, &text, &never, &mut faults);
        }
    }
    for fault in &faults {
        println!("{fault}");
    }
    println!("tidy: {files} files, {} words to avoid, {} faults", never.len(), faults.len());
    Ok(if faults.is_empty() { Outcome::Good } else { Outcome::Bad })
}

/// The files that git tracks, or would: not those it ignores.
fn carried(root: &Path) -> Result<Vec<String>, Failure> {
    let git = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .map_err(|e| format!("git: {e}"))?;
    if !git.status.success() {
        return Err(format!("git ls-files: {}", String::from_utf8_lossy(&git.stderr).trim()));
    }
    let mut names: Vec<String> = String::from_utf8_lossy(&git.stdout)
        .split('\0')
        .filter(|n| !n.is_empty())
        .map(str::to_owned)
        .collect();
    names.sort();
    names.dedup();
    Ok(names)
}

/// The name is that of a listed file, or below a listed folder.
fn listed(list: &[(&str, &str)], name: &str) -> bool {
    list.iter().any(|(p, _)| if p.ends_with('/') { name.starts_with(p) } else { name == *p })
}

/// Says what is wrong with one text file.
fn check(name: &str, text: &str, never: &[Never], faults: &mut Vec<String>) {
    let rust = name.ends_with(".rs");
    if rust && !text.starts_with("//!") {
        faults.push(format!("{name}:1: opens without `//!`: what is it for, what must it not know?"));
    }
    let lines = text.lines().count();
    if rust && lines > LINES && !listed(LONG, name) {
        faults.push(format!("{name}: {lines} lines: the most is {LINES}"));
    }
    for (n, line) in text.lines().enumerate() {
        let mut fault = |what: &str| faults.push(format!("{name}:{}: {what}", n + 1));
        if rust || name.ends_with(".md") {
            if line.contains('\t') {
                fault("a tab");
            }
            if line.ends_with([' ', '\t']) {
                fault("blanks at the end");
            }
        }
        if rust && !name.starts_with(KERNELS) && touches_memory(line) {
            fault("only onrecord-nn may do this");
        }
        if !never.is_empty() && !listed(FOREIGN, name) && !name.contains("/tests/data/") {
            let lower = line.to_lowercase();
            for word in never.iter().filter(|w| w.is_in(&lower)) {
                fault(&format!("{:?}: say {:?}", word.phrase, word.instead));
            }
        }
    }
}

/// The line opens an unchecked block, function, impl, trait or attribute, or allows one.
fn touches_memory(line: &str) -> bool {
    const WORD: &str = concat!("un", "safe");
    let code = line.split("//").next().unwrap_or("");
    code.match_indices(WORD).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = &code[at + WORD.len()..];
        let opens = [" {", " fn", " impl", " trait", " extern", "("].iter().any(|o| after.starts_with(o));
        let allows = after.starts_with("_code") && code.contains("allow(");
        allows || (opens && !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '"'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults() {
        let never = glossary::parse("| word | means | never |\n|---|---|---|\n| cue | x | trigger |\n");
        let long = "//! x\n".repeat(LINES + 1);
        let block = concat!("//! x\nlet x = un", "safe { y };\n");
        let allowed = concat!("//! x\n#![allow(un", "safe_code)]\n");
        let named = concat!("//! x\n// un", "safe { }\nun", "safe_op();\n");
        for (name, text, want) in [
            ("a.rs", "//! x\n", 0),
            ("a.rs", "// x\n", 1),
            ("a.rs", "", 1),
            ("a.py", "# x\t \n", 0),
            ("a.rs", "//! x\n\tlet x = 1;\n", 1),
            ("a.md", "x \n", 1),
            ("a.md", "the Trigger, triggers\n", 1),
            ("docs/GLOSSARY.md", "trigger\n", 0),
            ("crates/onrecord-read/lexicon/cues.tsv", "trigger\n", 0),
            ("crates/onrecord-read/src/cues.tsv", "trigger\n", 1),
            ("crates/x/tests/data/a.txt", "trigger\n", 0),
            ("a.rs", &long, 1),
            ("a.rs", block, 1),
            ("crates/onrecord-nn/src/a.rs", block, 0),
            ("a.rs", allowed, 1),
            ("a.rs", named, 0),
        ] {
            let mut found = Vec::new();
            check(name, text, &never, &mut found);
            assert_eq!(found.len(), want, "{name} {text:?}: {found:?}");
        }
    }

    #[test]
    fn lists_name_files_and_folders() {
        let list = &[("a/", ""), ("b.rs", "")];
        for (name, want) in [("a/x", true), ("b.rs", true), ("ab", false), ("b.rs/x", false)] {
            assert_eq!(listed(list, name), want, "{name}");
        }
    }
}
