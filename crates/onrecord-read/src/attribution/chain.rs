//! The attribution chain: from just inside the outlet to the party on whose word the content rests. Must not know
//! how the links were found.

use onrecord_text::{Attribution, AttributionIx, Entity, Link, Source, SourceKind};

/// The chain of each attribution, from what lies within what.
pub(crate) fn chains(
    text: &str,
    attributions: &[Attribution],
    entities: &[Entity],
    entity_of: impl Fn(&Attribution) -> Option<onrecord_text::EntityIx>,
) -> Vec<Vec<Link>> {
    let link = |a: &Attribution| -> Link {
        let entity = entity_of(a);
        let name = match (entity.and_then(|e| entities.get(e.0 as usize)), a.source) {
            (Some(e), _) => e.name.clone(),
            // nobody is named: the words that report stand for them
            (None, Source::Missing) => a.cue.map_or_else(String::new, |c| c.of(text).to_string()),
            (None, _) => String::new(),
        };
        let kind =
            if entity.is_none() && a.source == Source::Missing { SourceKind::Anonymous } else { a.kind };
        Link { name, kind, entity }
    };
    (0..attributions.len())
        .map(|i| {
            let mut out: Vec<Link> = Vec::new();
            let mut at = Some(AttributionIx(i as u32));
            while let Some(a) = at.and_then(|a| attributions.get(a.0 as usize)) {
                let l = link(a);
                // one who reports himself is one link
                if out.last().is_none_or(|last| last.entity.is_none() || last.entity != l.entity) {
                    out.push(l);
                }
                if out.len() > attributions.len() {
                    break;
                }
                at = a.within;
            }
            out.reverse();
            out
        })
        .collect()
}
