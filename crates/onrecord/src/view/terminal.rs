//! The page for the terminal: the text with its marks, then a list of who said what. Must not know whether a
//! terminal is there.

use onrecord_text::{Attribution, Document, Note, Passage, Reading, Role};

use super::facts::{all_notes, count, facts, imprint, nobody, one_line, title};
use super::segments::{Marks, Part, marks, nested, passages, segments};
use super::wrap::{Run, Style, columns, harmless, paint, shorten, wrap};

/// How to show a reading on a terminal.
#[derive(Clone, Debug)]
pub struct TerminalOptions {
    /// Columns, at least 20.
    pub width: usize,
    /// Whether colours may be used. Without them, sources stand in `[brackets]`, cues in `{braces}` and contents
    /// in `«guillemets»`.
    pub colour: bool,
    /// What to call the document where it has no title, or besides it: a file's name.
    pub label: Option<String>,
}

impl Default for TerminalOptions {
    fn default() -> Self {
        Self { width: 80, colour: false, label: None }
    }
}

pub(super) const PLAIN: Style = Style { bold: false, dim: false, italic: false, underline: false, colour: 0 };
pub(super) const BOLD: Style = Style { bold: true, ..PLAIN };
pub(super) const DIM: Style = Style { dim: true, ..PLAIN };
pub(super) const SOURCE: Style = Style { bold: true, colour: 36, ..PLAIN };
const CUE: Style = Style { italic: true, colour: 35, ..PLAIN };
const CONTENT: Style = Style { underline: true, ..PLAIN };
const INNER: Style = Style { underline: true, colour: 32, ..PLAIN };
pub(super) const NOTE: Style = Style { colour: 33, ..PLAIN };

/// A reading as a page for the terminal, ending in a line feed. `notes` are those of the document's intake.
pub fn terminal(document: &Document, reading: &Reading, notes: &[Note], options: &TerminalOptions) -> String {
    let mut page = Page::new(options);
    let text = document.text();
    let marks = marks(document, reading);
    let passages = passages(document);
    let (top, body): (Vec<&Passage>, Vec<&Passage>) =
        if passages.first().is_some_and(|p| p.role == Role::Headline) {
            (passages.iter().take(1).collect(), passages.iter().skip(1).collect())
        } else {
            (Vec::new(), passages.iter().collect())
        };

    page.title(document, options);
    for p in top {
        page.passage(p, text, &marks);
    }
    page.imprint(document, reading, notes);
    for p in body {
        page.gap();
        page.passage(p, text, &marks);
    }
    page.gap();
    page.list(document, reading, nobody(notes, reading));
    page.out
}

/// A page on its way.
pub(super) struct Page {
    pub(super) out: String,
    pub(super) width: usize,
    pub(super) colour: bool,
}

impl Page {
    pub(super) fn new(options: &TerminalOptions) -> Self {
        Self { out: String::new(), width: options.width.max(20), colour: options.colour }
    }

    /// What the document is called.
    pub(super) fn title(&mut self, document: &Document, options: &TerminalOptions) {
        if let Some(label) = &options.label {
            self.block(&[(harmless(label), DIM)], "", "");
        }
        if let Some(title) = title(document) {
            self.heading(&[(harmless(&title), BOLD)], '═');
        }
    }

    /// Where and when it was published, by whom; what a person should know of it.
    pub(super) fn imprint(&mut self, document: &Document, reading: &Reading, notes: &[Note]) {
        let imprint = imprint(document);
        if !imprint.is_empty() {
            self.block(&[(harmless(&imprint.join(" · ")), DIM)], "", "");
        }
        for note in all_notes(notes, reading) {
            self.block(&[("note: ".into(), NOTE), (harmless(&note.text), PLAIN)], "", "      ");
        }
    }

