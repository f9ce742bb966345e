//! A user's own entities, from the file to the links of a reading, with the real model.

use onrecord::ReaderOptions;

const TEXT: &str = "The bridge is safe, Ada Quill said on Monday. \"Nobody was hurt,\" she added. \
                    Quill is an engineer at Nordvik.";

fn links(table: &str) -> Vec<(String, Option<String>)> {
    let entities = onrecord::known_entities(table.as_bytes(), "people.csv").expect("a table");
    let reader = onrecord::reader(ReaderOptions { entities, ..ReaderOptions::default() }).expect("a reader");
    let (document, _) =
        onrecord::documents(TEXT.as_bytes(), "a.txt", None).next().expect("one").expect("a document");
    let reading = reader.read(&document);
    reading.entities.iter().map(|e| (e.name.clone(), e.links.wikidata.clone())).collect()
}

#[test]
fn ids_come_out_in_links() {
    let ada = |table: &str| links(table).into_iter().find(|(n, _)| n == "Ada Quill").expect("Ada Quill").1;
    assert_eq!(ada("name,kind,wikidata\nAda Quill,person,Q1\n").as_deref(), Some("Q1"));
    assert_eq!(ada("name,aliases,wikidata\nSomebody,Quill;Ada Quill,Q2\n").as_deref(), Some("Q2"));
    assert_eq!(ada("name,wikidata\nBen Quill,Q3\n"), None);
    // two whom the name fits equally: neither
    assert_eq!(ada("name,wikidata\nAda Quill,Q4\nAda Quill,Q5\n"), None);
}
