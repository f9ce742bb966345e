//! Many names into groups of one party or place each, by shared keys instead of all pairs. Must not know why two names
//! are alike, only how sure it is.

use crate::name::Name;
use crate::person::Person;
use crate::same::same;
use crate::thing::Thing;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Groups of names, and what it took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grouping {
    /// For each name the index of its group; groups are numbered in the order of their first names.
    pub groups: Vec<usize>,
    /// How many groups there are.
    pub count: usize,
    /// How many pairs were compared.
    pub compared: usize,
}

/// Blocks larger than this are not compared pair by pair: such a key tells too little.
const BLOCK: usize = 1_500;
/// Of a group's names, so many must be met before one is let in.
const MEMBERS: usize = 48;

/// Groups names: for each its group's index. The order of the names changes nothing but the numbers.
///
/// Sure reasons join first, and only where no name of the one group tells itself apart from one of the other. Then names
/// that say less (initials, a family name alone, an acronym) join the one group that they fit; where they fit two, none.
pub fn group(names: &[Name]) -> Vec<usize> {
    grouping(names).groups
}

/// As [`group`], with what it took.
pub fn grouping(names: &[Name]) -> Grouping {
    let mut work = Work::new(names);
    work.join_sure();
    work.join_short();
    let mut numbers: HashMap<usize, usize> = HashMap::new();
    let mut groups = Vec::with_capacity(names.len());
    for i in 0..names.len() {
        let root = work.root(work.node_of[i]);
        let next = numbers.len();
        groups.push(*numbers.entry(root).or_insert(next));
    }
    Grouping { groups, count: numbers.len(), compared: work.compared }
}

/// Keys of one name, as hashes of fixed value. Two keys that fall together cost a comparison, no more.
#[derive(Default)]
pub(crate) struct Keys(Vec<u64>);

impl Keys {
    /// A key of that sort.
    pub(crate) fn add(&mut self, sort: char, parts: &[&str]) {
        // FNV-1a
        let mut h = 0xcbf2_9ce4_8422_2325u64;
        let mut eat = |b: u8| h = (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
        eat(sort as u8);
        for p in parts {
            p.bytes().for_each(&mut eat);
            eat(0xff);
        }
        self.0.push(h);
    }
}

/// What takes keys from a person's name, and from another.
pub(crate) type Readers = (fn(&Person, &mut Keys), fn(&Thing, &mut Keys));

/// Names by key.
pub(crate) struct Index {
    all: Vec<(u64, u32)>,
    blocks: HashMap<u64, (u32, u32), BuildHasherDefault<AsIs>>,
}

impl Index {
    pub(crate) fn new(mut all: Vec<(u64, u32)>) -> Self {
        all.sort_unstable();
        all.dedup();
        let mut blocks = HashMap::default();
        let mut from = 0;
        for block in all.chunk_by(|x, y| x.0 == y.0) {
            if block.len() <= BLOCK {
                blocks.insert(block[0].0, (from, block.len() as u32));
            }
            from += block.len() as u32;
        }
        Self { all, blocks }
    }

    pub(crate) fn get(&self, key: u64) -> &[(u64, u32)] {
        let &(from, len) = self.blocks.get(&key).unwrap_or(&(0, 0));
        &self.all[from as usize..(from + len) as usize]
    }
}

/// A key is a hash already.
#[derive(Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|b| self.0 = self.0.rotate_left(8) ^ u64::from(*b));
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// Keys of one name, by its readings.
pub(crate) fn keys(name: &Name, of: Readers) -> Vec<u64> {
    let mut keys = Keys::default();
    if let Some(p) = &name.person {
        of.0(p, &mut keys);
    }
    if let Some(t) = &name.thing {
        of.1(t, &mut keys);
    }
    keys.0.sort_unstable();
    keys.0.dedup();
    keys.0
}

/// How much a name says, by its readings.
fn weight(n: &Name) -> usize {
    n.person.as_ref().map_or(0, Person::weight) + n.thing.as_ref().map_or(0, Thing::weight)
}

struct Work<'n> {
    /// One name for each that differs, sorted: whatever the order of the input.
    nodes: Vec<&'n Name>,
    node_of: Vec<usize>,
    /// How much each says.
    weight: Vec<usize>,
    parent: Vec<usize>,
    /// The nodes of each group, at its root.
    members: Vec<Vec<usize>>,
    compared: usize,
}

