//! Bytes to text, whatever the encoding. Must not know what the text is for.

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use onrecord_text::Note;

/// A byte order mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bom {
    Utf8,
    Utf16Le,
    Utf16Be,
    Utf32Le,
    Utf32Be,
}

/// The byte order mark that these bytes begin with.
pub(crate) fn bom(bytes: &[u8]) -> Option<Bom> {
    const MARKS: &[(&[u8], Bom)] = &[
        (b"\xff\xfe\0\0", Bom::Utf32Le),
        (b"\0\0\xfe\xff", Bom::Utf32Be),
        (b"\xef\xbb\xbf", Bom::Utf8),
        (b"\xff\xfe", Bom::Utf16Le),
        (b"\xfe\xff", Bom::Utf16Be),
    ];
    MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)).map(|&(_, bom)| bom)
}

/// UTF-16 that lost its byte order mark: mostly Latin letters, so every other byte is zero.
pub(crate) fn utf16_without_bom(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096)];
    if sample.len() < 8 {
        return None;
    }
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), sample.len() / 2);
    if odd * 10 >= half * 7 && even * 20 <= half {
        Some(UTF_16LE)
    } else if even * 10 >= half * 7 && odd * 20 <= half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Text from bytes, with a note where the encoding was guessed or something could not be decoded. A UTF-8 byte
/// order mark stays in the text. `declared` is what the input says of itself; valid UTF-8 overrules it.
pub(crate) fn decode(bytes: &[u8], declared: Option<&'static Encoding>) -> (String, Option<Note>) {
    match bom(bytes) {
        Some(Bom::Utf32Le) => return utf32(&bytes[4..], u32::from_le_bytes, "UTF-32LE"),
        Some(Bom::Utf32Be) => return utf32(&bytes[4..], u32::from_be_bytes, "UTF-32BE"),
        Some(Bom::Utf16Le) => return stated(UTF_16LE, &bytes[2..]),
        Some(Bom::Utf16Be) => return stated(UTF_16BE, &bytes[2..]),
        Some(Bom::Utf8) => return stated(UTF_8, bytes),
        None => {}
    }
    if let Some(encoding) = utf16_without_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        return (text.into_owned(), Some(guessed(encoding)));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), None);
    }
    if let Some(encoding) = declared.filter(|&e| e != UTF_8) {
        let (text, bad) = encoding.decode_without_bom_handling(bytes);
        if !bad {
            return (text.into_owned(), None);
        }
    }
    // A few bad bytes in what is UTF-8 otherwise: a cut or a damaged copy, not another encoding.
    let lossy = String::from_utf8_lossy(bytes);
    // Halves of surrogate pairs, encoded as if they were characters, are some programs' UTF-8: three marks each.
    let halves = bytes.windows(3).filter(|w| matches!(w, [0xed, 0xa0..=0xbf, 0x80..=0xbf])).count();
    let bad = lossy.matches('\u{fffd}').count().saturating_sub(3 * halves);
    let good = lossy.chars().filter(|c| !c.is_ascii() && *c != '\u{fffd}').count();
    if good >= 4 * bad {
        let text = lossy.into_owned();
        return (text, Some(replaced(UTF_8.name())));
    }
    let mut detector = EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    (text.into_owned(), Some(guessed(encoding)))
}

/// The beginning of an input, good enough to sniff at.
pub(crate) fn decode_prefix(prefix: &[u8]) -> String {
    match bom(prefix) {
        Some(Bom::Utf32Le | Bom::Utf32Be | Bom::Utf16Le | Bom::Utf16Be) => decode(prefix, None).0,
        _ => match utf16_without_bom(prefix) {
            Some(_) => decode(prefix, None).0,
            None => String::from_utf8_lossy(prefix).into_owned(),
        },
    }
}

/// Whether these bytes are in an encoding whose line ends are not one byte.
pub(crate) fn is_wide(prefix: &[u8]) -> bool {
    matches!(bom(prefix), Some(Bom::Utf16Le | Bom::Utf16Be | Bom::Utf32Le | Bom::Utf32Be))
        || utf16_without_bom(prefix).is_some()
}

fn stated(encoding: &'static Encoding, bytes: &[u8]) -> (String, Option<Note>) {
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    (text.into_owned(), bad.then(|| replaced(encoding.name())))
}

fn utf32(bytes: &[u8], word: fn([u8; 4]) -> u32, name: &str) -> (String, Option<Note>) {
    let mut bad = !bytes.len().is_multiple_of(4);
    let (words, _) = bytes.as_chunks::<4>();
    let text = words
        .iter()
        .map(|&w| {
            char::from_u32(word(w)).unwrap_or_else(|| {
                bad = true;
                '\u{fffd}'
            })
        })
        .collect();
    (text, bad.then(|| replaced(name)))
}

fn guessed(encoding: &'static Encoding) -> Note {
    let text =
        format!("The input is not UTF-8 and does not say what it is; it was read as {}.", encoding.name());
    Note { code: "encoding", text, span: None }
}

fn replaced(name: &str) -> Note {
    let text = format!("Some bytes are not valid {name}; U+FFFD stands in their place.");
    Note { code: "encoding", text, span: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wide(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn encodings() {
        let text = "Željko said: “We won’t go.” It was 5 o’clock.";
        let with = |bom: &[u8], rest: Vec<u8>| [bom, &rest].concat();
        let u32le: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        let u32be: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
        let cases: &[(Vec<u8>, String, bool)] = &[
            (text.into(), text.into(), false),
            (with(b"\xef\xbb\xbf", text.into()), format!("\u{feff}{text}"), false),
            (with(b"\xff\xfe", wide(text, u16::to_le_bytes)), text.into(), false),
            (with(b"\xfe\xff", wide(text, u16::to_be_bytes)), text.into(), false),
            (wide(text, u16::to_le_bytes), text.into(), true),
            (with(b"\xff\xfe\0\0", u32le), text.into(), false),
            (with(b"\0\0\xfe\xff", u32be), text.into(), false),
            (b"caf\xe9 d\xe9j\xe0 vu, \x93no\x94".into(), "café déjà vu, “no”".into(), true),
            (b"\xc5\xbd\xc4\x8d\xc4\x87\xc5\xa1 \xff".into(), "Žčćš \u{fffd}".into(), true),
            (
                b"\xed\xa0\x80 a \xe2\x80\x9cb\xe2\x80\x9d".into(),
                "\u{fffd}\u{fffd}\u{fffd} a “b”".into(),
                true,
            ),
            (b"nul \0 here".into(), "nul \0 here".into(), false),
            (b"\xff\xfe\0\xd8a\0".into(), "\u{fffd}a".into(), true),
            (Vec::new(), String::new(), false),
        ];
        for (bytes, want, note) in cases {
            let (got, n) = decode(bytes, None);
            assert_eq!((&got, n.is_some()), (want, *note), "{n:?}");
        }
    }

    #[test]
    fn declared_encoding_counts_unless_it_is_utf8_after_all() {
        let polish = Encoding::for_label(b"iso-8859-2");
        assert_eq!(decode(b"\xb1\xea", polish), ("ąę".into(), None));
        assert_eq!(decode("ąę".as_bytes(), polish), ("ąę".into(), None));
    }
}
