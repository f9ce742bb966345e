//! Tables of phrases with what is to be read in them.

use super::*;

fn read(text: &str) -> Vec<String> {
    let all = quantities(text, &[Span::new(0, text.len())]);
    let show = |v: Option<f64>| v.map(|v| format!("{}", (v * 1e4).round() / 1e4)).unwrap_or_default();
    all.iter()
        .map(|q| {
            let value = match q.value {
                Some(_) => show(q.value),
                None => format!("{}..{}", show(q.low), show(q.high)),
            };
            let near = if q.approximate { "~" } else { "" };
            let of = q.of.map_or("-", |s| s.of(text));
            format!("{}|{near}{value}|{}|{of}", q.span.of(text), q.unit.as_deref().unwrap_or("-"))
        })
        .collect()
}

#[track_caller]
fn check(cases: &[(&str, &[&str])]) {
    let wrong: Vec<_> = cases
        .iter()
        .filter(|(text, want)| read(text) != *want)
        .map(|(t, w)| format!("\n{t}\n  want {w:?}\n  got  {:?}", read(t)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

#[test]
fn words_and_digits() {
    check(&[
        ("Twelve workers left.", &["Twelve workers|12|workers|workers"]),
        ("It sold 1,204 cars.", &["1,204 cars|1204|cars|cars"]),
        (
            "Three hundred and ten new workers came.",
            &["Three hundred and ten new workers|310|workers|new workers"],
        ),
        ("He has 1.5 million followers.", &["1.5 million followers|1500000|followers|followers"]),
        ("Half a million people fled.", &["Half a million people|500000|people|people"]),
        (
            "It cut 1,800 administrative and managerial jobs.",
            &["1,800 administrative and managerial jobs|1800|jobs|administrative and managerial jobs"],
        ),
        ("A dozen soldiers died.", &["A dozen soldiers|12|soldiers|soldiers"]),
        (
            "Two dozen people and half a dozen dogs.",
            &["Two dozen people|24|people|people", "half a dozen dogs|6|dogs|dogs"],
        ),
        ("Nine in ten voters agree.", &["Nine in ten voters|0.9|-|voters"]),
        ("It needs two-thirds of the votes.", &["two-thirds|0.6667|-|votes"]),
        ("A third of voters stayed home.", &["A third|0.3333|-|voters"]),
        ("He ate 3/4 of it.", &["3/4|0.75|-|it"]),
        ("They waited two and a half years.", &["two and a half years|2.5|year|-"]),
        ("A quarter of a million homes burnt.", &["A quarter of a million homes|250000|homes|homes"]),
        (
            "Twenty-five North Korean soldiers died.",
            &["Twenty-five North Korean soldiers|25|soldiers|North Korean soldiers"],
        ),
    ]);
}

#[test]
fn money_and_measures() {
    check(&[
        ("It cost $1.2bn.", &["$1.2bn|1200000000|USD|-"]),
        ("They gave €40m in aid.", &["€40m|40000000|EUR|aid"]),
        ("A sum of £3.4 billion.", &["£3.4 billion|3400000000|GBP|-"]),
        (
            "It pays A$150 million or 20 million Hong Kong dollars.",
            &["A$150 million|150000000|AUD|-", "20 million Hong Kong dollars|20000000|HKD|-"],
        ),
        ("A $US20 billion project.", &["$US20 billion|20000000000|USD|-"]),
        ("One-tenth of an inch.", &["One-tenth of an inch|0.1|in|-"]),
        ("It is 21.7% of Spirit Airlines' income.", &["21.7%|21.7|%|Spirit Airlines' income"]),
        ("It fell €1,5 billion short.", &["€1,5 billion|1500000000|EUR|-"]),
        ("Some 71 per cent of members voted.", &["Some 71 per cent|~71|%|members"]),
        (
            "A 6.2-magnitude quake, then one of magnitude 5.",
            &["6.2-magnitude|6.2|magnitude|-", "5|5|magnitude|-"],
        ),
        ("It was 25°C and 40 km/h winds.", &["25°C|25|°C|-", "40 km/h|40|km/h|-"]),
        ("He is 5ft 7in tall.", &["5ft 7in|5.5833|ft|-"]),
        (
            "Winds of 90 miles per hour for half an hour.",
            &["90 miles per hour|90|mph|-", "half an hour|0.5|h|-"],
        ),
        ("They moved 800 litres of water.", &["800 litres|800|L|water"]),
        ("A 500MW plant on 30 square kilometres.", &["500MW|500|MW|-", "30 square kilometres|30|km2|-"]),
        ("Millions of dollars in taxes.", &["Millions of dollars|~2000000..|USD|taxes"]),
    ]);
}

#[test]
fn approximate_bounded_and_vague() {
    check(&[
        ("About 150 people came.", &["About 150 people|~150|people|people"]),
        ("At least a dozen died.", &["At least a dozen|12..|-|-"]),
        (
            "Up to 20 homes and as many as 40 cars.",
            &["Up to 20 homes|..20|homes|homes", "as many as 40 cars|..40|cars|cars"],
        ),
        (
            "Between 40 and 60 people; 40 to 60 cars; 40–60 dogs.",
            &[
                "Between 40 and 60 people|40..60|people|people",
                "40 to 60 cars|40..60|cars|cars",
                "40–60 dogs|40..60|dogs|dogs",
            ],
        ),
        ("It will cost $50-80 million.", &["$50-80 million|50000000..80000000|USD|-"]),
        (
            "Several thousand troops, dozens of tanks.",
            &["Several thousand troops|~2000..|troops|troops", "dozens of tanks|~24..|tanks|tanks"],
        ),
        ("Hundreds were hurt.", &["Hundreds|~200..|-|-"]),
        ("Tens of thousands of people left.", &["Tens of thousands of people|~20000..|people|people"]),
        (
            "A handful of voters and a couple of dogs.",
            &["A handful of voters|~3..|voters|voters", "a couple of dogs|~2|dogs|dogs"],
        ),
        ("Some 50 or more homes.", &["Some 50 or more homes|~50..|homes|homes"]),
        ("A crowd of 50,000 or so.", &["50,000 or so|~50000|-|-"]),
    ]);
}

#[test]
fn ages_and_compounds() {
    check(&[
        ("A five-year-old boy and a 28 year old.", &["five-year-old|5|year|-", "28 year old|28|year|-"]),
        ("Ada Quill, 34, and a man aged 40 left.", &["34|34|year|-", "40|40|year|-"]),
        ("A three-day strike in a two-storey house.", &["three-day|3|day|-", "two-storey|2|storey|storey"]),
        ("A 10,000-strong crowd.", &["10,000-strong|10000|-|-"]),
    ]);
}

#[test]
fn parts_of_a_group() {
    check(&[
        ("One of the guards fled.", &["One|1|guards|guards"]),
        ("They freed 150 of them.", &["150|150|-|them"]),
        ("One man died; no one was held.", &["One man|1|man|man"]),
        ("13 out of the 66 homes fell.", &["13|13|homes|homes", "66 homes|66|homes|homes"]),
        ("Two other suspected pirates fled.", &["Two other suspected pirates|2|pirates|suspected pirates"]),
        ("One would think one can, as one thinks.", &[]),
    ]);
}

#[test]
fn numbers_that_count_nothing() {
    check(&[
        ("On 7 March 2004, at 7 p.m., Chelsea won 2-1.", &[]),
        ("In the 2005 elections, and on April 24, 2005.", &[]),
        ("Call 1-800-621-3362 at 11:30 GMT or 0930 UTC.", &[]),
        ("A Boeing 737 on Route 66 to the G20, with COVID-19.", &[]),
        ("Channel 4 on Article 5 and sections 153 and 295.", &[]),
        ("The 1980s, the 60's, the 21st century, the twenty-first.", &[]),
        ("From 2100 to 2300 UTC they led 26 to 11 and called 911.", &[]),
        ("1. The first. Flight 447 of lap 12; No. 5.", &[]),
        ("The second half of the game on Network Ten.", &[]),
    ]);
}

#[test]
fn any_text_at_all() {
    let pieces = [
        "half", "a", "of", "-", "3", "1,204", "$", "’", "s", "to", "between", "and", "million", "one",
        "twenty", "½", "/", ".", "€1,5", "°", "é", "年", "\u{a0}", "“", "aged", "hundreds", "in", "out",
        "people", "", "9e999", "5ft", "7in", "couple",
    ];
    let mut state = 7u64;
    for _ in 0..4000 {
        let mut text = String::new();
        for _ in 0..12 {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
            if state >> 62 != 0 {
                text.push(' ');
            }
        }
        let all = quantities(&text, &[Span::new(0, text.len())]);
        assert!(all.windows(2).all(|w| w[0].span.end <= w[1].span.start), "{text}");
        for q in &all {
            assert!(!q.span.of(&text).is_empty(), "{text}");
            assert!([q.value, q.low, q.high].into_iter().flatten().all(f64::is_finite), "{text}");
            assert!(q.value.is_some() || q.low.is_some() || q.high.is_some(), "{text}");
        }
    }
    assert!(quantities("12 men", &[Span::new(3, 900), Span::new(900, 901)]).is_empty());
}

proptest::proptest! {
    #[test]
    fn never_panics(text in "\\PC{0,80}") {
        quantities(&text, &[Span::new(0, text.len())]);
    }
}
