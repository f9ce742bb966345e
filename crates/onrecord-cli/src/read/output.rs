//! Where readings go: text page by page, JSON line by line, HTML as one page at the end. Must not know where
//! documents come from.

use std::io::{self, Write};

use clap::ValueEnum;
use onrecord::view::{HtmlOptions, HtmlPage, TerminalOptions, terminal, who};
use onrecord::{Reading, Wire};

use super::line::Incoming;

/// How to show what was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A page for people.
    Text,
    /// JSON lines, one a document (wire format reading/1).
    #[value(alias = "jsonl", alias = "ndjson")]
    Json,
    /// One self-contained HTML page.
    Html,
}

/// How the page looks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    pub(crate) format: Format,
    pub(crate) width: usize,
    pub(crate) colour: bool,
    /// Whether inputs are named.
    pub(crate) labels: bool,
    /// Sources rather than the text.
    pub(crate) who: bool,
}

/// Writes readings in the order they come.
pub(crate) struct Output {
    to: Box<dyn Write>,
    page: Page,
    html: HtmlPage,
    written: usize,
}

impl Output {
    /// To that.
    pub(crate) fn new(to: Box<dyn Write>, page: Page) -> Self {
        Self { to, page, html: HtmlPage::new(HtmlOptions::default()), written: 0 }
    }

    /// One document. It is on its way when this returns: what reads along sees it at once.
    pub(crate) fn document(&mut self, incoming: &Incoming, reading: &Reading, name: &str) -> io::Result<()> {
        let Incoming { document, notes, .. } = incoming;
        match self.page.format {
            Format::Json => {
                let mut line = Wire::from(document, reading, notes).line();
                line.push('\n');
                self.to.write_all(line.as_bytes())?;
                self.to.flush()?;
            }
            Format::Text => {
                let Page { width, colour, .. } = self.page;
                let label = self.page.labels.then(|| name.to_owned());
                let view = if self.page.who { who } else { terminal };
                let mut text = view(document, reading, notes, &TerminalOptions { width, colour, label });
                if self.written > 0 {
                    text.insert_str(0, &format!("\n{}\n\n", "━".repeat(width)));
                }
                self.to.write_all(text.as_bytes())?;
                self.to.flush()?;
            }
            Format::Html => self.html.add(document, reading, notes, Some(name)),
        }
        self.written += 1;
        Ok(())
    }

    /// What is left to write.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        if self.page.format == Format::Html && self.html.documents() > 0 {
            let page = std::mem::replace(&mut self.html, HtmlPage::new(HtmlOptions::default())).finish();
            self.to.write_all(page.as_bytes())?;
        }
        self.to.flush()
    }
}
