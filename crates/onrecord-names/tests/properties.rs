//! What holds for any names: no panic, symmetry, reflexivity, groups that no order changes. Must not know how names are
//! compared.

use onrecord_names::{Kind, Name, country, definitions, grouping, same};
use proptest::prelude::*;

fn kinds() -> impl Strategy<Value = Kind> {
    prop_oneof![Just(Kind::Person), Just(Kind::Body), Just(Kind::Place), Just(Kind::Unknown)]
}

/// Names of a few words, so that many are near one another.
fn names() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("Anna"),
        Just("Bob"),
        Just("Robert"),
        Just("A."),
        Just("B"),
        Just("Smith"),
        Just("Smyth"),
        Just("Jones,"),
        Just("Mr"),
        Just("Mrs"),
        Just("President"),
        Just("Jr."),
        Just("II"),
        Just("van"),
        Just("al-Assad"),
        Just("Kim"),
        Just("Jong-un"),
        Just("Zelensky"),
        Just("Zelenskyy"),
        Just("Bank"),
        Just("of"),
        Just("the"),
        Just("England"),
        Just("UK"),
        Just("U.S."),
        Just("Russian"),
        Just("Ministry"),
        Just("Inc."),
        Just("(WHO)"),
        Just("New"),
        Just("York"),
        Just("City"),
        Just("Kyiv"),
        Just("Kiev"),
        Just("ß’s"),
        Just("Київ"),
        Just("“Tex”"),
    ];
    prop::collection::vec(word, 0..5).prop_map(|w| w.join(" "))
}

/// Groups as sets of names, whatever their numbers.
fn partition(names: &[Name]) -> Vec<Vec<String>> {
    let got = grouping(names);
    assert_eq!(got.groups.len(), names.len());
    let mut sets = vec![vec![]; got.count];
    for (n, g) in names.iter().zip(&got.groups) {
        sets[*g].push(format!("{:?} {}", n.kind(), n.text()));
    }
    sets.iter_mut().for_each(|s| s.sort());
    sets.sort();
    sets
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_string_is_read(a in ".{0,60}", b in "\\PC{0,60}", k in kinds()) {
        let (x, y) = (Name::new(&a, k), Name::new(&b, k));
        prop_assert_eq!(same(&x, &y), same(&y, &x));
        prop_assert_eq!(x.text(), a.as_str());
        country(&a);
        for (long, short) in definitions(&format!("{a} ({b}) {a}")) {
            prop_assert!(long.start < long.end && short.start < short.end);
        }
        grouping(&[x, y]);
    }

    #[test]
    fn definitions_lie_in_the_text(t in "[A-Za-zé .,()“’-]{0,120}") {
        for (long, short) in definitions(&t) {
            prop_assert!(t.get(long).is_some() && t.get(short).is_some());
        }
    }

    #[test]
    fn both_ways(a in names(), b in names(), j in kinds(), k in kinds()) {
        let (x, y) = (Name::new(&a, j), Name::new(&b, k));
        prop_assert_eq!(same(&x, &y), same(&y, &x));
        let letters = a.chars().any(char::is_alphanumeric);
        prop_assert_eq!(same(&x, &x).is_some(), letters);
    }

    #[test]
    fn no_order_changes_groups(list in prop::collection::vec((names(), kinds()), 0..14), seed in any::<u64>()) {
        let mut names: Vec<Name> = list.iter().map(|(n, k)| Name::new(n, *k)).collect();
        let want = partition(&names);
        let mut s = seed;
        for i in (1..names.len()).rev() {
            s = s.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            names.swap(i, (s >> 33) as usize % (i + 1));
        }
        prop_assert_eq!(partition(&names), want);
    }

    #[test]
    fn who_are_told_apart_share_a_third(list in prop::collection::vec((names(), kinds()), 0..14)) {
        let names: Vec<Name> = list.iter().map(|(n, k)| Name::new(n, *k)).collect();
        let groups = grouping(&names).groups;
        for (i, x) in names.iter().enumerate() {
            for (j, y) in names.iter().enumerate().filter(|(j, y)| groups[*j] == groups[i] && y.text() != x.text()) {
                let third = |z: &Name| same(x, z).is_some() && same(y, z).is_some();
                let met = (0..names.len()).any(|k| groups[k] == groups[i] && third(&names[k]));
                prop_assert!(met, "{} / {} ({i}, {j})", x.text(), y.text());
            }
        }
    }

    #[test]
    fn a_name_again_is_in_its_group(list in prop::collection::vec(names(), 1..8)) {
        let mut names: Vec<Name> = list.iter().map(|n| Name::new(n, Kind::Unknown)).collect();
        let before = grouping(&names);
        names.push(names[0].clone());
        let after = grouping(&names);
        prop_assert_eq!(&after.groups[..list.len()], &before.groups[..]);
        prop_assert_eq!(after.groups[list.len()], after.groups[0]);
    }
}
