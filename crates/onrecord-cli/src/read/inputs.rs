//! From names to inputs: files, folders, globs, standard input. Must not open any of them before its turn.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use onrecord::{Error, ErrorKind};

/// Endings of files that are read in folders, each also with `.gz`.
const ENDINGS: &[&str] = &["txt", "text", "md", "html", "htm", "json", "jsonl", "ndjson"];

/// One input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

impl Input {
    /// Its name in messages.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Stdin => "standard input".to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// Its path, if it has one.
    pub(crate) fn path(&self) -> Option<&Path> {
        match self {
            Self::Stdin => None,
            Self::File(path) => Some(path),
        }
    }

    /// Its bytes.
    pub(crate) fn open(&self) -> Result<Box<dyn Read + Send>, Error> {
        match self {
            Self::Stdin => Ok(Box::new(io::stdin())),
            Self::File(path) => match File::open(path) {
                Ok(file) => Ok(Box::new(file)),
                Err(e) => Err(Error::io(&self.name(), e)),
            },
        }
    }
}

/// What was found under the names.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// In the order they were named, folders and globs sorted, each once.
    pub(crate) inputs: Vec<Input>,
    /// Names that lead to nothing.
    pub(crate) errors: Vec<Error>,
    seen: HashSet<PathBuf>,
    stdin: bool,
}

/// Looks the names up.
pub(crate) fn find(names: &[PathBuf]) -> Found {
    let mut found = Found::default();
    for name in names {
        found.name(name);
    }
    found
}

impl Found {
    fn name(&mut self, name: &Path) {
        if name.as_os_str() == "-" {
            if !std::mem::replace(&mut self.stdin, true) {
                self.inputs.push(Input::Stdin);
            }
            return;
        }
        match fs::metadata(name) {
            Ok(meta) if meta.is_dir() => self.folder(name),
            Ok(_) => self.file(name.to_owned()),
            Err(e) => match name.to_str().filter(|n| n.contains(['*', '?', '['])) {
                Some(pattern) if e.kind() == io::ErrorKind::NotFound => self.glob(pattern),
                _ => self.errors.push(missing(name, e)),
            },
        }
    }

    fn file(&mut self, path: PathBuf) {
        if self.seen.insert(path.clone()) {
            self.inputs.push(Input::File(path));
        }
    }

    fn folder(&mut self, path: &Path) {
        let (inputs, errors) = (self.inputs.len(), self.errors.len());
        let mut any = false;
        self.walk(path, &mut any);
        if !any && self.inputs.len() == inputs && self.errors.len() == errors {
            let e = Error::new(ErrorKind::NotFound, format!("{}: no article in this folder", path.display()));
            self.errors.push(e.with_hint(format!(
                "In folders, files ending in .{} are read, each also with .gz; name others one by one.",
                ENDINGS.join(", .")
            )));
        }
    }

    /// Hidden entries and links to folders are left out: the one by custom, the other because they may go round.
    fn walk(&mut self, folder: &Path, any: &mut bool) {
        let entries = match fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
            Ok(entries) => entries,
            Err(e) => return self.errors.push(Error::io(&folder.display().to_string(), e)),
        };
        let mut paths: Vec<PathBuf> = entries.into_iter().map(|e| e.path()).collect();
        paths.sort();
        for path in paths {
            let hidden = path.file_name().is_some_and(|n| n.as_encoded_bytes().starts_with(b"."));
            if hidden {
                continue;
            }
            if path.is_dir() {
                if !path.is_symlink() {
                    self.walk(&path, any);
                }
            } else if is_article(&path) {
                *any = true;
                self.file(path);
            }
        }
    }

    fn glob(&mut self, pattern: &str) {
        let options =
            glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::default() };
        let paths = match glob::glob_with(pattern, options) {
            Ok(paths) => paths,
            Err(e) => {
                let e = Error::new(ErrorKind::Usage, format!("{pattern}: not a glob: {e}")).caused_by(e);
                return self.errors.push(e);
            }
        };
        let mut any = false;
        for path in paths {
            any = true;
            match path {
                Ok(path) if path.is_dir() => self.folder(&path),
                Ok(path) => self.file(path),
                Err(e) => self.errors.push(Error::io(&e.path().display().to_string(), e.into())),
            }
        }
        if !any {
            self.errors
                .push(Error::new(ErrorKind::NotFound, format!("{pattern}: no file of this name or pattern")));
        }
    }
}

fn is_article(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|n| n.to_str()) else { return false };
    let name = name.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    name.rsplit_once('.').is_some_and(|(stem, ending)| !stem.is_empty() && ENDINGS.contains(&ending))
}

fn missing(name: &Path, e: io::Error) -> Error {
    let there = e.kind() != io::ErrorKind::NotFound;
    let error = Error::io(&name.display().to_string(), e);
    if there {
        return error;
    }
    let text = name.to_string_lossy();
    if text.starts_with("http://") || text.starts_with("https://") {
        return error
            .with_hint(format!("onrecord does not go to the network: curl -s '{text}' | onrecord read -"));
    }
    if name.is_symlink() {
        return error.with_hint("It is a link to something that is not there.");
    }
    match name.parent().filter(|p| !p.as_os_str().is_empty() && !p.exists()) {
        Some(parent) => error.with_hint(format!("There is no folder {} either.", parent.display())),
        None => error.with_hint("Check the name; `onrecord read --help` shows what can be read."),
    }
}
