//! The decision on two names, with its reason. Must not know of more than two.

use crate::country::Country;
use crate::name::{Kind, Name};
use crate::{person, thing};

/// Why two names may be of one party or place; the first ones are the surest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// The very same string.
    Identical,
    /// The same but for case, diacritics, punctuation, titles, "the".
    Folded,
    /// Both name this country.
    Country(&'static Country),
    /// Spellings of one name: Zelensky, Zelenskyy.
    Transliteration,
    /// The same words in another order: Orbán Viktor; Government of Iraq, Iraqi government.
    WordOrder,
    /// A short or pet form of a given name: Bill, William.
    Nickname,
    /// One leaves out what the other has: a middle name, a country, a place after a comma, a legal form, a generic
    /// word.
    Partial,
    /// One has initials for given names.
    Initials,
    /// One is an acronym, or has one: WHO, LA Times.
    Acronym,
    /// One is a family name alone.
    Surname,
}

impl Reason {
    /// Does it hold whatever other names there are? If not, a name may be short for several.
    pub fn sure(self) -> bool {
        self <= Self::WordOrder
    }
}

/// May the two names be of one party or place, and why? `None`: they tell two apart. Symmetric. A reason that is not
/// [`Reason::sure`] holds only where no other name fits as well: [`crate::group()`] sees to that.
///
/// A country's capital, adjective or seat is no name of the country: see [`crate::country()`].
pub fn same(a: &Name, b: &Name) -> Option<Reason> {
    if a.folded.is_empty() || b.folded.is_empty() || !kinds(a.kind(), b.kind()) {
        return None;
    }
    if a.text() == b.text() {
        return Some(Reason::Identical);
    }
    // one order for both ways round: the answer must not hang on it
    let (a, b) = if (a.text(), a.kind()) <= (b.text(), b.kind()) { (a, b) } else { (b, a) };
    let persons = || a.person.as_ref().zip(b.person.as_ref()).map(|(x, y)| person::same(x, y));
    let things = || a.thing.as_ref().zip(b.thing.as_ref()).map(|(x, y)| thing::same(x, y));
    let titled = |n: &Name| n.person.as_ref().is_some_and(|p| p.titled && n.taken == Kind::Person);
    let person = match (a.taken == Kind::Person, b.taken == Kind::Person) {
        (true, true) => true,
        (false, false) => false,
        // one is of no known kind: a title tells, and so does a kind that is known
        _ => titled(a) || titled(b) || a.kind() == Kind::Person || b.kind() == Kind::Person,
    };
    let found = if person { persons().or_else(things) } else { things().or_else(persons) };
    let found = found.flatten();
    // two words of no known kind may be a place's: "Bagdad"
    let unknown = a.kind() == Kind::Unknown && b.kind() == Kind::Unknown;
    found.or_else(|| things().flatten().filter(|r| unknown && person && *r <= Reason::Transliteration))
}

/// May names of these kinds be of one?
fn kinds(a: Kind, b: Kind) -> bool {
    a == Kind::Unknown || b == Kind::Unknown || (a == Kind::Person) == (b == Kind::Person)
}
