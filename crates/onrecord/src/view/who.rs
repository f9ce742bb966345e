//! The page of who is who: each source of a document with its kind, its other names and what it says. Must not know
//! whether a terminal is there.

use onrecord_text::{Attribution, Document, EntityIx, Note, Reading};

use super::facts::{SOMEBODY, count, facts, nobody, one_line};
use super::terminal::{BOLD, DIM, NOTE, PLAIN, Page, SOURCE, TerminalOptions};
use super::wrap::{Run, columns, harmless, shorten};

/// The sources of a reading as a page for the terminal, in the order in which they first speak, ending in a line feed.
/// `notes` are those of the document's intake.
pub fn who(document: &Document, reading: &Reading, notes: &[Note], options: &TerminalOptions) -> String {
    let mut page = Page::new(options);
    page.title(document, options);
    page.imprint(document, reading, notes);
    let sources = sources(reading);
    page.gap();
    if sources.is_empty() {
        page.block(&[(nobody(notes, reading).into(), BOLD)], "", "");
        return page.out;
    }
    page.heading(&[(format!("Who is who: {}", count(sources.len(), "source")), BOLD)], '─');
    for (n, (entity, said)) in sources.iter().enumerate() {
        if n > 0 {
            page.gap();
        }
        page.source(document, reading, *entity, said);
    }
    page.out
}

/// Sources in order of their first attribution, with the indices of what they said; those whom nobody names last.
fn sources(reading: &Reading) -> Vec<(Option<EntityIx>, Vec<usize>)> {
    let mut out: Vec<(Option<EntityIx>, Vec<usize>)> = Vec::new();
    for (i, a) in reading.attributions.iter().enumerate() {
        let entity = reading.source_entity(a);
        match out.iter_mut().find(|(e, _)| *e == entity) {
            Some((_, said)) => said.push(i),
            None => out.push((entity, vec![i])),
        }
    }
    out.sort_by_key(|(e, _)| e.is_none());
    out
}

impl Page {
    fn source(&mut self, document: &Document, reading: &Reading, entity: Option<EntityIx>, said: &[usize]) {
        let all: Vec<(usize, &Attribution)> =
            said.iter().filter_map(|&i| Some((i, reading.attributions.get(i)?))).collect();
        let entity = entity.and_then(|e| reading.entities.get(e.0 as usize));
        let name = entity.map(|e| one_line(&e.name)).filter(|n| !n.is_empty());
        let mut runs: Vec<Run> = vec![(harmless(name.as_deref().unwrap_or(SOMEBODY)), SOURCE)];
        let mut kinds: Vec<&str> = Vec::new();
        for (_, a) in &all {
            if !kinds.contains(&a.kind.name()) {
                kinds.push(a.kind.name());
            }
        }
        runs.push((format!("\u{a0}· {}", kinds.join(", ")), DIM));
        if let Some(e) = entity {
            let ids =
                [("", &e.links.iso3166), ("wikidata ", &e.links.wikidata), ("geonames ", &e.links.geonames)];
            for (of, id) in ids {
                if let Some(id) = id {
                    runs.push((format!("\u{a0}· {of}{}", harmless(id)), DIM));
                }
            }
        }
        self.block(&runs, "", "  ");
        let aliases = entity.map_or(&[][..], |e| &e.aliases);
        if !aliases.is_empty() {
            let list: Vec<String> = aliases.iter().map(|a| harmless(&one_line(a))).collect();
            self.block(&[("also ".into(), DIM), (list.join(" · "), PLAIN)], "  ", "       ");
        }
        let digits = reading.attributions.len().to_string().len();
        for (i, a) in all {
            let f = facts(document, reading, a);
            let first = format!("  {:>digits$}  ", i + 1);
            let mut runs: Vec<Run> = Vec::new();
            for word in f.stance.into_iter().chain(f.certainty) {
                runs.push((format!("{word}: "), NOTE));
            }
            let lead: usize = runs.iter().map(|(r, _)| columns(r)).sum();
            let room = self.width.saturating_sub(columns(&first) + lead).max(8);
            runs.push((shorten(&one_line(&harmless(&f.content)), room), PLAIN));
            self.block(&runs, &first, &" ".repeat(columns(&first)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::harbour;

    #[test]
    fn each_source_once_with_all_it_says() {
        let m = harbour();
        let page = who(&m.document, &m.reading, &[], &TerminalOptions::default());
        assert!(page.starts_with("The Marrow Bay Courier"), "{page}");
        assert_eq!(page.matches("Odile Brandt").count(), 1, "{page}");
        assert!(page.contains("somebody the text does not name"), "{page}");
        assert!(page.lines().all(|l| columns(l) <= 80), "{page}");
        for n in 1..=m.reading.attributions.len() {
            assert!(page.lines().any(|l| l.trim_start().starts_with(&format!("{n}  "))), "{n}: {page}");
        }
    }
}
