//! What is scored: source, cue and content as stretches of code points, from gold, a reading or a rival alike.
//! Must not know where they came from.

use onrecord_text::{Document, Reading, Span};

/// A half-open stretch of Unicode code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Chars {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

impl Chars {
    /// The stretch `start..end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
}

/// One source–cue–content relation. A part that is absent is empty; one that is interrupted has several stretches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Triple {
    /// Who.
    pub source: Vec<Chars>,
    /// The words that attribute.
    pub cue: Vec<Chars>,
    /// What is attributed.
    pub content: Vec<Chars>,
    /// It lies within another attribution of the same reading.
    pub within: bool,
}

impl Triple {
    /// The attributions of a reading of `document`, in its order.
    pub fn of_reading(document: &Document, reading: &Reading) -> Vec<Self> {
        let chars = |s: Span| {
            let (start, end) = document.chars(s);
            Chars { start, end }
        };
        reading
            .attributions
            .iter()
            .map(|a| Self {
                source: reading.source_span(a).map(chars).into_iter().collect(),
                cue: a.cue.map(chars).into_iter().collect(),
                content: a.content.iter().copied().map(chars).collect(),
                within: a.within.is_some(),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_text::{
        Attribution, AttributionIx, Certainty, EntityIx, Form, Mention, MentionIx, Meta, Mode, ReaderVersion,
        Source, SourceKind, Stance, Why,
    };

    #[test]
    fn a_reading_in_code_points() {
        let text = "Zoë said: “No.”";
        let document = Document::new(Meta::default(), text.into(), vec![]);
        let span = |s: &str| {
            let at = text.find(s).unwrap_or(0);
            Span::new(at, at + s.len())
        };
        let said = Attribution {
            source: Source::Mention(MentionIx(0)),
            cue: Some(span("said")),
            content: vec![span("No.")],
            mode: Mode::Direct,
            stance: Stance::Asserts,
            certainty: Certainty::Certain,
            hedge: None,
            kind: SourceKind::Person,
            within: None,
            chain: vec![],
            why: Why { by: "test", score: 1.0 },
        };
        let free = Attribution {
            source: Source::Carried(EntityIx(0)),
            cue: None,
            within: Some(AttributionIx(0)),
            ..said.clone()
        };
        let reading = Reading {
            by: ReaderVersion {
                code: String::new(),
                model_name: String::new(),
                model_version: String::new(),
                model_sha256: String::new(),
            },
            sentences: vec![],
            mentions: vec![Mention { span: span("Zoë"), form: Form::Name, entity: EntityIx(0) }],
            entities: vec![],
            attributions: vec![said, free],
            notes: vec![],
        };
        let c = Chars::new;
        assert_eq!(
            Triple::of_reading(&document, &reading),
            [
                Triple { source: vec![c(0, 3)], cue: vec![c(4, 8)], content: vec![c(11, 14)], within: false },
                Triple { source: vec![], cue: vec![], content: vec![c(11, 14)], within: true },
            ]
        );
    }
}
