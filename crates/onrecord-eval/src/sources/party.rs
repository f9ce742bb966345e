//! Whether a wording names a gold party: "Ms Prowse" and "Simon Prowse, chief executive"; "the Ministry of Defense
//! of Kazakhstan" and "Kazakhstan's defence ministry". Careful in both directions: a description without a name
//! names nobody, and a country is not its ministry. Must not know of readings' structure beyond an entity's kind.

use super::words::{Word, words};
use onrecord_text::{EntityKind, SourceKind};

/// A gold party that has a name.
#[derive(Clone, Debug)]
pub(super) struct Party {
    /// A human being.
    pub(super) person: bool,
    /// The name's words with those that join them; of a person without titles.
    name: Vec<Word>,
}

/// No human being.
fn is_body(kind: Option<EntityKind>) -> bool {
    use EntityKind as K;
    matches!(kind, Some(K::Organisation | K::Outlet | K::Place | K::Document))
}

impl Party {
    /// The party of that gold name; `None` where the gold describes it and gives no name ("a spokeswoman for
    /// Nordvik").
    pub(super) fn of(name: &str, kind: SourceKind) -> Option<Self> {
        let head = words(name.split(',').next()?);
        let (first, last) = (head.first()?, head.last()?);
        let article = name.starts_with("the ") || name.starts_with("The ");
        match kind {
            SourceKind::Person | SourceKind::Office if !article => {
                let titles = head.iter().take_while(|w| w.title()).count();
                let name = head.get(titles..).filter(|n| !n.is_empty())?;
                (first.capital && last.capital).then(|| Self { person: true, name: name.to_vec() })
            }
            SourceKind::Office | SourceKind::Document | SourceKind::Person => {
                first.capital.then_some(Self { person: false, name: head })
            }
            SourceKind::Organisation | SourceKind::Outlet => {
                head.iter().any(|w| w.capital).then_some(Self { person: false, name: head })
            }
            SourceKind::Group | SourceKind::Anonymous | SourceKind::Author => None,
        }
    }

    /// The name's words without those that join.
    fn content(&self) -> Vec<&Word> {
        self.name.iter().filter(|w| !w.joins()).collect()
    }

    /// Whether the name stands in a text: a person's surname; of a body all the words close together.
    pub(super) fn stands_in(&self, text: &[Word]) -> bool {
        let wanted = self.content();
        if self.person {
            return text
                .iter()
                .any(|w| w.capital && Some(w.lower.as_str()) == wanted.last().map(|l| l.lower.as_str()));
        }
        let width = (self.name.len() + 3).min(text.len());
        text.windows(width.max(1)).any(|some| wanted.iter().all(|w| some.iter().any(|t| t.same(w))))
    }

    /// Whether an entity that goes by these wordings, of that kind, is the party.
    pub(super) fn is(&self, wordings: &[&str], kind: Option<EntityKind>) -> bool {
        let mut short = false;
        for wording in wordings {
            match self.names(wording, kind) {
                Fit::Name => return true,
                Fit::Short => short = true,
                Fit::No => {}
            }
        }
        short && !wordings.iter().any(|w| self.contradicts(w))
    }

    /// Whether a wording names the party, whatever else it says of it.
    pub(super) fn is_named_by(&self, wording: &str) -> bool {
        self.names(wording, None) != Fit::No
    }

    fn names(&self, wording: &str, kind: Option<EntityKind>) -> Fit {
        let pieces = wording.split([',', ';', '(', ')', '–', '—']);
        let fits = pieces.map(|piece| {
            let words = words(piece);
            if self.person { self.person_fits(&words, kind) } else { self.body_fits(&words, kind) }
        });
        fits.max().unwrap_or(Fit::No)
    }

    /// By the surname, with nothing before it but titles and the person's other names; by the first name alone; by
    /// the whole name, where the wording has one more surname.
    fn person_fits(&self, piece: &[Word], kind: Option<EntityKind>) -> Fit {
        let piece: Vec<&Word> = piece.iter().take_while(|w| !w.joins()).collect();
        let ours = self.content();
        let (Some(last), Some(surname)) = (piece.last(), ours.last()) else { return Fit::No };
        let same = |a: &Word, b: &Word| a.lower == b.lower;
        let whole =
            piece.windows(ours.len()).rposition(|some| some.iter().zip(&ours).all(|(a, b)| same(a, b)));
        if ours.len() > 1
            && let Some(at) = whole
            && at + ours.len() < piece.len()
        {
            let more = piece[at + ours.len()..].iter().all(|w| w.capital);
            return if more && !is_body(kind) { Fit::Name } else { Fit::No };
        }
        let alone = piece.len() == 1 && ours.first().is_some_and(|o| same(o, last));
        if !last.capital || !(alone || same(last, surname)) {
            return Fit::No;
        }
        // initials tell nothing
        let mut before = piece[..piece.len() - 1].iter().rev().filter(|w| w.lower.chars().count() > 1);
        let one_of = |w: &Word| ours.iter().any(|o| same(o, w));
        let given = before.next().is_none_or(|w| !w.capital || w.title() || one_of(w));
        // a body of that name is not the person
        if given && (whole.is_some() || !is_body(kind)) { Fit::Name } else { Fit::No }
    }

