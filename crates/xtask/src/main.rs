//! Developers' tasks, run as `cargo xtask TASK`. Never published; must not hold anything the product needs.

mod eval;
mod floors;
mod glossary;
mod suites;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask TASK

  eval --polnear DIR [--rivals DIR] [--out FILE]
          regenerates eval/SCORES.md: onrecord's reading of DIR/dev, the rivals' predictions (*.jsonl, wire
          v1) where there are any, the annotators' agreement; without --out, the README's table, too, and
          eval/WHO.md and eval/DETAILS.md, those of the other suites
  floors [--polnear DIR]
          holds the scores against eval/floors.toml; without the gold folder (default
          ../shared/data/polnear) on the open material alone
  tidy    checks what compilers do not: module heads, lengths, words, sizes";

/// Why a task failed: a message for a person.
type Failure = String;

/// What a task that ran to its end found.
#[derive(PartialEq)]
enum Outcome {
    Good,
    /// Something to mend; it has been printed.
    Bad,
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match run(&args) {
        Ok(Outcome::Good) => ExitCode::SUCCESS,
        Ok(Outcome::Bad) => ExitCode::from(1),
        Err(why) => {
            eprintln!("xtask: {why}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &[&str]) -> Result<Outcome, Failure> {
    let (task, rest) = args.split_first().ok_or(USAGE)?;
    match *task {
        "eval" => {
            let [polnear, rivals, out] = options(rest, ["--polnear", "--rivals", "--out"])?;
            let polnear = polnear.ok_or("eval needs --polnear DIR, a folder with train/ and dev/")?;
            // figures that go elsewhere are a trial's
            let readme = out.is_none().then(|| root().join("README.md"));
            if out.is_none() {
                for page in suites::PAGES {
                    let file = root().join(page.0);
                    std::fs::write(&file, suites::page(&root(), page)?)
                        .map_err(|e| format!("{}: {e}", file.display()))?;
                }
            }
            let out = out.unwrap_or_else(|| root().join("eval/SCORES.md"));
            eval::run(&polnear, rivals.as_deref(), &out, readme.as_deref())
        }
        "floors" => {
            let [polnear] = options(rest, ["--polnear"])?;
            floors::run(&root(), polnear.as_deref())
        }
        "tidy" => {
            options(rest, [])?;
            tidy::run(&root())
        }
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(Outcome::Good)
        }
        other => Err(format!("no task {other:?}\n{USAGE}")),
    }
}

/// What onrecord's own reader finds in texts, on all cores.
fn read(texts: &[onrecord_eval::Text<'_>]) -> Result<onrecord_eval::System, Failure> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    onrecord::reader(onrecord::ReaderOptions::default())
        .and_then(|reader| onrecord::eval::readings(&reader, texts, threads, |_| ()))
        .map_err(|e| e.to_string())
}

/// The repository's root.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// The values of the options named, each given as `NAME VALUE` at most once.
fn options<const N: usize>(args: &[&str], names: [&str; N]) -> Result<[Option<PathBuf>; N], Failure> {
    let mut values = [const { None }; N];
    let mut args = args.iter();
    while let Some(&name) = args.next() {
        let at =
            names.iter().position(|n| *n == name).ok_or_else(|| format!("no option {name:?}\n{USAGE}"))?;
        let value = args.next().ok_or_else(|| format!("{name} needs a value"))?;
        values[at] = Some(PathBuf::from(value));
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_by_name() {
        let names = ["--a", "--b"];
        let path = |s: &str| Some(PathBuf::from(s));
        for (args, want) in [
            (&[][..], Ok([None, None])),
            (&["--b", "x"], Ok([None, path("x")])),
            (&["--b", "x", "--a", "y"], Ok([path("y"), path("x")])),
            (&["--b"], Err(())),
            (&["--c", "x"], Err(())),
        ] {
            assert_eq!(options(args, names).map_err(|_| ()), want, "{args:?}");
        }
    }
}
