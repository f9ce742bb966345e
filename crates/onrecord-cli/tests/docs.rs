//! What the pages say is so: README's commands run and print what it shows, its options are the program's, links
//! lead somewhere, ARCHITECTURE's table is what the manifests say.

// A helper outside `#[test]` functions is not seen as a test.
#![allow(clippy::unwrap_used)]
#![cfg(unix)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::{Folder, run};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn page(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// A command that the README shows, and what it prints, where that is shown.
struct Shown {
    command: String,
    output: Option<String>,
}

/// The commands of the program in fenced blocks: lines of `sh`, lines after `$ ` of `console`.
fn shown(markdown: &str) -> Vec<Shown> {
    let mut found: Vec<Shown> = Vec::new();
    let mut block = None;
    for line in markdown.lines() {
        if let Some(language) = line.strip_prefix("```") {
            block = if block.is_some() { None } else { Some(language) };
            // a new block goes on with no command of the last one
            found.push(Shown { command: String::new(), output: None });
            continue;
        }
        match block {
            Some("sh") => found.push(Shown { command: line.to_owned(), output: None }),
            Some("console") => match line.strip_prefix("$ ") {
                Some(command) => {
                    found.push(Shown { command: command.to_owned(), output: Some(String::new()) });
                }
                None => {
                    if let Some(output) = found.last_mut().and_then(|s| s.output.as_mut()) {
                        output.push_str(line);
                        output.push('\n');
                    }
                }
            },
            _ => {}
        }
    }
    let of_the_program =
        |s: &Shown| ["onrecord ", "cargo run --release -- "].iter().any(|start| s.command.starts_with(start));
    found.retain(of_the_program);
    found
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

fn gzip(text: &str) -> Vec<u8> {
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(text.as_bytes()).unwrap();
    gz.finish().unwrap()
}

/// A folder with all that the README's commands name.
fn desk() -> Folder {
    let f = Folder::new("readme");
    for part in ["examples", "eval/open", "eval/quantities"] {
        copy(&root().join(part), &f.0.join(part));
    }
    let text = page("examples/harbour.txt");
    let html = format!("<!doctype html><title>Pier</title><article><p>{text}</p></article>");
    let line = "{\"id\":\"1\",\"text\":\"The pier will close, Ada Quill said.\"}\n";
    f.file("article.txt", &text).file("article.html", &html).file("page.txt.gz", gzip(&text));
    f.file("archive/a.txt", &text).file("archive/b/c.html", &html).file("archive/d.jsonl.gz", gzip(line));
    f
}

#[test]
fn readme_commands_do_what_it_shows() {
    let readme = page("README.md");
    let desk = desk();
    let program = Path::new(env!("CARGO_BIN_EXE_onrecord"));
    let path = format!("{}:/usr/bin:/bin", program.parent().unwrap().display());
    let commands = shown(&readme);
    assert!(commands.len() > 10, "{}", commands.len());
    let mut new = readme.clone();
    for Shown { command, output } in &commands {
        let typed = command.replace("cargo run --release -- ", "onrecord ");
        let ran = Command::new("/bin/sh")
            .args(["-c", &typed])
            .current_dir(&desk.0)
            .env_clear()
            .env("PATH", &path)
            .output()
            .unwrap();
        let (out, err) = (String::from_utf8(ran.stdout).unwrap(), String::from_utf8(ran.stderr).unwrap());
        assert_eq!((ran.status.code(), err.as_str()), (Some(0), ""), "{command}");
        if let Some(want) = output
            && *want != out
        {
            let block = |output: &str| format!("$ {command}\n{output}```\n");
            new = new.replace(&block(want), &block(&out));
        }
    }
    if new == readme {
        return;
    }
    if std::env::var_os("ONRECORD_BLESS").is_some() {
        fs::write(root().join("README.md"), new).unwrap();
        return;
    }
    let beside = std::env::temp_dir().join("onrecord-README.md");
    fs::write(&beside, new).unwrap();
    panic!(
        "what README.md shows is not what is printed: compare {}, then run with ONRECORD_BLESS=1",
        beside.display()
    );
}

/// The long options in the left column of a table, or of a command's help.
fn options<'a>(lines: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in lines {
        for (at, _) in line.match_indices("--") {
            let name: String =
                line[at + 2..].chars().take_while(|c| c.is_ascii_lowercase() || *c == '-').collect();
            found.insert(name);
        }
    }
    found.retain(|name| !["", "help", "version"].contains(&name.as_str()));
    found
}

/// Every command that does something, with its help: `read`, `eval attribution`.
fn commands(above: &[&str], out: &mut Vec<(String, String)>) {
    let help = run(&root(), &[above, &["--help"]].concat(), None, &[]).out;
    let Some((_, list)) = help.split_once("Commands:\n") else {
        out.push((above.join(" "), help));
        return;
    };
    for line in list.lines().take_while(|l| !l.is_empty()) {
        let name = line.split_whitespace().next().unwrap_or_default();
        // what is further in is a description, broken into lines
        if line.starts_with("  ") && !line.starts_with("   ") && name != "help" {
            commands(&[above, &[name]].concat(), out);
        }
    }
}

