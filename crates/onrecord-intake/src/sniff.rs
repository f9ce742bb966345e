//! What some bytes are: which binary format, or which of the formats that are read. Must not know how any of
//! them is read.

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text.
    Text,
    /// A web page.
    Html,
    /// JSON lines; also one JSON object over many lines, or an array of objects.
    JsonLines,
}

/// What an input is that is not text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Binary {
    /// A PDF.
    Pdf,
    /// A picture; which kind.
    Image(&'static str),
    /// A word processor's or office program's file; which kind.
    Office(&'static str),
    /// An archive or a compressed file; which kind.
    Archive(&'static str),
    /// Sound or film; which kind.
    Media(&'static str),
    /// A program.
    Executable(&'static str),
    /// A database or table file; which kind.
    Data(&'static str),
    /// Bytes that are no text in any encoding.
    Other,
}

impl Binary {
    /// In words, with its article.
    pub fn what(self) -> &'static str {
        match self {
            Self::Pdf => "a PDF",
            Self::Image(s)
            | Self::Office(s)
            | Self::Archive(s)
            | Self::Media(s)
            | Self::Executable(s)
            | Self::Data(s) => s,
            Self::Other => "a binary file of an unknown kind",
        }
    }

    /// What to do with it.
    pub fn advice(self) -> &'static str {
        match self {
            Self::Pdf => "extract its text first, e.g. with pdftotext",
            Self::Image(_) => "recognise its text first, e.g. with tesseract",
            Self::Office(_) => "convert it to text first, e.g. with pandoc or LibreOffice",
            Self::Archive(_) => "unpack it first",
            Self::Media(_) => "transcribe it first",
            Self::Executable(_) => "there is no article in it",
            Self::Data(_) => "export its articles as JSON lines first",
            Self::Other => "extract its text first",
        }
    }
}

/// How many bytes [`binary`] and [`format()`] want to see.
pub(crate) const PREFIX: usize = 8192;

/// Magic numbers at the very start.
const MAGIC: &[(&[u8], Binary)] = &[
    (b"%PDF-", Binary::Pdf),
    (b"\x89PNG\r\n\x1a\n", Binary::Image("a PNG image")),
    (b"\xff\xd8\xff", Binary::Image("a JPEG image")),
    (b"GIF87a", Binary::Image("a GIF image")),
    (b"GIF89a", Binary::Image("a GIF image")),
    (b"II*\0", Binary::Image("a TIFF image")),
    (b"MM\0*", Binary::Image("a TIFF image")),
    (b"\0\0\x01\0", Binary::Image("an icon")),
    (b"{\\rtf", Binary::Office("an RTF document")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Binary::Office("an old Microsoft Office document")),
    (b"7z\xbc\xaf\x27\x1c", Binary::Archive("a 7z archive")),
    (b"Rar!\x1a\x07", Binary::Archive("a RAR archive")),
    (b"\xfd7zXZ\0", Binary::Archive("an xz-compressed file")),
    (b"\x28\xb5\x2f\xfd", Binary::Archive("a zstd-compressed file")),
    (b"BZh91AY&SY", Binary::Archive("a bzip2-compressed file")),
    (b"OggS\0", Binary::Media("an Ogg recording")),
    (b"ID3\x02", Binary::Media("an MP3 recording")),
    (b"ID3\x03", Binary::Media("an MP3 recording")),
    (b"ID3\x04", Binary::Media("an MP3 recording")),
    (b"\x1aE\xdf\xa3", Binary::Media("a Matroska or WebM film")),
    (b"\x7fELF", Binary::Executable("an executable")),
    (b"\xfe\xed\xfa\xce", Binary::Executable("an executable")),
    (b"\xfe\xed\xfa\xcf", Binary::Executable("an executable")),
    (b"\xce\xfa\xed\xfe", Binary::Executable("an executable")),
    (b"\xcf\xfa\xed\xfe", Binary::Executable("an executable")),
    (b"\xca\xfe\xba\xbe", Binary::Executable("an executable")),
    (b"\0asm", Binary::Executable("a WebAssembly program")),
    (b"SQLite format 3\0", Binary::Data("an SQLite database")),
    (b"PAR1", Binary::Data("a Parquet file")),
    (b"ARROW1\0", Binary::Data("an Arrow file")),
];

/// What kind of binary file begins so, if it is one. `forced` is true where somebody has said that it is text:
/// then only an unmistakable magic number speaks against it.
pub(crate) fn binary(prefix: &[u8], forced: bool) -> Option<Binary> {
    if let Some(&(_, kind)) = MAGIC.iter().find(|(magic, _)| prefix.starts_with(magic)) {
        return Some(kind);
    }
    if prefix.starts_with(b"PK\x03\x04") || prefix.starts_with(b"PK\x05\x06") {
        return Some(zip(prefix));
    }
    if let (Some(b"RIFF"), Some(inner)) = (prefix.get(..4), prefix.get(8..12)) {
        match inner {
            b"WEBP" => return Some(Binary::Image("a WebP image")),
            b"WAVE" => return Some(Binary::Media("a WAV recording")),
            b"AVI " => return Some(Binary::Media("an AVI film")),
            _ => {}
        }
    }
    if let Some([b'f', b't', b'y', b'p', brand @ ..]) = prefix.get(4..12) {
        let still = matches!(brand, b"avif" | b"heic" | b"heix" | b"mif1");
        return Some(if still { Binary::Image("a HEIF image") } else { Binary::Media("an MP4 film") });
    }
    if prefix.starts_with(b"MZ") && prefix.contains(&0) {
        return Some(Binary::Executable("a Windows executable"));
    }
    let tar = prefix.get(257..262) == Some(b"ustar");
    if tar {
        return Some(Binary::Archive("a tar archive"));
    }
    if forced
        || crate::encoding::bom(prefix).is_some()
        || crate::encoding::utf16_without_bom(prefix).is_some()
    {
        return None;
    }
    // Control characters that no text has, beyond the odd stray one.
    let odd = prefix.iter().filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31 | 127)).count();
    (odd * 10 > prefix.len()).then_some(Binary::Other)
}

/// Which kind of zip file: office documents name themselves by their first members.
fn zip(prefix: &[u8]) -> Binary {
    let has = |needle: &[u8]| prefix.windows(needle.len()).any(|w| w == needle);
    if has(b"word/") {
        Binary::Office("a Word document (docx)")
    } else if has(b"xl/") {
        Binary::Office("an Excel workbook (xlsx)")
    } else if has(b"ppt/") {
        Binary::Office("a PowerPoint presentation (pptx)")
    } else if has(b"[Content_Types].xml") {
        Binary::Office("an Office document (docx, xlsx or pptx)")
    } else if has(b"application/vnd.oasis.opendocument") {
        Binary::Office("an OpenDocument file")
    } else if has(b"application/epub+zip") {
        Binary::Office("an EPUB book")
    } else {
        Binary::Archive("a zip archive")
    }
}

/// The format of an input, by its name and then by how it begins.
pub(crate) fn format(name: &str, prefix: &[u8]) -> Format {
    let name = name.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    match name.rsplit_once('.').map(|(_, e)| e) {
        Some("html" | "htm" | "xhtml" | "shtml") => Format::Html,
        Some("jsonl" | "ndjson" | "json" | "jl") => Format::JsonLines,
        Some("txt" | "text" | "md") => Format::Text,
        _ => by_content(&crate::encoding::decode_prefix(prefix)),
    }
}

fn by_content(prefix: &str) -> Format {
    let start = prefix.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if let Some(rest) = start.strip_prefix('{')
        && rest.trim_start().starts_with(['"', '}'])
    {
        return Format::JsonLines;
    }
    if let Some(rest) = start.strip_prefix('[')
        && rest.trim_start().starts_with(['{', ']'])
    {
        return Format::JsonLines;
    }
    if start.starts_with('<') {
        let lower = start.to_ascii_lowercase();
        const OPENINGS: &[&str] = &["<!doctype html", "<html", "<head", "<body"];
        const INSIDE: &[&str] =
            &["<html", "<body", "<head>", "<p>", "<p ", "<div", "<article", "<meta ", "<h1", "<span", "<br"];
        if OPENINGS.iter().chain(INSIDE).any(|o| lower.contains(o)) {
            return Format::Html;
        }
    }
    Format::Text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binaries_are_named() {
        let cases: &[(&[u8], &str)] = &[
            (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
            (b"\x89PNG\r\n\x1a\n....", "a PNG image"),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG image"),
            (b"GIF89a\x01\0", "a GIF image"),
            (b"RIFF\x24\0\0\0WEBPVP8 ", "a WebP image"),
            (b"II*\0\x08\0\0\0", "a TIFF image"),
            (b"PK\x03\x04........[Content_Types].xml...word/document.xml", "a Word document (docx)"),
            (b"PK\x03\x04....a.txt", "a zip archive"),
            (b"\x7fELF\x02\x01\x01", "an executable"),
            (b"MZ\x90\0\x03", "a Windows executable"),
            (b"\0\x01\x02\x03\x04abc\x05\x06\x07", "a binary file of an unknown kind"),
            (b"\0\0\0\x20ftypisom", "an MP4 film"),
        ];
        for (bytes, what) in cases {
            assert_eq!(binary(bytes, false).map(Binary::what), Some(*what));
        }
    }

    #[test]
    fn text_is_text() {
        let cases: &[&[u8]] = &[
            b"",
            b"MZ, he said",
            b"plain",
            b"a lone \0 NUL in a longer line of text",
            b"\xff\xfeh\0i\0",
            b"h\0e\0l\0l\0o\0 \0t\0h\0e\0r\0e\0",
            "BM and PK are initials; žluťoučký".as_bytes(),
            b"\xe9t\xe9",
        ];
        for bytes in cases {
            assert_eq!(binary(bytes, false), None, "{bytes:?}");
        }
        assert_eq!(binary(b"\0\x01\x02", true), None, "somebody said so");
        assert_eq!(binary(b"%PDF-1.4", true), Some(Binary::Pdf), "a PDF all the same");
    }

    #[test]
    fn formats_by_name_then_content() {
        let cases: &[(&str, &str, Format)] = &[
            ("a.html", "{}", Format::Html),
            ("a.HTM.gz", "x", Format::Html),
            ("news.jsonl.gz", "", Format::JsonLines),
            ("a.txt", "<html>", Format::Text),
            ("-", "  <!DOCTYPE html><p>x", Format::Html),
            ("-", "<!-- c -->\n<div class=a>x</div>", Format::Html),
            ("-", "<3 you all", Format::Text),
            ("-", "\u{feff}{\"id\": 1}", Format::JsonLines),
            ("-", "[\n {\"id\": 1}]", Format::JsonLines),
            ("-", "[1] A footnote", Format::Text),
            ("-", "{sic} he wrote", Format::Text),
            ("https://a.example/story", "Hello", Format::Text),
        ];
        for (name, content, want) in cases {
            assert_eq!(format(name, content.as_bytes()), *want, "{name} {content}");
        }
        assert_eq!(format("-", b"\xff\xfe{\0\"\0i\0d\0\"\0:\x001\0}\0"), Format::JsonLines);
    }
}
