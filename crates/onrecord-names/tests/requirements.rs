//! What the crate is for, as tables: names that must go together, with the reason, and names that must be kept apart.
//! Must not know how names are compared.

use onrecord_names::{Kind, Name, Reason, same};

fn reason(a: &str, b: &str, kind: Kind) -> Option<Reason> {
    let got = same(&Name::new(a, kind), &Name::new(b, kind));
    assert_eq!(got, same(&Name::new(b, kind), &Name::new(a, kind)), "{a} / {b}");
    got
}

#[test]
fn persons_together() {
    use Reason::*;
    for (a, b, want) in [
        ("Anna Smith", "Anna Smith", Identical),
        ("Vesna Radanović", "VESNA RADANOVIC", Folded),
        ("Kim Jong-un", "Kim Jong Un", Folded),
        ("Dr. Anna Smith", "Anna Smith's", Folded),
        ("Putin, Vladimir", "Vladimir Putin", Folded),
        ("President Xi Jinping", "Xi Jinping", Folded),
        ("Volodymyr Zelenskyi", "Volodymyr Zelensky", Transliteration),
        ("Volodymyr Zelenskyy", "Volodymyr Zelenskiy", Transliteration),
        ("Alexander Matsegora", "Aleksandr Matsehora", Transliteration),
        ("Ali Khamenei", "Ayatollah Ali Khamene'i", Folded),
        ("Muammar Qaddafi", "Moammar Gaddafi", Transliteration),
        ("Muammar Gaddafi", "Mouammar Kadhafi", Transliteration),
        ("Yulia Tymoshenko", "Julia Timoshenko", Transliteration),
        ("Mohammed bin Salman", "Mohamed Bin Salman", Transliteration),
        ("Muhammad bin Salman", "Mohammed bin Salman", Transliteration),
        ("Robert Müller", "Robert Mueller", Transliteration),
        ("Владимир Путин", "Vladimir Putin", Folded),
        ("Viktor Orbán", "Orbán Viktor", WordOrder),
        ("Jinping Xi", "Xi Jinping", Folded),
        ("Bill Clinton", "William Clinton", Nickname),
        ("J. Smith", "Jane Smith", Initials),
        ("Joe Biden", "Joe R. Biden", Partial),
        ("Ms Smith", "Jane Smith", Surname),
        ("Kim", "Kim Jong-un", Surname),
        ("al-Assad", "Bashar al-Assad", Surname),
        ("Gaulle", "Charles de Gaulle", Surname),
    ] {
        assert_eq!(reason(a, b, Kind::Person), Some(want), "{a} / {b}");
    }
}

#[test]
fn persons_apart() {
    for (a, b) in [
        ("Alan Johnson", "Alan Johnston"),
        ("Anna Smith", "Bob Smith"),
        ("Kim Jong-un", "Kim Yo-jong"),
        ("Kim Jong-un", "Kim Jong-il"),
        ("George W. Bush", "George H. W. Bush"),
        ("Donald Trump", "Donald Trump Jr."),
        ("Mr Clinton", "Mrs Clinton"),
        ("Mr Smith", "Jane Smith"),
        ("Maria Rossi", "Mario Rossi"),
        ("Smith", ""),
        ("Li Keqiang", "Li Qiang"),
        ("James Thomas", "Thomas James"),
    ] {
        assert_eq!(reason(a, b, Kind::Person), None, "{a} / {b}");
    }
}

#[test]
fn bodies() {
    use Reason::*;
    for (a, b, want) in [
        ("World Health Organization", "the World Health Organisation", Some(Transliteration)),
        ("WHO", "World Health Organization", Some(Acronym)),
        ("Acme Corp.", "Acme", Some(Partial)),
        ("Siemens AG", "Siemens", Some(Partial)),
        ("Iraqi government", "Government of Iraq", Some(WordOrder)),
        ("Bank of England", "Bank of Scotland", None),
        ("Ministry of Defence", "Ministry of Health", None),
        ("WHO", "WTO", None),
        ("Russian Foreign Ministry", "Ukrainian Foreign Ministry", None),
    ] {
        assert_eq!(reason(a, b, Kind::Body), want, "{a} / {b}");
    }
}

#[test]
fn places() {
    for (a, b, together) in [
        ("Kyiv", "Kiev", true),
        ("Donbas", "Donbass", true),
        ("Київ", "Kyiv", true),
        ("U.S.", "United States", true),
        ("Burma", "Myanmar", true),
        ("North Korea", "the DPRK", true),
        ("North Korea", "South Korea", false),
        ("Georgia", "Georgetown", false),
        ("York", "Yorkshire", false),
        ("Republic of the Congo", "DR Congo", false),
        ("Moscow", "Russia", false),
        ("Chengde", "Chengdu", false),
        ("Mexico", "Mexico City", false),
        ("Washington", "Washington, D.C.", true),
    ] {
        for kind in [Kind::Place, Kind::Unknown] {
            assert_eq!(reason(a, b, kind).is_some(), together, "{a} / {b} {kind:?}");
        }
    }
}

#[test]
fn kinds_apart() {
    let (a, b) = (Name::new("Jordan", Kind::Person), Name::new("Jordan", Kind::Place));
    assert_eq!(same(&a, &b), None);
    assert!(same(&a, &Name::new("Jordan", Kind::Unknown)).is_some());
}
