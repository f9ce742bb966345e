//! A reading: what a reader found in one document. Inert vectors and indices into them; must not know how it
//! was found nor how it is written out.

use crate::named::named;
use crate::{Note, Span};

/// Index into [`Reading::mentions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MentionIx(pub u32);

/// Index into [`Reading::entities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityIx(pub u32);

/// Index into [`Reading::attributions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AttributionIx(pub u32);

named! {
    /// How the words are given.
    Mode {
        /// The source's own words, in quotation marks or set off.
        Direct => "direct",
        /// Reported in the writer's words.
        Indirect => "indirect",
        /// Reported, with some of the source's own words in quotation marks.
        Mixed => "mixed",
        /// The source's words with neither cue nor quotation marks.
        Free => "free",
    }
}

named! {
    /// What the source does with the content.
    Stance {
        /// Puts it forward.
        Asserts => "asserts",
        /// Says that it is not so.
        Denies => "denies",
        /// Calls it into question.
        Doubts => "doubts",
        /// Asks.
        Questions => "questions",
        /// Will not say, or could not confirm.
        Declines => "declines",
    }
}

named! {
    /// How sure the source is, as conveyed.
    Certainty {
        /// No hedge.
        Certain => "certain",
        /// Believed, likely.
        Probable => "probable",
        /// May, could.
        Possible => "possible",
        /// Allegedly, reportedly: it is not said how sure.
        Unknown => "unknown",
    }
}

named! {
    /// What kind of party a source is.
    SourceKind {
        /// Named, in their own capacity.
        Person => "person",
        /// A holder of an office speaking for a body.
        Office => "office",
        /// A body.
        Organisation => "organisation",
        /// People counted together: residents, analysts, officials.
        Group => "group",
        /// Another medium or agency.
        Outlet => "outlet",
        /// A report, filing, study, statement.
        Document => "document",
        /// Somebody whose name the text withholds.
        Anonymous => "anonymous",
        /// The outlet itself.
        Author => "author",
    }
}

named! {
    /// The form of a mention.
    Form {
        /// A proper name.
        Name => "name",
        /// A common noun phrase: "the president".
        Nominal => "nominal",
        /// A pronoun.
        Pronoun => "pronoun",
    }
}

named! {
    /// What an entity is.
    EntityKind {
        /// One human being.
        Person => "person",
        /// A body.
        Organisation => "organisation",
        /// A medium or agency.
        Outlet => "outlet",
        /// Several people counted together.
        Group => "group",
        /// A place.
        Place => "place",
        /// A report, filing, study, statement.
        Document => "document",
        /// Not told.
        Other => "other",
    }
}

/// A stretch of text that refers to somebody or something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands.
    pub span: Span,
    /// Its form.
    pub form: Form,
    /// Who it refers to.
    pub entity: EntityIx,
}

/// Somebody or something that one document mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// The fullest name in the text, in the text's own words.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// Other wordings in the text, each once, in order of appearance.
    pub aliases: Vec<String>,
    /// Its mentions, in order.
    pub mentions: Vec<MentionIx>,
    /// Who it is elsewhere.
    pub links: EntityLinks,
}

/// An entity's ids in other collections.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntityLinks {
    /// Of Wikidata: `Q159`.
    pub wikidata: Option<String>,
    /// Of GeoNames: `2017370`.
    pub geonames: Option<String>,
    /// Of ISO 3166-1, alpha-2: `RU`.
    pub iso3166: Option<String>,
}

/// Who an attribution is attributed to. Who is not named is news: keep it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A mention in the text.
    Mention(MentionIx),
    /// Nobody stands in this sentence, but the text shows who it is: the speaker goes on.
    Carried(EntityIx),
    /// The text names nobody: a passive without agent.
    Missing,
}

/// One link of an attribution chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The fullest name the text gives.
    pub name: String,
    /// What kind of party.
    pub kind: SourceKind,
    /// Who, where resolved.
    pub entity: Option<EntityIx>,
}

/// What decided, and how sure it was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Why {
    /// The rule or head.
    pub by: &'static str,
    /// From 0 to 1; 1 for a rule.
    pub score: f32,
}

/// One source–cue–content relation in one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Who.
    pub source: Source,
    /// The words that attribute; none in free speech and block forms.
    pub cue: Option<Span>,
    /// What is attributed: several spans where it is interrupted, in order.
    pub content: Vec<Span>,
    /// How the words are given.
    pub mode: Mode,
    /// What the source does with the content.
    pub stance: Stance,
    /// How sure the source is, by the hedge if there is one.
    pub certainty: Certainty,
    /// The words that carry the certainty.
    pub hedge: Option<Span>,
    /// What kind of party the source is.
    pub kind: SourceKind,
    /// The attribution that this one lies within.
    pub within: Option<AttributionIx>,
    /// From just inside the outlet to this source.
    pub chain: Vec<Link>,
    /// What decided.
    pub why: Why,
}

/// What read: code, model and lexicons, by version and hash.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReaderVersion {
    /// The reader's own version.
    pub code: String,
    /// The model's name.
    pub model_name: String,
    /// The model's version.
    pub model_version: String,
    /// SHA-256 of the weights, lower-case hex.
    pub model_sha256: String,
}

/// What a reader found in one document. Attributions are in order of their first byte.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What read.
    pub by: ReaderVersion,
    /// Sentences, in order.
    pub sentences: Vec<Span>,
    /// Mentions, in order.
    pub mentions: Vec<Mention>,
    /// Who is mentioned.
    pub entities: Vec<Entity>,
    /// Who said what.
    pub attributions: Vec<Attribution>,
    /// Trouble and cautions.
    pub notes: Vec<Note>,
}

impl Reading {
    /// The span of an attribution's source, where the text has one.
    pub fn source_span(&self, a: &Attribution) -> Option<Span> {
        match a.source {
            Source::Mention(m) => self.mentions.get(m.0 as usize).map(|m| m.span),
            Source::Carried(_) | Source::Missing => None,
        }
    }

    /// Who an attribution's source is.
    pub fn source_entity(&self, a: &Attribution) -> Option<EntityIx> {
        match a.source {
            Source::Mention(m) => self.mentions.get(m.0 as usize).map(|m| m.entity),
            Source::Carried(e) => Some(e),
            Source::Missing => None,
        }
    }
}