impl<'n> Work<'n> {
    fn new(names: &'n [Name]) -> Self {
        let mut order: Vec<usize> = (0..names.len()).collect();
        let key = |i: usize| (names[i].kind(), names[i].text());
        order.sort_by(|&a, &b| key(a).cmp(&key(b)));
        let mut nodes: Vec<&Name> = Vec::new();
        let mut node_of = vec![0; names.len()];
        for i in order {
            let new = nodes.last().is_none_or(|n| (n.kind(), n.text()) != key(i));
            if new {
                nodes.push(&names[i]);
            }
            node_of[i] = nodes.len() - 1;
        }
        let n = nodes.len();
        let weight = nodes.iter().map(|n| weight(n)).collect();
        Self {
            nodes,
            node_of,
            weight,
            parent: (0..n).collect(),
            members: (0..n).map(|i| vec![i]).collect(),
            compared: 0,
        }
    }

    fn root(&self, mut i: usize) -> usize {
        while self.parent[i] != i {
            i = self.parent[i];
        }
        i
    }

    fn union(&mut self, a: usize, b: usize) {
        let (low, high) = (a.min(b), a.max(b));
        self.parent[high] = low;
        let moved = std::mem::take(&mut self.members[high]);
        self.members[low].extend(moved);
    }

    /// How much the fullest name of a group says.
    fn heft(&self, root: usize) -> usize {
        self.members[root].iter().map(|&m| self.weight[m]).max().unwrap_or(0)
    }

