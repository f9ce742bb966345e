//! Readings drawn under the text: carets below each line, with what they mark. What the guideline and the goldens
//! compare. Must not know where texts come from.

use onrecord::{Attribution, Document, Reading, Source, Span, Stance};

/// A mark: its span and what is written beside it.
struct Mark {
    span: Span,
    label: String,
}

fn marks(reading: &Reading) -> Vec<Mark> {
    let mut out = Vec::new();
    for (i, a) in reading.attributions.iter().enumerate() {
        let n = i + 1;
        if let Some(span) = reading.source_span(a) {
            out.push(Mark { span, label: format!("source {n} {} = {}", a.kind, name(reading, a)) });
        }
        if let Some(span) = a.cue {
            out.push(Mark { span, label: format!("cue {n}") });
        }
        for (k, &span) in a.content.iter().enumerate() {
            let mut label = format!("content {n}");
            if k == 0 {
                label.push_str(&format!(" {}", a.mode));
                if matches!(a.source, Source::Carried(_)) {
                    label.push_str(&format!(", {} {}", a.kind, name(reading, a)));
                }
                if a.source == Source::Missing {
                    label.push_str(", nobody named");
                }
                if a.stance != Stance::Asserts {
                    label.push_str(&format!(", {}", a.stance));
                }
                if a.hedge.is_some() {
                    label.push_str(&format!(", {}", a.certainty));
                }
                if let Some(w) = a.within {
                    label.push_str(&format!(", within {}", w.0 + 1));
                }
            }
            out.push(Mark { span, label });
        }
    }
    out
}

fn name<'r>(reading: &'r Reading, a: &Attribution) -> &'r str {
    reading
        .source_entity(a)
        .and_then(|e| reading.entities.get(e.0 as usize))
        .map_or("nobody", |e| e.name.as_str())
}

/// The text, line by line, each with its marks under it. Columns are code points.
pub fn draw(document: &Document, reading: &Reading) -> String {
    let text = document.text();
    let marks = marks(reading);
    let (mut out, mut at) = (String::new(), 0);
    for line in text.split('\n') {
        out.push_str(line);
        out.push('\n');
        let here = Span::new(at, at + line.len());
        for m in marks.iter().filter(|m| m.span.overlaps(here)) {
            let (start, end) = (m.span.start.max(here.start), m.span.end.min(here.end));
            let column = |b: u32| text[at..b as usize].chars().count();
            out.push_str(&" ".repeat(column(start)));
            out.push_str(&"^".repeat(column(end) - column(start)));
            out.push_str(&format!(" {}\n", m.label));
        }
        at += line.len() + 1;
    }
    out
}

/// Is this line a mark, not text?
#[allow(dead_code)] // golden articles are drawn, not read back
pub fn is_mark(line: &str) -> bool {
    line.trim_start().starts_with('^')
}
