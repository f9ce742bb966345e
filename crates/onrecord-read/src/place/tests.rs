//! Names of short texts led to places, and odd input. Must not know how candidates are weighed.

use super::*;

/// Names that stand in the text, each at its first place.
fn led(text: &str, names: &[&str]) -> Vec<Place> {
    let names: Vec<PlaceName> = names
        .iter()
        .filter_map(|n| text.find(n).map(|at| PlaceName { span: Span::new(at, at + n.len()), speaks: false }))
        .collect();
    places(text, &names)
}

#[test]
fn context_tells_namesakes_apart() {
    for (text, names, which, country, lat) in [
        ("It rained in Paris.", vec!["Paris"], 0, "FR", 48.85),
        ("It rained in Paris, Texas.", vec!["Paris", "Texas"], 0, "US", 33.66),
        (
            "The mayor of Perth told Scotland's papers in Dundee.",
            vec!["Perth", "Scotland", "Dundee"],
            0,
            "GB",
            56.4,
        ),
        ("Perth and Sydney are in Australia.", vec!["Perth", "Sydney", "Australia"], 0, "AU", -31.95),
        ("Atlanta and Savannah are in Georgia.", vec!["Atlanta", "Savannah", "Georgia"], 2, "US", 32.9),
        ("Tbilisi is the capital of Georgia.", vec!["Tbilisi", "Georgia"], 1, "GE", 42.0),
        ("The U.S. sent aid.", vec!["U.S."], 0, "US", 39.8),
        ("Clinics in Nyanza Province, Kenya, closed.", vec!["Nyanza Province", "Kenya"], 1, "KE", 1.0),
        ("Fighting in northern Iraq went on.", vec!["northern Iraq"], 0, "IQ", 33.0),
        ("Peace in south Sudan in 2005.", vec!["south Sudan"], 0, "SD", 15.0),
        ("Mexico, China, Japan and Brazil report cases.", vec!["China", "Japan", "Mexico"], 1, "CN", 35.0),
        (
            "Cases in Washington, Pennsylvania and California.",
            vec!["Washington", "Pennsylvania", "California"],
            0,
            "US",
            47.4,
        ),
        ("Her mother in Washington, D.C. The woman left.", vec!["Washington"], 0, "US", 38.9),
        ("People fled to Western Darfur.", vec!["Western Darfur"], 0, "SD", 13.0),
        ("A farm in Henan province.", vec!["Henan"], 0, "CN", 33.9),
        ("Poland's Minister of Agriculture spoke.", vec!["Poland's Minister"], 0, "PL", 52.0),
        ("The Rhône-Alpes region is in France.", vec!["Rhône-Alpes", "France"], 0, "FR", 45.4),
        ("They live in Gaza.", vec!["Gaza"], 0, "PS", 31.5),
    ] {
        let found = led(text, &names);
        let place = &found[which];
        assert_eq!(place.country.as_deref(), Some(country), "{text} {place:?}");
        assert!((place.lat - lat).abs() < 1.2, "{text} {place:?}");
    }
}

#[test]
fn what_speaks_is_no_place() {
    let name = |start, end, speaks| PlaceName { span: Span::new(start, end), speaks };
    let text = "Russia said Omsk was safe.";
    let found = places(text, &[name(12, 16, false), name(0, 6, true), name(12, 16, false)]);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].span.of(text), found[0].precision), ("Omsk", PlacePrecision::City));
    assert!(found[0].geonames.is_some());
}

#[test]
fn odd_spans_and_texts() {
    for text in [
        "",
        "é, É",
        "Paris,",
        "Paris,,,, (",
        "Ünye, Türkiye’s",
        "a\u{0}b, C\u{301}",
        ", Of Of of",
        "County County",
    ] {
        let mut names = Vec::new();
        for start in 0..text.len() + 2 {
            for end in start..text.len() + 2 {
                names.push(PlaceName { span: Span::new(start, end), speaks: (start + end) % 3 == 0 });
            }
        }
        let found = places(text, &names);
        assert!(found.iter().all(|p| p.lat.abs() <= 90.0 && p.lon.abs() <= 180.0));
        assert!(found.windows(2).all(|w| w[0].span <= w[1].span));
        let spans: Vec<Span> = names.iter().map(|n| n.span).collect();
        for (bodies, taken) in [(&spans, &vec![]), (&vec![], &spans), (&spans, &spans)] {
            let more = further(text, bodies, &[], taken);
            assert!(more.windows(2).all(|w| w[0].end <= w[1].start), "{text:?} {more:?}");
        }
    }
}
