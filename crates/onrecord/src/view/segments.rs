//! Cuts passages where sources, cues and contents begin and end, so that spans may overlap, cross each other
//! and cross passages. Must not know how a segment is shown.

use onrecord_text::{AttributionIx, Document, Passage, Reading, Role, Span};

/// What a span is in its attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Content,
    Source,
    Cue,
}

/// One span of one attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) span: Span,
    pub(super) part: Part,
    /// Index of the attribution.
    pub(super) of: usize,
    /// The last span of its attribution's content; of the cue where there is no content.
    pub(super) last: bool,
}

/// A stretch of a passage over which nothing begins or ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Segment<'m> {
    pub(super) span: Span,
    /// Marks that lie over it, outermost first.
    pub(super) over: Vec<&'m Mark>,
    /// Those that begin here in this passage, outermost first.
    pub(super) opens: Vec<&'m Mark>,
    /// Those that end here in this passage, innermost first.
    pub(super) closes: Vec<&'m Mark>,
}

impl Segment<'_> {
    pub(super) fn has(&self, part: Part) -> bool {
        self.over.iter().any(|m| m.part == part)
    }

    /// In how many contents it lies.
    pub(super) fn depth(&self) -> usize {
        self.over.iter().filter(|m| m.part == Part::Content).count()
    }
}

/// All marks of a reading, outer ones before inner ones where they begin together.
#[derive(Debug)]
pub(super) struct Marks {
    all: Vec<Mark>,
    /// For each mark how far it or one before it goes: nothing that ends earlier need be looked at.
    furthest: Vec<u32>,
}

impl Marks {
    /// Those that lie over a part of the passage, in order.
    fn over(&self, passage: Span) -> impl Iterator<Item = &Mark> {
        let first = self.furthest.partition_point(|&end| end <= passage.start);
        let last = self.all.partition_point(|m| m.span.start < passage.end).max(first);
        self.all[first..last].iter().filter(move |m| m.span.overlaps(passage))
    }
}

/// The marks of a reading.
pub(super) fn marks(document: &Document, reading: &Reading) -> Marks {
    let text = document.text();
    let there = |s: &Span| !s.of(text).is_empty();
    let mut marks = Vec::new();
    for (of, a) in reading.attributions.iter().enumerate() {
        let first = marks.len();
        let mut add = |span: Option<Span>, part| {
            if let Some(span) = span.filter(there) {
                marks.push(Mark { span, part, of, last: false });
            }
        };
        add(reading.source_span(a), Part::Source);
        add(a.cue, Part::Cue);
        for &span in &a.content {
            add(Some(span), Part::Content);
        }
        let last = marks[first..].iter_mut().max_by_key(|m| (m.part == Part::Content, m.span.end));
        if let Some(last) = last {
            last.last = true;
        }
    }
    marks.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end), m.part, m.of));
    let furthest = marks
        .iter()
        .scan(0, |furthest, m| {
            *furthest = m.span.end.max(*furthest);
            Some(*furthest)
        })
        .collect();
    Marks { all: marks, furthest }
}

/// The passage in segments.
pub(super) fn segments(passage: Span, marks: &Marks) -> Vec<Segment<'_>> {
    let here: Vec<&Mark> = marks.over(passage).collect();
    let start = |m: &Mark| m.span.start.max(passage.start);
    let end = |m: &Mark| m.span.end.min(passage.end);
    let mut cuts: Vec<u32> = here.iter().flat_map(|m| [start(m), end(m)]).collect();
    cuts.extend([passage.start, passage.end]);
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2)
        .map(|w| {
            let span = Span { start: w[0], end: w[1] };
            let over: Vec<&Mark> =
                here.iter().copied().filter(|m| start(m) <= span.start && span.end <= end(m)).collect();
            let opens = over.iter().copied().filter(|m| start(m) == span.start).collect();
            let mut closes: Vec<&Mark> = over.iter().copied().filter(|m| end(m) == span.end).collect();
            closes.reverse();
            Segment { span, over, opens, closes }
        })
        .collect()
}

/// The document's passages; a text that came without any is cut at its blank lines.
pub(super) fn passages(document: &Document) -> Vec<Passage> {
    if !document.passages().is_empty() {
        return document.passages().to_vec();
    }
    let text = document.text();
    let mut at = 0;
    let mut found = Vec::new();
    for block in text.split("\n\n") {
        let span = Span::new(at, at + block.len()).trimmed(text);
        if !span.is_empty() {
            found.push(Passage { role: Role::Paragraph, span });
        }
        at += block.len() + 2;
    }
    found
}

/// Attributions with their depth, each under the one it lies within, else in order. What lies within itself or
/// within nothing that is there stands at the top.
pub(super) fn nested(reading: &Reading) -> Vec<(usize, usize)> {
    let all = &reading.attributions;
    let parent = |i: usize| all[i].within.map(|AttributionIx(p)| p as usize).filter(|&p| p < all.len());
    let mut children = vec![Vec::new(); all.len()];
    let mut tops = Vec::new();
    for i in 0..all.len() {
        let mut up = parent(i);
        let mut steps = 0;
        while let Some(p) = up
            && steps <= all.len()
        {
            up = parent(p);
            steps += 1;
        }
        match parent(i) {
            Some(p) if up.is_none() => children[p].push(i),
            _ => tops.push(i),
        }
    }
    let mut list = Vec::with_capacity(all.len());
    let mut stack: Vec<(usize, usize)> = tops.into_iter().rev().map(|i| (i, 0)).collect();
    while let Some((i, depth)) = stack.pop() {
        list.push((i, depth));
        stack.extend(children[i].iter().rev().map(|&c| (c, depth + 1)));
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{Made, harbour, hostile};

    #[test]
    fn segments_tile_their_passage() {
        for Made { document, reading } in [harbour(), hostile()] {
            let marks = marks(&document, &reading);
            assert_eq!(marks.all.iter().filter(|m| m.last).count(), reading.attributions.len());
            for p in passages(&document) {
                let slowly: Vec<&Mark> = marks.all.iter().filter(|m| m.span.overlaps(p.span)).collect();
                assert_eq!(marks.over(p.span).collect::<Vec<_>>(), slowly);
                let segments = segments(p.span, &marks);
                let words: String = segments.iter().map(|s| s.span.of(document.text())).collect();
                assert_eq!(words, p.span.of(document.text()));
                let (opens, closes) =
                    segments.iter().fold((0, 0), |(o, c), s| (o + s.opens.len(), c + s.closes.len()));
                assert_eq!(opens, closes);
            }
        }
    }

    #[test]
    fn nesting_survives_circles() {
        assert_eq!(nested(&hostile().reading), [(0, 0), (1, 0)]);
        let mut m = harbour();
        assert_eq!(nested(&m.reading)[2..4], [(2, 0), (3, 1)]);
        m.reading.attributions[0].within = Some(AttributionIx(0));
        m.reading.attributions[1].within = Some(AttributionIx(77));
        m.reading.attributions[2].within = Some(AttributionIx(6));
        let list = nested(&m.reading);
        assert_eq!(list.len(), m.reading.attributions.len());
        assert_eq!(list[4..7], [(6, 0), (2, 1), (3, 2)]);
    }
}
