//! The language of a text: what its letters say, and what it says of itself. Must not know what follows from it.

use onrecord_text::Note;
use whatlang::Lang;

/// Fewest letters that tell a language.
const LETTERS: usize = 40;
/// Most bytes that are looked at.
const SAMPLE: usize = 16 * 1024;

/// A language as `en`, from what an input states: `en`, `en-US`, `en_GB`, `eng`, `English`.
pub(crate) fn stated(words: &str) -> Option<String> {
    let words = words.trim();
    let code = words.split(['-', '_', ',', ';', ' ']).next().unwrap_or("").to_lowercase();
    if code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase()) {
        return Some(code);
    }
    Lang::all()
        .iter()
        .find(|l| l.code() == code || l.eng_name().eq_ignore_ascii_case(words))
        .map(|l| iso1(*l).to_owned())
}

/// The language of a text, given what is stated of it, and a note where it is not English.
pub(crate) fn of(text: &str, stated: Option<String>) -> (String, Option<Note>) {
    match detect(text) {
        Some(Lang::Eng) => ("en".into(), None),
        Some(lang) => {
            let text = format!(
                "The text seems to be {}; onrecord reads English, so nothing was read into it.",
                if lang == Lang::Cmn { "Chinese" } else { lang.eng_name() }
            );
            (iso1(lang).into(), Some(Note { code: "not-english", text, span: None }))
        }
        None => {
            let lang = stated.unwrap_or_else(|| "en".into());
            let note = (lang != "en").then(|| Note {
                code: "not-english",
                text: format!(
                    "The text is said to be {}; onrecord reads English, so nothing was read into it.",
                    Lang::all()
                        .iter()
                        .find(|l| iso1(**l) == lang)
                        .map_or_else(|| format!("in language {lang:?}"), |l| l.eng_name().to_owned())
                ),
                span: None,
            });
            (lang, note)
        }
    }
}

/// The language, where the letters leave no doubt. A text that is English in part is English.
fn detect(text: &str) -> Option<Lang> {
    let text = prefix(text, SAMPLE);
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if letters < LETTERS {
        return None;
    }
    if is_english(text) {
        return Some(Lang::Eng);
    }
    let lang = sure(text)?;
    if lang == Lang::Eng {
        return Some(lang);
    }
    // The quarters of the text agree that it is not English, as far as they tell.
    let mut rest = text;
    while !rest.is_empty() {
        let part = prefix(rest, (text.len() / 4).max(200));
        if is_english(part) || sure(part) == Some(Lang::Eng) {
            return None;
        }
        rest = &rest[part.len()..];
    }
    Some(lang)
}

fn sure(text: &str) -> Option<Lang> {
    whatlang::detect(text).filter(|i| i.is_reliable() && i.confidence() >= 0.9).map(|i| i.lang())
}

/// English by its small words, however many foreign names are in it.
fn is_english(text: &str) -> bool {
    const SMALL: &[&str] =
        &["the", "and", "that", "with", "from", "said", "this", "which", "were", "has", "for", "to"];
    let (mut words, mut small) = (0, 0);
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()) {
        words += 1;
        small += usize::from(SMALL.iter().any(|s| word.eq_ignore_ascii_case(s)));
    }
    words >= 8 && small * 100 >= words * 9
}

/// At most `len` bytes, at least one character.
fn prefix(text: &str, len: usize) -> &str {
    if text.len() <= len {
        return text;
    }
    let end = (len..text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len());
    &text[..end]
}

/// ISO 639-1.
fn iso1(lang: Lang) -> &'static str {
    use Lang::*;
    match lang {
        Epo => "eo",
        Eng => "en",
        Rus => "ru",
        Cmn => "zh",
        Spa => "es",
        Por => "pt",
        Ita => "it",
        Ben => "bn",
        Fra => "fr",
        Deu => "de",
        Ukr => "uk",
        Kat => "ka",
        Ara => "ar",
        Hin => "hi",
        Jpn => "ja",
        Heb => "he",
        Yid => "yi",
        Pol => "pl",
        Amh => "am",
        Jav => "jv",
        Kor => "ko",
        Nob => "nb",
        Dan => "da",
        Swe => "sv",
        Fin => "fi",
        Tur => "tr",
        Nld => "nl",
        Hun => "hu",
        Ces => "cs",
        Ell => "el",
        Bul => "bg",
        Bel => "be",
        Mar => "mr",
        Kan => "kn",
        Ron => "ro",
        Slv => "sl",
        Hrv => "hr",
        Srp => "sr",
        Mkd => "mk",
        Lit => "lt",
        Lav => "lv",
        Est => "et",
        Tam => "ta",
        Vie => "vi",
        Urd => "ur",
        Tha => "th",
        Guj => "gu",
        Uzb => "uz",
        Pan => "pa",
        Aze => "az",
        Ind => "id",
        Tel => "te",
        Pes => "fa",
        Mal => "ml",
        Ori => "or",
        Mya => "my",
        Nep => "ne",
        Sin => "si",
        Khm => "km",
        Tuk => "tk",
        Aka => "ak",
        Zul => "zu",
        Sna => "sn",
        Afr => "af",
        Lat => "la",
        Slk => "sk",
        Cat => "ca",
        Tgl => "tl",
        Hye => "hy",
        Cym => "cy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stated() {
        let cases = [
            ("en", Some("en")),
            ("en-US", Some("en")),
            ("EN_gb", Some("en")),
            ("eng", Some("en")),
            ("deu", Some("de")),
            ("German", Some("de")),
            ("", None),
            ("x", None),
        ];
        for (given, want) in cases {
            assert_eq!(stated(given).as_deref(), want, "{given}");
        }
    }

    #[test]
    fn detected_beats_stated() {
        let german = "Der Bürgermeister sagte am Montag, die Brücke werde bis zum Frühjahr gesperrt bleiben. \
                      Ingenieure hatten im vergangenen Jahr vor Rissen in zwei Pfeilern gewarnt.";
        let english = "The mayor said on Monday that the bridge would stay closed until the spring, after \
                       engineers had found cracks in two of its piers.";
        let cases: &[(String, Option<&str>, &str, bool)] = &[
            (german.into(), Some("en"), "de", true),
            (german.into(), None, "de", true),
            (english.into(), Some("fr"), "en", false),
            ("Мэр заявил в понедельник, что мост будет закрыт до весны из-за трещин.".into(), None, "ru", true),
            ("市长周一表示，由于工程师在两个桥墩上发现裂缝，这座桥将关闭到春天，市民需要绕行，公交车也将改道。".into(), None, "zh", true),
            ("Guten Tag".into(), None, "en", false),
            ("Guten Tag".into(), Some("de"), "de", true),
            ("Guten Tag".into(), Some("tlh"), "tlh", true),
            (String::new(), None, "en", false),
            (format!("{english} {german} {english}"), None, "en", false),
        ];
        for (text, given, lang, note) in cases {
            let (got, n) = of(text, given.map(str::to_owned));
            assert_eq!((got.as_str(), n.is_some()), (*lang, *note), "{text}");
        }
        let note = of(german, None).1.expect("a note");
        assert_eq!(
            note.text,
            "The text seems to be German; onrecord reads English, so nothing was read into it."
        );
    }
}