    /// Joins what is surely one, block by block.
    fn join_sure(&mut self) {
        let mut all = Vec::new();
        for i in 0..self.nodes.len() {
            all.extend(keys(self.nodes[i], (Person::keys, Thing::keys)).into_iter().map(|k| (k, i as u32)));
        }
        let index = Index::new(all);
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for block in index.all.chunk_by(|x, y| x.0 == y.0).filter(|b| b.len() <= BLOCK) {
            for (k, (_, a)) in block.iter().enumerate() {
                pairs.extend(block[k + 1..].iter().map(|(_, b)| (*a, *b)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut sure: Vec<(crate::Reason, u32, u32)> = Vec::new();
        for (a, b) in pairs {
            self.compared += 1;
            if let Some(r) = same(self.nodes[a as usize], self.nodes[b as usize]).filter(|r| r.sure()) {
                sure.push((r, a, b));
            }
        }
        sure.sort_unstable();
        for (_, a, b) in sure {
            let (a, b) = (self.root(a as usize), self.root(b as usize));
            if a != b && self.at_one(a, b) {
                self.union(a, b);
            }
        }
    }

    /// Does no name of one group tell itself apart from a name of the other?
    fn at_one(&mut self, a: usize, b: usize) -> bool {
        let mut met = false;
        for i in 0..self.members[a].len().min(MEMBERS) {
            for j in 0..self.members[b].len().min(MEMBERS) {
                self.compared += 1;
                let (x, y) = (self.nodes[self.members[a][i]], self.nodes[self.members[b][j]]);
                if same(x, y).is_some() {
                    met = true;
                } else if !x
                    .person
                    .as_ref()
                    .zip(y.person.as_ref())
                    .is_some_and(|(x, y)| crate::person::open(x, y))
                {
                    return false;
                }
            }
        }
        met
    }

    /// Joins groups that say less to the one that they fit, those that say most first.
    fn join_short(&mut self) {
        let mut all = Vec::new();
        for i in 0..self.nodes.len() {
            all.extend(keys(self.nodes[i], (Person::offer, Thing::offer)).into_iter().map(|k| (k, i as u32)));
        }
        let index = Index::new(all);
        let mut roots: Vec<usize> = (0..self.nodes.len()).filter(|&i| self.parent[i] == i).collect();
        roots.sort_by_cached_key(|&r| (Reverse(self.heft(r)), r));
        for r in roots {
            if self.parent[r] != r {
                continue;
            }
            if let Some(to) = self.only_fit(r, &index) {
                self.union(r, to);
            }
        }
    }

    /// The one group that these names fit, if it is one, and if it says as much as they do.
    fn only_fit(&mut self, r: usize, index: &Index) -> Option<usize> {
        let own = self.heft(r);
        let mut near: Vec<usize> = Vec::new();
        for &m in &self.members[r] {
            for k in keys(self.nodes[m], (Person::seek, Thing::seek)) {
                near.extend(index.get(k).iter().map(|(_, i)| self.root(*i as usize)));
            }
        }
        near.sort_unstable();
        near.dedup();
        let mut fit = None;
        for to in near {
            if to == r || self.heft(to) < own || !self.at_one(r, to) {
                continue;
            }
            if fit.is_some() {
                return None;
            }
            fit = Some(to);
        }
        fit
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;

    fn groups(kind: Kind, names: &[&str]) -> Vec<usize> {
        let names: Vec<Name> = names.iter().map(|n| Name::new(n, kind)).collect();
        group(&names)
    }

    #[test]
    fn persons() {
        for (names, want) in [
            (vec!["Anna Smith", "Smith", "Bob Smith"], vec![0, 1, 2]),
            (vec!["Anna Smith", "Smith", "A. Smith"], vec![0, 0, 0]),
            (vec!["George Smith", "G. Smith", "Gary Smith"], vec![0, 1, 2]),
            (vec!["Zelensky", "Volodymyr Zelenskyy", "President Zelenskiy"], vec![0, 0, 0]),
            (vec!["Kim Jong-un", "Kim Jong Un", "Kim Yo-jong", "Kim"], vec![0, 0, 1, 2]),
            (vec!["George W. Bush", "George Bush", "George H. W. Bush"], vec![0, 1, 2]),
            (vec!["Xi Jinping", "Xi", "Jinping Xi"], vec![0, 0, 0]),
            (vec!["Viktor Orbán", "Orbán Viktor", "Orban"], vec![0, 0, 0]),
            (vec!["Mr Jones", "Mrs Jones"], vec![0, 1]),
            (
                vec!["Bill Clinton", "Mrs Clinton", "Hillary Clinton", "Mr Clinton", "Clinton"],
                vec![0, 1, 1, 0, 2],
            ),
            (vec![], vec![]),
            (vec!["", ""], vec![0, 0]),
        ] {
            assert_eq!(groups(Kind::Person, &names), want, "{names:?}");
        }
    }

    #[test]
    fn bodies_and_places() {
        for (names, want) in [
            (vec!["World Health Organization", "WHO", "World Health Organisation"], vec![0, 0, 0]),
            (vec!["Bank of England", "Bank of Scotland"], vec![0, 1]),
            (vec!["the US State Department", "U.S. Department of State", "State Department"], vec![0, 0, 0]),
            (vec!["Iraqi government", "Government of Iraq", "Syrian government"], vec![0, 0, 1]),
            (vec!["United States", "the U.S.", "America", "US"], vec![0, 0, 0, 0]),
            (vec!["Republic of the Congo", "DR Congo", "Congo-Brazzaville"], vec![0, 1, 0]),
            (vec!["North Korea", "South Korea", "the DPRK"], vec![0, 1, 0]),
        ] {
            assert_eq!(groups(Kind::Body, &names), want, "{names:?}");
        }
    }
}
