//! Kinds of source by hand: a table of offsets into articles that lie elsewhere (eval/kinds), and how predicted
//! kinds do against it. Must not know of stories.

use super::{COARSE, coarse};
use crate::pairs::{greedy, shared};
use crate::report::{Confusion, Lines, Plan, Shows, Sum, tables};
use crate::{Chars, Error, Said, Text};
use onrecord_text::SourceKind;
use std::cmp::Reverse;
use std::fs;
use std::path::{Path, PathBuf};

/// What the figures are.
pub(super) const RULES: [&str; 2] = [
    "Kinds: each row of the table goes with the predicted attribution whose cue overlaps its cue, and whose source \
     overlaps its source (or neither has one); each once, the most shared first. Rows of kind x are left out. \
     Kinds are coarse: person, office and organisation are \"named\".",
    "\"found\": rows that go with a prediction. \"kind right\" and F1 are over the rows found; the macro F1 is the \
     mean over the kinds there are.",
];

/// One source whose kind was annotated.
#[derive(Clone, Debug)]
pub struct KindRow {
    /// The part of the set it belongs to.
    pub part: String,
    /// Where the source stands; none where the text has none.
    pub source: Option<Chars>,
    /// Where the cue stands.
    pub cue: Chars,
    /// What kind of party it is.
    pub kind: SourceKind,
}

/// One article with its rows.
#[derive(Clone, Debug)]
pub struct KindsText {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Its rows in the file's order, those of kind `x` left out.
    pub rows: Vec<KindRow>,
}

/// A table of kinds with its articles.
#[derive(Clone, Debug)]
pub struct Kinds {
    /// The table.
    pub file: PathBuf,
    /// Its parts, in order of appearance.
    pub parts: Vec<String>,
    /// Its articles, in order of appearance.
    pub articles: Vec<KindsText>,
}

const COLUMNS: [&str; 9] =
    ["article", "part", "source_start", "source_end", "cue_start", "cue_end", "pass1", "pass2", "kind"];

impl Kinds {
    /// Reads a table, and its articles from `articles`/NAME.txt.
    pub fn read(file: &Path, articles: &Path) -> Result<Self, Error> {
        let lines = fs::read_to_string(file).map_err(Error::unreadable(file))?;
        let mut kinds = Self { file: file.to_owned(), parts: vec![], articles: vec![] };
        let mut headed = false;
        for (n, line) in lines.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.is_empty()) {
            let wrong = |what: String| Error::malformed(file, n + 1, what);
            let columns: Vec<&str> = line.split('\t').collect();
            if !headed {
                if columns != COLUMNS {
                    return Err(wrong(format!("the columns {} were expected", COLUMNS.join(", "))));
                }
                headed = true;
                continue;
            }
            let [name, part, source_start, source_end, cue_start, cue_end, _, _, kind] = columns[..] else {
                return Err(wrong(format!(
                    "{} columns where {} were expected",
                    columns.len(),
                    COLUMNS.len()
                )));
            };
            if kinds.articles.last().is_none_or(|a| a.name != name) {
                let path = articles.join(format!("{name}.txt"));
                let text = fs::read_to_string(&path).map_err(Error::unreadable(&path))?;
                kinds.articles.push(KindsText { name: name.to_owned(), text, rows: vec![] });
            }
            let Some(article) = kinds.articles.last_mut() else { continue };
            let length = article.text.chars().count();
            let span = |start: &str, end: &str| {
                let read = start.parse().ok().zip(end.parse().ok());
                let fits = read.filter(|&(s, e): &(usize, usize)| s < e && e <= length);
                let what = || wrong(format!("{start:?} to {end:?} is no stretch of {name}.txt"));
                fits.map(|(s, e)| Chars::new(s, e)).ok_or_else(what)
            };
            let source = match (source_start, source_end) {
                ("", "") => None,
                (start, end) => Some(span(start, end)?),
            };
            let cue = span(cue_start, cue_end)?;
            if kind == "x" {
                continue;
            }
            let kind =
                SourceKind::from_name(kind).ok_or_else(|| wrong(format!("no kind of source: {kind:?}")))?;
            if !kinds.parts.iter().any(|p| p == part) {
                kinds.parts.push(part.to_owned());
            }
            article.rows.push(KindRow { part: part.to_owned(), source, cue, kind });
        }
        kinds.articles.retain(|a| !a.rows.is_empty());
        if kinds.articles.is_empty() {
            return Err(Error::malformed(file, 0, "holds no row with a kind"));
        }
        Ok(kinds)
    }

    /// What there is to read.
    pub(super) fn texts(&self) -> impl Iterator<Item = Text<'_>> {
        self.articles.iter().map(|a| Text::new(&a.name, &a.text))
    }
}

/// Sums of a part: found, kind right, then one for each coarse kind.
const SUMS: usize = 2 + COARSE.len();