    fn body_fits(&self, piece: &[Word], kind: Option<EntityKind>) -> Fit {
        let theirs: Vec<&Word> = piece.iter().filter(|w| !w.joins()).collect();
        let ours = self.content();
        let all = |some: &[&Word], of: &[&Word]| some.iter().all(|a| of.iter().any(|b| a.same(b)));
        if theirs.len() == 1 && theirs[0].capitals && theirs[0].lower == self.initials() {
            return Fit::Name;
        }
        let proper = |w: &&Word| w.capital && ours.iter().any(|o| o.capital && o.same(w));
        if theirs.is_empty() || !theirs.iter().any(proper) {
            return Fit::No;
        }
        if all(&theirs, &ours) && all(&ours, &theirs) {
            return Fit::Name;
        }
        if all(&ours, &theirs) {
            // what follows a preposition may be no part of the name
            let cuts = (1..piece.len()).filter(|&i| piece[i].joins());
            let whole = cuts.map(|i| piece[..i].iter().filter(|w| !w.joins()).collect::<Vec<_>>());
            let stands = whole.into_iter().any(|w| all(&w, &ours) && all(&ours, &w));
            return if stands || self.begins_or_ends(piece, kind) { Fit::Name } else { Fit::No };
        }
        if all(&theirs, &ours) { self.shorter(&theirs, &ours) } else { Fit::No }
    }

    /// The name stands at one end of a longer wording, as a name: "Nordvik Cement", "Oslo-based Nordvik"; neither
    /// "Nordvik's lawyers" nor "the mayor of Nordvik"; nor a person of that surname.
    fn begins_or_ends(&self, piece: &[Word], kind: Option<EntityKind>) -> bool {
        let n = self.name.len();
        let same = |some: &[Word]| some.iter().zip(&self.name).all(|(a, b)| a.lower == b.lower);
        let begins = piece.len() > n && same(&piece[..n]) && {
            let (last, next) = (&piece[n - 1], &piece[n]);
            !last.genitive && (next.capital || next.joins())
        };
        let ends = piece.len() > n && same(&piece[piece.len() - n..]) && {
            let before = &piece[piece.len() - n - 1];
            !(before.joins() || before.capital && kind == Some(EntityKind::Person))
        };
        begins || ends
    }

    /// The word that says what the body is: "ministry" of "the Uzbek Ministry of Defence".
    fn head(&self) -> Option<&Word> {
        self.name.iter().take_while(|w| !w.joins()).last()
    }

    fn shorter(&self, theirs: &[&Word], ours: &[&Word]) -> Fit {
        const PLACES: &[&str] = &[
            "city",
            "town",
            "county",
            "state",
            "government",
            "municipality",
            "republic",
            "kingdom",
            "district",
        ];
        let Some(head) = self.head() else { return Fit::No };
        if theirs.iter().any(|w| w.lower == head.lower) {
            return Fit::Short;
        }
        // "Saskatoon" for the City of Saskatoon
        if PLACES.contains(&head.lower.as_str()) && theirs.len() + 1 == ours.len() {
            return Fit::Name;
        }
        // "Elmdon" for Elmdon Airport, where every word is a part of the name
        let starts = theirs.iter().zip(ours).all(|(t, o)| t.lower == o.lower && !o.genitive);
        if starts && ours.iter().all(|w| w.capital) { Fit::Name } else { Fit::No }
    }

    fn initials(&self) -> String {
        self.content().iter().filter(|w| w.capital).filter_map(|w| w.lower.chars().next()).collect()
    }

    /// A wording with the same head and a name that is not the party's: another ministry.
    fn contradicts(&self, wording: &str) -> bool {
        let theirs = words(wording);
        let ours = self.content();
        let strange = |w: &Word| w.capital && !w.joins() && !ours.iter().any(|o| o.same(w));
        self.head().is_some_and(|h| theirs.iter().any(|w| w.same(h))) && theirs.iter().any(strange)
    }
}

/// How well a wording names a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    No,
    /// A part of the name that others may share.
    Short,
    Name,
}

#[cfg(test)]
mod tests {
    use super::*;
    use SourceKind as K;
    use onrecord_text::EntityKind as E;