    pub(super) fn gap(&mut self) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
    }

    /// Wrapped runs behind `first`, and behind `rest` from the second line on.
    pub(super) fn block(&mut self, runs: &[Run], first: &str, rest: &str) {
        let room = self.width.saturating_sub(columns(first).max(columns(rest))).max(8);
        for (i, line) in wrap(runs, room).iter().enumerate() {
            self.out.push_str(if i == 0 { first } else { rest });
            self.out.push_str(paint(line, self.colour).trim_end());
            self.out.push('\n');
        }
    }

    /// Bold with colour; without, underlined by a line of its own.
    pub(super) fn heading(&mut self, runs: &[Run], rule: char) {
        let before = self.out.len();
        self.block(runs, "", "");
        if !self.colour {
            let widest = self.out[before..].lines().map(columns).max().unwrap_or(0);
            self.out.extend(std::iter::repeat_n(rule, widest));
            self.out.push('\n');
        }
    }

    fn passage(&mut self, p: &Passage, text: &str, marks: &Marks) {
        let base = match p.role {
            Role::Headline | Role::Subheading => BOLD,
            Role::Byline | Role::Dateline | Role::Caption => DIM,
            Role::Standfirst => Style { italic: true, ..PLAIN },
            Role::Paragraph | Role::BlockQuotation | Role::ListItem => PLAIN,
        };
        let mut runs: Vec<Run> = Vec::new();
        for s in segments(p.span, marks) {
            if !self.colour {
                let open: String = s.opens.iter().map(|m| brackets(m.part).0).collect();
                runs.push((open, PLAIN));
            }
            let style = if s.has(Part::Cue) {
                Style { underline: s.depth() > 0, ..CUE }
            } else if s.has(Part::Source) {
                Style { underline: s.depth() > 0, ..SOURCE }
            } else {
                match s.depth() {
                    0 => base,
                    1 => Style { bold: base.bold, ..CONTENT },
                    _ => Style { bold: base.bold, ..INNER },
                }
            };
            runs.push((harmless(s.span.of(text)), style));
            let mut numbered = false;
            for m in &s.closes {
                if !self.colour {
                    runs.push((format!("{}{}", brackets(m.part).1, index(m.of)), PLAIN));
                } else if m.last || m.part == Part::Cue {
                    // two numbers side by side would be one
                    let apart = if std::mem::replace(&mut numbered, true) { "·" } else { "" };
                    runs.push((format!("{apart}{}", index(m.of)), DIM));
                }
            }
        }
        match p.role {
            Role::Headline => self.heading(&runs, '═'),
            Role::Subheading => self.heading(&runs, '─'),
            Role::BlockQuotation => self.block(&runs, "  │ ", "  │ "),
            Role::ListItem => self.block(&runs, "  • ", "    "),
            _ => self.block(&runs, "", ""),
        }
    }

    /// `nobody`: what to say of an empty list.
    fn list(&mut self, document: &Document, reading: &Reading, nobody: &str) {
        let all = &reading.attributions;
        if all.is_empty() {
            self.block(&[(nobody.into(), BOLD)], "", "");
            return;
        }
        let head = format!("Who said what: {}", count(all.len(), "attribution"));
        let mut runs = vec![(head, BOLD)];
        for (word, part, style) in
            [("source", Part::Source, SOURCE), ("cue", Part::Cue, CUE), ("content", Part::Content, CONTENT)]
        {
            let (open, close) = if self.colour { ("", "") } else { brackets(part) };
            runs.push(("  ".into(), PLAIN));
            runs.push((format!("{open}{word}{close}"), style));
        }
        self.heading(&runs, '─');
        let digits = all.len().to_string().len();
        for (i, depth) in nested(reading) {
            // deep chains stay on the page
            let indent = " ".repeat((digits + 3) * depth.min(4).min(self.width / 16));
            let first = format!("{indent}{:>digits$}  ", i + 1);
            let rest = " ".repeat(columns(&first));
            self.entry(document, reading, &all[i], &first, &rest);
        }
    }

    fn entry(&mut self, document: &Document, reading: &Reading, a: &Attribution, first: &str, rest: &str) {
        let f = facts(document, reading, a);
        let mut runs = vec![(harmless(&f.who), SOURCE)];
        if let Some(words) = &f.as_called {
            runs.push((format!(" ({})", harmless(words)), PLAIN));
        }
        for party in &f.through {
            runs.push((", through ".into(), PLAIN));
            runs.push((harmless(party), BOLD));
        }
        if let Some(party) = &f.citing {
            runs.push((", citing ".into(), PLAIN));
            runs.push((harmless(party), BOLD));
        }
        for tag in &f.tags {
            runs.push((format!("\u{a0}· {tag}"), DIM));
        }
        if let Some(stance) = f.stance {
            runs.push(("\u{a0}· ".into(), DIM));
            runs.push((stance.into(), NOTE));
        }
        if let Some(certainty) = f.certainty {
            runs.push(("\u{a0}· ".into(), DIM));
            runs.push((certainty.into(), NOTE));
            if let Some(hedge) = &f.hedge {
                runs.push((format!(" (“{}”)", harmless(hedge)), DIM));
            }
        }
        self.block(&runs, first, rest);
        let room = self.width.saturating_sub(columns(rest)).max(8);
        let content = shorten(&one_line(&harmless(&f.content)), room);
        if !content.is_empty() {
            self.out.push_str(rest);
            self.out.push_str(&content);
            self.out.push('\n');
        }
    }
}

fn brackets(part: Part) -> (&'static str, &'static str) {
    match part {
        Part::Source => ("[", "]"),
        Part::Cue => ("{", "}"),
        Part::Content => ("«", "»"),
    }
}

/// The number of an attribution in small figures.
fn index(of: usize) -> String {
    (of + 1)
        .to_string()
        .chars()
        .filter_map(|c| c.to_digit(10))
        .filter_map(|d| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(d as usize))
        .collect()
}
