//! An invented article and its reading, made by hand, for the tests of this crate.

use onrecord_text::*;

/// Builds a reading by naming words of the text.
pub(crate) struct Made {
    pub(crate) document: Document,
    pub(crate) reading: Reading,
}

impl Made {
    pub(crate) fn new(meta: Meta, blocks: &[(Role, &str)]) -> Self {
        let mut text = String::new();
        let mut passages = Vec::new();
        for (role, words) in blocks {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            let start = text.len();
            text.push_str(words);
            passages.push(Passage { role: *role, span: Span::new(start, text.len()) });
        }
        let by = ReaderVersion {
            code: "0.1.0".into(),
            model_name: "hand".into(),
            model_version: "1.0".into(),
            model_sha256: "00ff".repeat(16),
        };
        let sentences = passages.iter().map(|p| p.span).collect();
        let document = Document::new(meta, text, passages);
        let reading = Reading {
            by,
            sentences,
            mentions: vec![],
            entities: vec![],
            attributions: vec![],
            notes: vec![],
        };
        Self { document, reading }
    }

    /// The only place of `words`. `a…b` runs from the one to the other; of `a|b` only `b` is meant.
    pub(crate) fn at(&self, words: &str) -> Span {
        let text = self.document.text();
        let (before, words) = words.split_once('|').unwrap_or(("", words));
        let (from, to) = words.split_once('…').unwrap_or((words, ""));
        let found: Vec<_> = text.match_indices(&format!("{before}{from}")).collect();
        assert_eq!(found.len(), 1, "places of {words:?}");
        let start = found[0].0 + before.len();
        let mut end = start + from.len();
        if !to.is_empty() {
            end += text[end..].find(to).unwrap_or_else(|| panic!("{to:?} is not there")) + to.len();
        }
        Span::new(start, end)
    }

    pub(crate) fn entity(&mut self, name: &str, kind: EntityKind) -> EntityIx {
        self.reading.entities.push(Entity {
            name: name.into(),
            kind,
            aliases: vec![],
            mentions: vec![],
            links: EntityLinks::default(),
        });
        EntityIx(self.reading.entities.len() as u32 - 1)
    }

    pub(crate) fn mention(&mut self, words: &str, form: Form, entity: EntityIx) -> MentionIx {
        let span = self.at(words);
        let ix = MentionIx(self.reading.mentions.len() as u32);
        self.reading.mentions.push(Mention { span, form, entity });
        self.reading.entities[entity.0 as usize].mentions.push(ix);
        ix
    }

    pub(crate) fn says(
        &mut self,
        source: Source,
        kind: SourceKind,
        cue: &str,
        content: &[&str],
        mode: Mode,
    ) -> &mut Attribution {
        let cue = (!cue.is_empty()).then(|| self.at(cue));
        let content = content.iter().map(|c| self.at(c)).collect();
        let name = match source {
            Source::Mention(m) => Some(self.reading.mentions[m.0 as usize].entity),
            Source::Carried(e) => Some(e),
            Source::Missing => None,
        };
        let chain = name
            .map(|e| Link { name: self.reading.entities[e.0 as usize].name.clone(), kind, entity: Some(e) })
            .into_iter()
            .collect();
        self.reading.attributions.push(Attribution {
            source,
            cue,
            content,
            mode,
            stance: Stance::Asserts,
            certainty: Certainty::Certain,
            hedge: None,
            kind,
            within: None,
            chain,
            why: Why { by: "cue head", score: 0.987_65 },
        });
        self.reading.attributions.last_mut().expect("just pushed")
    }
}

