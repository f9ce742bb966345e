//! A user's own file of entities: CSV, or FollowTheMoney entities as JSON lines. Must not know how names are compared.

use onrecord_read::KnownEntity;
use onrecord_text::{EntityKind, EntityLinks};
use serde::Deserialize;

use crate::{Error, ErrorKind};

/// Columns of a CSV file.
const COLUMNS: &str = "name, aliases (between semicolons), kind, wikidata, geonames, iso3166";

/// Reads a file of entities: CSV with a head line (`name` and, as far as wanted, `aliases`, `kind`, `wikidata`,
/// `geonames`, `iso3166`; aliases between semicolons), or FollowTheMoney entities, one JSON object a line. `label` is what
/// errors call it.
///
/// # Errors
///
/// It is neither, is not UTF-8, or a line of it cannot be read: the error names the line.
pub fn known_entities(bytes: &[u8], label: &str) -> Result<Vec<KnownEntity>, Error> {
    let text = std::str::from_utf8(bytes).map_err(|e| {
        malformed(format!("{label} is not UTF-8: byte {}", e.valid_up_to()), "Save it as UTF-8.").caused_by(e)
    })?;
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('{') { ftm(text, label) } else { csv(text, label) }
}

fn malformed(what: String, hint: &str) -> Error {
    Error::new(ErrorKind::Malformed, what).with_hint(hint)
}

fn csv(text: &str, label: &str) -> Result<Vec<KnownEntity>, Error> {
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let bad = |e: csv::Error| {
        let line = e.position().map_or(1, csv::Position::line);
        malformed(format!("{label}, line {line}: {e}"), &format!("Expected CSV with the columns {COLUMNS}."))
    };
    let head = reader.headers().map_err(bad)?.clone();
    let column = |name: &str| head.iter().position(|h| h.eq_ignore_ascii_case(name));
    let Some(name) = column("name") else {
        return Err(malformed(
            format!("{label} has no column called name"),
            &format!(
                "Expected CSV with the columns {COLUMNS}, or FollowTheMoney entities, one JSON object a line."
            ),
        ));
    };
    let (aliases, kind) = (column("aliases").or(column("alias")), column("kind"));
    let ids = [column("wikidata"), column("geonames"), column("iso3166")];
    let mut out = Vec::new();
    for row in reader.records() {
        let row = row.map_err(bad)?;
        let cell = |c: Option<usize>| c.and_then(|c| row.get(c)).filter(|v| !v.is_empty()).map(str::to_owned);
        let mut names: Vec<String> = cell(Some(name)).into_iter().collect();
        names.extend(cell(aliases).iter().flat_map(|a| a.split(';')).map(|a| a.trim().to_owned()));
        names.retain(|n| !n.is_empty());
        let line = row.position().map_or(0, csv::Position::line);
        let kind = match cell(kind) {
            None => None,
            Some(k) => Some(EntityKind::from_name(&k.to_lowercase()).ok_or_else(|| {
                let all: Vec<&str> = EntityKind::ALL.iter().map(|k| k.name()).collect();
                malformed(
                    format!("{label}, line {line}: {k} is no kind"),
                    &format!("Kinds are {}.", all.join(", ")),
                )
            })?),
        };
        if !names.is_empty() {
            let [wikidata, geonames, iso3166] = ids.map(cell);
            out.push(KnownEntity { names, kind, links: EntityLinks { wikidata, geonames, iso3166 } });
        }
    }
    Ok(out)
}

/// What is read of a FollowTheMoney entity (followthemoney.tech).
#[derive(Deserialize)]
struct Ftm {
    #[serde(default)]
    id: String,
    schema: String,
    properties: Properties,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Properties {
    name: Vec<String>,
    alias: Vec<String>,
    weak_alias: Vec<String>,
    previous_name: Vec<String>,
    wikidata_id: Vec<String>,
    geonames_id: Vec<String>,
}

fn ftm(text: &str, label: &str) -> Result<Vec<KnownEntity>, Error> {
    let mut out = Vec::new();
    for (i, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let e: Ftm = serde_json::from_str(line).map_err(|e| {
            malformed(
                format!("{label}, line {}: {e}", i + 1),
                "Expected FollowTheMoney entities, one JSON object a line with id, schema and properties.",
            )
        })?;
        let p = e.properties;
        let names: Vec<String> = [p.name, p.alias, p.previous_name, p.weak_alias].concat();
        let kind = match e.schema.as_str() {
            "Person" => Some(EntityKind::Person),
            "Organization" | "Company" | "PublicBody" | "LegalEntity" => Some(EntityKind::Organisation),
            "Address" | "RealEstate" => Some(EntityKind::Place),
            "Document" => Some(EntityKind::Document),
            _ => None,
        };
        let item = |s: &str| {
            s.strip_prefix('Q').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
        };
        let wikidata = p.wikidata_id.into_iter().next().or_else(|| Some(e.id).filter(|id| item(id)));
        let geonames = p.geonames_id.into_iter().next();
        if !names.is_empty() {
            out.push(KnownEntity { names, kind, links: EntityLinks { wikidata, geonames, iso3166: None } });
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_and_followthemoney() {
        let table = "name,aliases,kind,wikidata\nAda Quill,Quill; A. Quill,person,Q1\n\n\"Nordvik, Ltd\",,organisation,\n";
        let got = known_entities(table.as_bytes(), "f.csv").expect("a table");
        assert_eq!(got[0].names, ["Ada Quill", "Quill", "A. Quill"]);
        assert_eq!(got[0].links.wikidata.as_deref(), Some("Q1"));
        assert_eq!((got[1].names[0].as_str(), got[1].kind), ("Nordvik, Ltd", Some(EntityKind::Organisation)));
        let ftm = r#"{"id":"Q7","schema":"Person","properties":{"name":["Ada Quill"],"alias":["A. Q."]}}"#;
        let got = known_entities(ftm.as_bytes(), "f.json").expect("entities");
        assert_eq!((got[0].names.len(), got[0].links.wikidata.as_deref()), (2, Some("Q7")));
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (given, want) in [
            ("title,wikidata\nx,Q1\n", "f has no column called name"),
            ("name,kind\nAda,human\n", "f, line 2: human is no kind"),
            ("{\"id\":1}\n", "f, line 1: "),
        ] {
            let e = known_entities(given.as_bytes(), "f").expect_err(given);
            assert!(e.to_string().starts_with(want), "{e}");
            assert!(e.hint().is_some());
        }
        assert!(known_entities(&[0xff, 0xfe, 0x00], "f").is_err());
        assert!(known_entities(b"name\n", "f").expect("nobody").is_empty());
    }
}
