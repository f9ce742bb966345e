//! What there is to say about a document and each attribution, in words. Must not know where it is shown.

use onrecord_text::{Attribution, Certainty, Document, Note, Reading, Role, Source, Stance};

use super::segments::passages;

/// An attribution in words.
pub(super) struct Facts {
    /// The fullest name of who said it.
    pub(super) who: String,
    /// The text's own words for them here, where those differ.
    pub(super) as_called: Option<String>,
    /// Through whom it came, from the nearest outward.
    pub(super) through: Vec<String>,
    /// On whose word the source has it, where it names somebody.
    pub(super) citing: Option<String>,
    /// Kind of source and mode.
    pub(super) tags: Vec<&'static str>,
    /// What the source does with the content, unless it just asserts it.
    pub(super) stance: Option<&'static str>,
    /// How sure, where the text shows it.
    pub(super) certainty: Option<&'static str>,
    /// The words that show it.
    pub(super) hedge: Option<String>,
    /// The content, its pieces joined.
    pub(super) content: String,
}

/// What a source that nothing in the text names is called.
pub(super) const SOMEBODY: &str = "somebody the text does not name";

/// White space of any kind and length becomes one space.
pub(super) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// An attribution in words.
pub(super) fn facts(document: &Document, reading: &Reading, a: &Attribution) -> Facts {
    let text = document.text();
    let words = reading.source_span(a).map(|s| one_line(s.of(text))).filter(|w| !w.is_empty());
    let entity = reading.source_entity(a).and_then(|e| reading.entities.get(e.0 as usize));
    let named = !matches!(a.source, Source::Missing);
    // the link of the chain that the source is: beyond it stands who it cites
    let ix = reading.source_entity(a);
    let at = a
        .chain
        .iter()
        .position(|l| ix.is_some() && l.entity == ix)
        .unwrap_or(a.chain.len().saturating_sub(1));
    let name = a
        .chain
        .get(at)
        .map(|l| l.name.as_str())
        .or(entity.map(|e| e.name.as_str()))
        .map(one_line)
        .filter(|n| named && !n.is_empty());
    let who = match (name, &words) {
        (Some(name), _) => name,
        (None, Some(words)) => words.clone(),
        (None, None) => SOMEBODY.to_owned(),
    };
    let as_called = match a.source {
        Source::Carried(_) => Some("goes on".to_owned()),
        _ => words
            .filter(|w| !w.to_lowercase().contains(&who.to_lowercase()) && !who.contains(w.as_str()))
            .map(|w| format!("“{w}”")),
    };
    let links = &a.chain[..at.min(a.chain.len())];
    let citing =
        a.chain.len().checked_sub(1).filter(|&last| last > at).map(|last| one_line(&a.chain[last].name));
    let unhedged = a.certainty == Certainty::Certain && a.hedge.is_none();
    let pieces: Vec<String> =
        a.content.iter().map(|s| one_line(s.of(text))).filter(|p| !p.is_empty()).collect();
    Facts {
        who,
        as_called,
        through: links.iter().rev().map(|l| one_line(&l.name)).collect(),
        citing: citing.filter(|c| !c.is_empty()),
        tags: vec![a.kind.name(), a.mode.name()],
        stance: (a.stance != Stance::Asserts).then(|| a.stance.name()),
        certainty: (!unhedged).then(|| a.certainty.name()),
        hedge: a.hedge.map(|h| one_line(h.of(text))).filter(|h| !h.is_empty()),
        content: pieces.join(" … "),
    }
}

/// The document's title, unless its text begins with it as a headline.
pub(super) fn title(document: &Document) -> Option<String> {
    let title = document.meta().title.as_deref().map(one_line).filter(|t| !t.is_empty())?;
    let headline = passages(document)
        .iter()
        .any(|p| p.role == Role::Headline && one_line(p.span.of(document.text())) == title);
    (!headline).then_some(title)
}

/// What stands under the title: outlet, date, who wrote it.
pub(super) fn imprint(document: &Document) -> Vec<String> {
    let m = document.meta();
    let date = m.published.as_deref().map(day);
    [m.outlet.as_deref(), date, m.byline.as_deref()]
        .into_iter()
        .flatten()
        .map(one_line)
        .filter(|x| !x.is_empty())
        .collect()
}

/// The day of a date in RFC 3339; anything else as it is.
fn day(published: &str) -> &str {
    match published.split_once(['T', ' ']) {
        Some((day, _)) if day.len() == 10 && day.bytes().all(|b| b.is_ascii_digit() || b == b'-') => day,
        _ => published,
    }
}

/// How many of something: "1 attribution", "2 attributions".
pub(super) fn count(n: usize, thing: &str) -> String {
    if n == 1 { format!("1 {thing}") } else { format!("{n} {thing}s") }
}

/// What is said where there is nothing to say.
pub(super) fn nobody(notes: &[Note], reading: &Reading) -> &'static str {
    if all_notes(notes, reading).any(|n| n.code == "not-english") {
        return "Not read: who says what in it is not known.";
    }
    "Nobody is reported as saying anything in this text."
}

/// Notes of the intake, then the reading's own.
pub(super) fn all_notes<'a>(notes: &'a [Note], reading: &'a Reading) -> impl Iterator<Item = &'a Note> {
    notes.iter().chain(&reading.notes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::harbour;

    #[test]
    fn says_who_through_whom_and_how() {
        let m = harbour();
        let of = |i: usize| facts(&m.document, &m.reading, &m.reading.attributions[i]);
        assert_eq!((of(0).who.as_str(), of(0).as_called.as_deref()), ("Odile Brandt", Some("“mayor”")));
        assert_eq!(of(1).as_called, None, "the name is in the words");
        assert_eq!(
            of(1).content,
            "“Nobody will be able to moor here until spring,” … “We have no other choice.”"
        );
        assert_eq!(of(3).through, ["The Gull"]);
        assert_eq!((of(3).certainty, of(3).hedge.as_deref()), (Some("possible"), Some("may")));
        assert_eq!(of(4).stance, Some("denies"));
        assert_eq!(of(6).as_called.as_deref(), Some("goes on"));
        assert_eq!(of(7).who, "somebody the text does not name");
    }

    #[test]
    fn title_and_imprint() {
        let m = harbour();
        assert_eq!(title(&m.document), None, "the headline says it");
        assert_eq!(imprint(&m.document), ["The Marrow Bay Courier", "2031-04-07", "Tilda Fenn"]);
        assert_eq!(day("2031-04-07T10:00:00Z"), "2031-04-07");
        assert_eq!(day("Monday night"), "Monday night");
    }
}