/// Every form there is, in one short article.
pub(crate) fn harbour() -> Made {
    let meta = Meta {
        id: "harbour-1".into(),
        url: Some("https://courier.example/harbour?a=1&b=2".into()),
        outlet: Some("The Marrow Bay Courier".into()),
        title: Some("Harbour to close for a year, mayor says".into()),
        byline: Some("Tilda Fenn".into()),
        published: Some("2031-04-07".into()),
        lang: Some("en".into()),
    };
    let mut m = Made::new(
        meta,
        &[
            (Role::Headline, "Harbour to close for a year, mayor says"),
            (
                Role::Paragraph,
                "“Nobody will be able to moor here until spring,” Mayor Odile Brandt told reporters on Monday. “We have no other choice.”",
            ),
            (
                Role::Paragraph,
                "The Gull, a local weekly, reported that an engineer who asked not to be named had warned that the north pier “may give way” at the next storm.",
            ),
            (Role::Subheading, "Costs in doubt"),
            (
                Role::Paragraph,
                "Fishermen’s leader Zoë Çelik denied that her members had agreed to the plan. “They came to us at night,” she said.",
            ),
            (Role::BlockQuotation, "They left before dawn. We never signed anything, and we never will."),
            (Role::ListItem, "The repairs are expected to cost 12 million crowns."),
        ],
    );
    let mayor = m.entity("Odile Brandt", EntityKind::Person);
    let gull = m.entity("The Gull", EntityKind::Outlet);
    let engineer = m.entity("an engineer who asked not to be named", EntityKind::Person);
    let celik = m.entity("Zoë Çelik", EntityKind::Person);

    let x = Source::Mention(m.mention("year, |mayor", Form::Nominal, mayor));
    m.says(x, SourceKind::Office, "says", &["Harbour to close for a year"], Mode::Indirect);
    let x = Source::Mention(m.mention("Mayor Odile Brandt", Form::Name, mayor));
    m.says(
        x,
        SourceKind::Office,
        "told reporters",
        &["“Nobody will be…spring,”", "“We have no other choice.”"],
        Mode::Direct,
    );
    let x = Source::Mention(m.mention("The Gull", Form::Name, gull));
    m.says(x, SourceKind::Outlet, "reported", &["that an engineer…storm"], Mode::Indirect);
    let x = Source::Mention(m.mention("an engineer who asked not to be named", Form::Nominal, engineer));
    let hedge = m.at("“|may");
    let through = Link { name: "The Gull".into(), kind: SourceKind::Outlet, entity: Some(gull) };
    let a = m.says(x, SourceKind::Anonymous, "had warned", &["that the north…storm"], Mode::Mixed);
    a.within = Some(AttributionIx(2));
    a.certainty = Certainty::Possible;
    a.hedge = Some(hedge);
    a.chain.insert(0, through);
    let x = Source::Mention(m.mention("Fishermen’s leader Zoë Çelik", Form::Name, celik));
    m.says(x, SourceKind::Office, "denied", &["that her members had agreed to the plan"], Mode::Indirect)
        .stance = Stance::Denies;
    let x = Source::Mention(m.mention("night,” |she", Form::Pronoun, celik));
    m.says(x, SourceKind::Person, "she |said", &["“They came…night,”"], Mode::Direct);
    let x = Source::Carried(celik);
    m.says(x, SourceKind::Person, "", &["They left…will."], Mode::Free);
    let a = m.says(
        Source::Missing,
        SourceKind::Anonymous,
        "are expected",
        &["to cost 12 million crowns"],
        Mode::Indirect,
    );
    a.certainty = Certainty::Probable;
    m
}

/// Content that crosses passages, spans that cross each other, an attribution within itself, and a text that
/// would like to be markup or to steer a terminal.
pub(crate) fn hostile() -> Made {
    let meta = Meta {
        id: "x".into(),
        title: Some("</title><script>alert(1)</script>\u{1b}[31m".into()),
        url: Some("javascript:alert(1)".into()),
        lang: Some("en\" onload=\"x".into()),
        ..Meta::default()
    };
    let mut m = Made::new(
        meta,
        &[
            (Role::Paragraph, "<img src=x onerror=alert(1)> & \u{1b}[2J\u{7}\u{9b}31m “it is & <b>so</b>"),
            (Role::Paragraph, "and \u{202e}so on\u{0} 日本語の話 👩‍👩‍👧 naïve”, O'Neil \"Z\" said"),
        ],
    );
    let e = m.entity("O'Neil \"Z\" <i>", EntityKind::Person);
    let x = Source::Mention(m.mention("O'Neil \"Z\"", Form::Name, e));
    m.says(x, SourceKind::Person, "\" |said", &["“it is…naïve”"], Mode::Direct).within =
        Some(AttributionIx(1));
    m.says(Source::Missing, SourceKind::Anonymous, "so</b>", &["src=x…it is"], Mode::Free).within =
        Some(AttributionIx(0));
    m.reading.notes.push(Note { code: "odd", text: "a <note>\u{1b}[1m".into(), span: None });
    m
}

/// Compares with a committed file; a run that differs writes the new file beside the build and fails. With
/// `ONRECORD_BLESS=1` it writes the committed file instead.
pub(crate) fn golden(name: &str, want: &str, got: &str) {
    if want == got {
        return;
    }
    let committed = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("ONRECORD_BLESS").is_some() {
        std::fs::write(committed, got).unwrap();
        return;
    }
    let new = std::env::temp_dir().join(format!("onrecord-golden-{name}"));
    std::fs::write(&new, got).unwrap();
    panic!(
        "{name} changed: compare {} with {}, then run with ONRECORD_BLESS=1",
        committed.display(),
        new.display()
    );
}