    #[test]
    fn who_is_meant() {
        type Case<'a> = (&'a str, K, &'a [&'a str], Option<E>, bool);
        let cases: &[Case<'_>] = &[
            ("Ada Quill, harbour master", K::Office, &["Ada Quill"], None, true),
            ("Ada Quill, harbour master", K::Office, &["Ms. Quill"], Some(E::Person), true),
            ("Ada Quill, harbour master", K::Office, &["harbour master Ada Quill"], None, true),
            ("Ada Quill, harbour master", K::Office, &["the harbour master"], None, false),
            ("Ada Quill", K::Person, &["Bo Quill"], None, false),
            ("Ada Quill", K::Person, &["Quill"], Some(E::Organisation), false),
            ("Ada Quill", K::Person, &["Ada M. Quill of Pier Trust"], None, true),
            ("Ada Quill", K::Person, &["Ada"], None, true),
            ("Ada Quill", K::Person, &["Former Ruritanian President Ada Quill Miranda"], None, true),
            ("Ada Quill", K::Person, &["Ada Quill Foundation"], Some(E::Organisation), false),
            ("Ada Quill", K::Person, &["Ada Quill"], Some(E::Organisation), true),
            ("Foreign Minister Ada Quill", K::Office, &["Foreign Minister Quill"], None, true),
            ("Ada Quill", K::Person, &["a friend of Ada Quill"], None, false),
            (
                "Ruritania's defence ministry",
                K::Organisation,
                &["The Ministry of Defense of Ruritania"],
                None,
                true,
            ),
            (
                "Ruritania's defence ministry",
                K::Organisation,
                &["The Ministry of Defense of Ruritania at that hour"],
                None,
                true,
            ),
            ("Ruritania's defence ministry", K::Organisation, &["the defence ministry"], None, false),
            ("Ruritania's defence ministry", K::Organisation, &["Ruritania"], None, false),
            ("the Ruritanian Ministry of Defence", K::Organisation, &["Ministry of Defence"], None, true),
            (
                "the Ruritanian Ministry of Defence",
                K::Organisation,
                &["Ministry of Defence", "the Moravian Ministry of Defence"],
                None,
                false,
            ),
            ("Ruritania", K::Organisation, &["Ruritania's defence ministry"], None, false),
            ("Ruritania", K::Organisation, &["the Ruritanian foreign ministry"], None, false),
            ("the City of Strelsau", K::Organisation, &["Strelsau"], Some(E::Place), true),
            ("the City of Strelsau", K::Organisation, &["the City"], None, true),
            ("the City of Strelsau", K::Organisation, &["the city"], None, false),
            ("Pier Trust", K::Organisation, &["Pier Trust Ltd"], None, true),
            ("Pier", K::Organisation, &["Ada Pier"], Some(E::Person), false),
            ("Pier", K::Organisation, &["Pier Cement"], Some(E::Person), true),
            ("Pier", K::Organisation, &["the chairman of Pier"], None, false),
            ("Pier", K::Organisation, &["Oslo-based Pier"], None, true),
            ("Strelsau Airport", K::Organisation, &["Strelsau"], None, true),
            ("the Quay Workers' Alliance", K::Organisation, &["QWA"], None, true),
            ("the Quay Workers' Alliance", K::Organisation, &["the Alliance"], None, true),
            ("Harbour Times", K::Outlet, &["the Harbour Times"], None, true),
        ];
        for (gold, kind, wordings, entity, want) in cases {
            let party = Party::of(gold, *kind).unwrap_or_else(|| panic!("{gold} has no name"));
            assert_eq!(party.is(wordings, *entity), *want, "{gold}: {wordings:?}");
        }
    }

    #[test]
    fn names_and_descriptions() {
        for (gold, kind, want) in [
            ("a spokeswoman for Pier", K::Office, false),
            ("the owner of Pier Trust", K::Office, false),
            ("the White Keep", K::Office, true),
            ("the museum", K::Organisation, false),
            ("internal memo of the Pier", K::Document, false),
            ("Quill report, 2019", K::Document, true),
            ("an elder", K::Person, false),
            ("officials", K::Group, false),
        ] {
            assert_eq!(Party::of(gold, kind).is_some(), want, "{gold}");
        }
        let party = Party::of("Ruritania's defence ministry", K::Organisation).unwrap();
        assert!(party.stands_in(&words("He said the Ministry of Defense of Ruritania knew.")));
        assert!(
            !party
                .stands_in(&words("The ministry said that in Strelsau. It rains there, as Ruritania knows."))
        );
        let person = Party::of("Ada Quill", K::Person).unwrap();
        assert!(person.stands_in(&words("says Ms Quill")) && !person.stands_in(&words("a quill")));
    }
}