#[test]
fn readme_has_every_command_and_option_and_no_other() {
    let readme = page("README.md");
    let sections: Vec<(&str, &str)> = readme
        .split("\n### onrecord ")
        .skip(1)
        .map(|s| s.split_once('\n').unwrap())
        .map(|(name, text)| (name, text.split("\n## ").next().unwrap_or(text)))
        .collect();
    let mut there = Vec::new();
    commands(&[], &mut there);
    let names: Vec<&str> = there.iter().map(|c| c.0.as_str()).collect();
    assert_eq!(sections.iter().map(|s| s.0).collect::<Vec<_>>(), names);
    for ((name, help), (_, text)) in there.iter().zip(&sections) {
        let in_help = options(help.lines().filter(|l| l.trim_start().starts_with('-')));
        let cell = |l: &str| l.split('|').nth(1).unwrap_or_default().to_owned();
        let rows: Vec<String> = text.lines().filter(|l| l.starts_with("| `-")).map(cell).collect();
        assert_eq!(options(rows.iter().map(String::as_str)), in_help, "onrecord {name}");
    }
    for Shown { command, .. } in shown(&readme) {
        let typed = command.replace("cargo run --release -- ", "onrecord ");
        let (_, help) = there
            .iter()
            .filter(|(name, _)| typed.starts_with(&format!("onrecord {name}")))
            .max_by_key(|(name, _)| name.len())
            .unwrap_or_else(|| panic!("{command}"));
        for option in options(std::iter::once(typed.as_str())) {
            assert!(help.contains(&format!("--{option}")), "{command}: no option --{option}");
        }
    }
}

#[test]
fn the_manual_has_every_command() {
    let f = Folder::new("man");
    assert_eq!(f.run(&["man", "--out", "pages"]).code, 0);
    let mut there = Vec::new();
    commands(&[], &mut there);
    for (name, help) in there {
        let page = f.0.join(format!("pages/onrecord-{}.1", name.replace(' ', "-")));
        let page = fs::read_to_string(&page).unwrap_or_else(|e| panic!("{}: {e}", page.display()));
        let page = page.replace("\\-", "-");
        for option in options(help.lines().filter(|l| l.trim_start().starts_with('-'))) {
            assert!(page.contains(&format!("--{option}")), "{name}: --{option}");
        }
    }
}

/// Every Markdown page of the repository that is not somebody else's.
fn pages(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !path.is_symlink() {
            if !name.starts_with('.') && !["target", "runs", "node_modules"].contains(&name.as_str()) {
                pages(&path, out);
            }
        } else if name.ends_with(".md") {
            out.push(path);
        }
    }
}

#[test]
fn links_lead_somewhere() {
    let mut all = Vec::new();
    pages(&root(), &mut all);
    assert!(all.iter().any(|p| p.ends_with("ARCHITECTURE.md")));
    let mut broken = Vec::new();
    for path in all {
        let text = fs::read_to_string(&path).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link) {
            let file = link.split('#').next().unwrap_or_default();
            let elsewhere = link.contains("://") || link.starts_with("mailto:") || file.is_empty();
            if !elsewhere && !path.parent().unwrap().join(file).exists() {
                broken.push(format!("{}: {link}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn architecture_names_the_crates_and_what_they_depend_on() {
    let text = page("ARCHITECTURE.md");
    let mut rows: Vec<(String, BTreeSet<String>)> = text
        .lines()
        .skip_while(|l| *l != "## Crates")
        .take_while(|l| *l != "## Inside `onrecord-read`")
        .filter(|l| l.starts_with("| `"))
        .map(|l| {
            let cells: Vec<&str> = l.split('|').map(str::trim).collect();
            let names = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect();
            (cells[1].trim_matches('`').to_owned(), names(cells[3]))
        })
        .collect();
    rows.sort();
    let mut there = Vec::new();
    for entry in fs::read_dir(root().join("crates")).unwrap() {
        let path = entry.unwrap().path();
        let manifest: toml::Table = fs::read_to_string(path.join("Cargo.toml")).unwrap().parse().unwrap();
        let ours = |name: &&String| name.starts_with("onrecord");
        let dependencies = manifest.get("dependencies").and_then(toml::Value::as_table);
        let names = dependencies.into_iter().flat_map(toml::Table::keys).filter(ours).cloned().collect();
        there.push((path.file_name().unwrap().to_string_lossy().into_owned(), names));
    }
    there.sort();
    assert_eq!(rows, there);
}

#[test]
fn the_scores_in_the_readme_are_those_of_the_scores_page() {
    let Ok(scores) = fs::read_to_string(root().join("eval/SCORES.md")) else { return };
    let readme = page("README.md");
    let (_, rest) = readme.split_once("<!-- scores:").unwrap();
    let (table, _) = rest.split_once("<!-- end of scores -->").unwrap();
    for row in table.lines().filter(|l| l.starts_with('|')) {
        assert!(scores.lines().any(|l| l == row), "not in eval/SCORES.md: {row}");
    }
}
