//! Many known names, each somebody's: whose name is this one? Must not know what is known of anybody but names.

use crate::group::{Index, keys};
use crate::name::Name;
use crate::person::Person;
use crate::same::{Reason, same};
use crate::thing::Thing;

/// Known names with their owners, found by shared keys instead of one by one.
pub struct Directory {
    names: Vec<(Name, usize)>,
    /// By what surely equal names share.
    sure: Index,
    /// By what shorter names ask for.
    short: Index,
}

impl Directory {
    /// Of names and the numbers of their owners; one owner may have many names.
    pub fn new(names: Vec<(Name, usize)>) -> Self {
        let index = |of: crate::group::Readers| {
            Index::new(
                names
                    .iter()
                    .enumerate()
                    .flat_map(|(i, (n, _))| keys(n, of).into_iter().map(move |k| (k, i as u32)))
                    .collect(),
            )
        };
        let (sure, short) = (index((Person::keys, Thing::keys)), index((Person::offer, Thing::offer)));
        Self { names, sure, short }
    }

    /// Whose name it is, and why; `None` where it is nobody's, or where two owners' names fit it equally well. A family
    /// name alone is nobody's: who is meant is for the text to say.
    pub fn find(&self, name: &Name) -> Option<(usize, Reason)> {
        let sure = keys(name, (Person::keys, Thing::keys)).into_iter().flat_map(|k| self.sure.get(k));
        let short = keys(name, (Person::seek, Thing::seek)).into_iter().flat_map(|k| self.short.get(k));
        let mut at: Vec<u32> = sure.chain(short).map(|&(_, i)| i).collect();
        at.sort_unstable();
        at.dedup();
        let mut found: Vec<(Reason, usize)> = at
            .into_iter()
            .filter_map(|i| {
                let (known, owner) = self.names.get(i as usize)?;
                Some((same(name, known).filter(|r| *r != Reason::Surname)?, *owner))
            })
            .collect();
        found.sort_unstable();
        let &(reason, owner) = found.first()?;
        // what is sure stands whatever else is like it; what is not must be alone
        let rivals = |r: Reason| if reason.sure() { r == reason } else { true };
        found.iter().all(|&(r, o)| o == owner || !rivals(r)).then_some((owner, reason))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;

    #[test]
    fn names_find_their_owners() {
        let known = [
            ("Volodymyr Zelenskyy", Kind::Person, 0),
            ("Anna Smith", Kind::Person, 1),
            ("Alan Smith", Kind::Person, 2),
            ("World Health Organization", Kind::Body, 3),
        ];
        let directory = Directory::new(known.map(|(n, k, o)| (Name::new(n, k), o)).into());
        let find = |n: &str, k: Kind| directory.find(&Name::new(n, k)).map(|(o, _)| o);
        assert_eq!(find("Volodymyr Zelenskyi", Kind::Person), Some(0));
        assert_eq!(find("A. Smith", Kind::Person), None, "two fit");
        assert_eq!(find("Smith", Kind::Person), None);
        assert_eq!(find("Zelensky", Kind::Person), None, "a family name alone");
        assert_eq!(find("WHO", Kind::Body), Some(3));
        assert_eq!(find("Bob Smith", Kind::Person), None);
        assert_eq!(find("", Kind::Unknown), None);
    }
}