/// Adds the tables of one system: one for each part, one for all of them.
pub(super) fn hold(gold: &Kinds, said: &[&Said], out: &mut Vec<Lines>, seen: &mut Vec<Confusion>) {
    let mut names: Vec<&str> = gold.parts.iter().map(String::as_str).collect();
    if names.len() != 1 {
        names.push("all");
    }
    let all = names.len() - 1;
    let title = |part: &str| format!("kinds, {part}");
    let mut confusions: Vec<Confusion> = names.iter().map(|p| Confusion::new(title(p), &COARSE)).collect();
    let mut documents = Vec::new();
    for (article, said) in gold.articles.iter().zip(said) {
        let mut sums = vec![Sum::default(); SUMS * names.len()];
        let predicted = &said.attributions;
        let mut candidates = Vec::new();
        for (i, p) in predicted.iter().enumerate() {
            for (j, g) in article.rows.iter().enumerate() {
                let over =
                    |spans: &[Chars], with: Chars| spans.iter().map(|s| shared(*s, with)).sum::<usize>();
                let cue = over(&p.triple.cue, g.cue);
                let (fits, source) = match g.source {
                    None => (p.triple.source.is_empty(), 0),
                    Some(g) => (over(&p.triple.source, g) > 0, over(&p.triple.source, g)),
                };
                if cue > 0 && fits {
                    candidates.push((Reverse((cue, source)), i, j));
                }
            }
        }
        let mut kind_of = vec![None; article.rows.len()];
        for (i, j) in greedy(candidates) {
            kind_of[j] = Some(predicted[i].kind);
        }
        for (row, found) in article.rows.iter().zip(kind_of) {
            let gold_kind = coarse(row.kind);
            let part = names.iter().position(|n| *n == row.part).unwrap_or(all);
            let mut both = vec![part, all];
            both.dedup();
            for part in both {
                let s = &mut sums[part * SUMS..(part + 1) * SUMS];
                s[0].add(&Sum::share(usize::from(found.is_some()), 1));
                let Some(kind) = found else { continue };
                let kind = kind.map(coarse);
                let right = kind == Some(gold_kind);
                s[1].add(&Sum::share(usize::from(right), 1));
                s[2 + gold_kind].add(&Sum::of(usize::from(right), 0, 1));
                if let Some(k) = kind {
                    s[2 + k].add(&Sum { predicted: 1.0, ..Sum::default() });
                    confusions[part].counts[gold_kind][k] += 1;
                }
            }
        }
        documents.push(sums);
    }
    let plans = names.iter().enumerate().flat_map(|(i, part)| {
        let first = i * SUMS;
        let lines = ["found", "kind right"].iter().enumerate();
        let shares = lines.map(|(k, n)| ((*n).to_owned(), Shows::Share(first + k))).collect();
        let kinds: Vec<usize> = (0..COARSE.len()).map(|k| first + 2 + k).collect();
        let mut f1: Vec<_> =
            COARSE.iter().zip(&kinds).map(|(n, k)| ((*n).to_owned(), Shows::Prf(*k))).collect();
        f1.push(("macro".to_owned(), Shows::MeanF1(kinds)));
        [(title(part), shares), (format!("{}: each", title(part)), f1)]
    });
    let plans: Vec<Plan> = plans.collect();
    out.extend(tables(&documents, plans));
    seen.extend(confusions);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{SaidAttribution, Triple};

    #[test]
    fn rows_go_with_predictions() {
        let row = |part: &str, source: Option<(usize, usize)>, cue: (usize, usize), kind| KindRow {
            part: part.into(),
            source: source.map(|s| Chars::new(s.0, s.1)),
            cue: Chars::new(cue.0, cue.1),
            kind,
        };
        let rows = vec![
            row("tune", Some((0, 5)), (6, 10), SourceKind::Office),
            row("tune", None, (20, 25), SourceKind::Anonymous),
            row("held", Some((30, 35)), (36, 40), SourceKind::Group),
            row("held", Some((50, 55)), (56, 60), SourceKind::Document),
        ];
        let article = KindsText { name: "a".into(), text: " ".repeat(90), rows };
        let gold =
            Kinds { file: "x".into(), parts: vec!["tune".into(), "held".into()], articles: vec![article] };
        let says = |source: Option<(usize, usize)>, cue: (usize, usize), kind| SaidAttribution {
            triple: Triple {
                source: source.map(|s| Chars::new(s.0, s.1)).into_iter().collect(),
                cue: vec![Chars::new(cue.0, cue.1)],
                ..Triple::default()
            },
            kind: Some(kind),
            ..SaidAttribution::default()
        };
        let attributions = vec![
            // same cue, other source: not the row's
            says(Some((11, 15)), (6, 10), SourceKind::Group),
            says(Some((4, 5)), (6, 10), SourceKind::Person),
            says(None, (24, 29), SourceKind::Author),
            says(Some((30, 35)), (36, 40), SourceKind::Group),
            // a source where the row has one, but none here
            says(None, (56, 60), SourceKind::Document),
        ];
        let said = Said { attributions, entities: vec![] };
        let (mut out, mut seen) = (vec![], vec![]);
        hold(&gold, &[&said], &mut out, &mut seen);
        let line = |title: &str, measure: &str| {
            let table = out.iter().find(|t| t.title == title).unwrap();
            table.lines.iter().find(|l| l.measure == measure).unwrap()
        };
        let share =
            |title: &str, measure: &str| (line(title, measure).counts[0].1, line(title, measure).counts[1].1);
        assert_eq!(share("kinds, tune", "found"), (2, 2));
        assert_eq!(share("kinds, tune", "kind right"), (1, 2));
        assert_eq!(share("kinds, held", "found"), (1, 2));
        assert_eq!(share("kinds, all", "kind right"), (2, 3));
        // named 1, group 1, anonymous 0, author 0 (predicted only)
        assert_eq!(line("kinds, all: each", "macro").figure("f1").unwrap().value, 0.5);
        assert_eq!(seen[2].counts[4][5], 1);
        assert_eq!(seen[0].counts[0][0], 1);
    }
}
