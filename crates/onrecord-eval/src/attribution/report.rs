//! Scores as a person or a program reads them: a text table and JSON, with what was measured stated at the head.
//! Must not know how scores are counted nor where the text goes.

use super::score::score;
use crate::report::{JsonBootstrap, JsonFigure, wrap};
use crate::{Figure, Gold, Row, Scores, System, View, agreement};
use serde::Serialize;
use std::fmt::Write;

/// The measures that a summary shows.
pub const HEADLINE: [&str; 7] = [
    "cue exact",
    "cue overlap",
    "source word",
    "source exact",
    "content word",
    "content exact",
    "attribution overlap",
];

/// What the figures are and are not, one paragraph an item.
const RULES: [&str; 6] = [
    "Words are runs of letters, digits and underscores. Predicted and gold attributions are paired greedily by \
     the number of shared cue words (a prediction without a cue: by shared content words).",
    "\"exact\": the same words. \"overlap\": at least one shared word; for whole attributions in content and in \
     source (or neither has one). \"word\": shared words over all words of that part. \"given cue\": only pairs \
     whose cues share a word.",
    "\"direct\", \"indirect\", \"mixed\": all, none or some of the content's words stand in quotation marks; by \
     the gold's content for recall, by the prediction's for precision.",
    "PolNeAR annotates outermost attributions only (\"No nested attributions\", guidelines p. 23). \"outermost\" \
     counts predictions that lie within no other: it is the headline. \"all\" counts every prediction: one within \
     another can only cost precision there, however right it is. Free speech, which PolNeAR does not annotate \
     either, counts in both.",
    "An article that a system did not read counts with all its gold attributions missed.",
    "\"predicted\" and \"gold\": how many cues, words, parts or attributions precision and recall are shares of. \
     P, R, F1 in percent; in brackets the 95% bootstrap interval over articles.",
];

/// What one run of `onrecord eval attribution` found.
#[derive(Clone, Debug)]
pub struct Report {
    /// The folder's name.
    pub folder: String,
    /// How many annotated articles.
    pub articles: usize,
    /// How many gold attributions.
    pub attributions: usize,
    /// The systems in the order given, then the annotators where several annotated the same article.
    pub systems: Vec<Scores>,
}

/// Scores systems against a gold folder, with the annotators' agreement as the last of them.
pub fn attribution(gold: &Gold, systems: &[System]) -> Report {
    let mut scores: Vec<Scores> = systems.iter().map(|s| score(&gold.articles, s)).collect();
    if let Some((articles, second)) = agreement(&gold.articles) {
        scores.push(score(&articles, &second));
    }
    Report {
        folder: gold.folder.display().to_string(),
        articles: gold.articles.len(),
        attributions: gold.attributions(),
        systems: scores,
    }
}

impl Report {
    /// The paragraphs that say what the figures are.
    pub fn rules() -> &'static [&'static str] {
        &RULES
    }

    /// As text for a terminal: the headline measures in both views, what the figures are, then every measure.
    pub fn text(&self) -> String {
        let mut out = format!(
            "Attribution, measured on {}: {} articles, {} attributions, outermost ones only\n",
            self.folder, self.articles, self.attributions
        );
        for system in &self.systems {
            out.push('\n');
            out.push_str(&system.summary());
        }
        out.push_str("\nWhat the figures are\n\n");
        for rule in RULES {
            wrap(&mut out, rule, 100);
        }
        out.push_str("\nAll measures\n");
        for system in &self.systems {
            out.push('\n');
            out.push_str(&system.text());
        }
        out
    }

    /// As one JSON object, with a line's end.
    pub fn json(&self) -> String {
        let json = Json {
            onrecord: "eval/1",
            suite: "attribution",
            gold: JsonGold { folder: &self.folder, articles: self.articles, attributions: self.attributions },
            views: View::ALL.map(|v| JsonView {
                view: v.name(),
                headline: v == View::Outermost,
                counts: v.counts(),
            }),
            rules: &RULES,
            bootstrap: JsonBootstrap::over("articles"),
            systems: self.systems.iter().map(JsonSystem::from).collect(),
        };
        serde_json::to_string_pretty(&json).unwrap_or_default() + "\n"
    }
}

impl Scores {
    /// What it is and how much it said: one line and, where known, how it was made.
    fn head(&self) -> String {
        let mut out = format!("{}\n", self.name);
        if let Some(command) = &self.command {
            _ = writeln!(out, "made by: {command}");
        }
        let (gold, articles, unread) = (self.attributions, self.articles, self.unread);
        _ = writeln!(out, "{gold} gold attributions in {articles} articles, {unread} of them not read");
        out
    }

    /// The headline measures, F1 with intervals, both views side by side.
    pub fn summary(&self) -> String {
        let mut out = self.head();
        let heads = View::ALL.map(|v| format!("{:>19}", format!("{} F1", v.name()))).concat();
        _ = writeln!(out, "\n  {:22}{heads}", "");
        for measure in HEADLINE {
            let cell = |v| self.row(v, measure).map_or(String::new(), |r| r.f1.brief());
            let cells = View::ALL.map(|v| format!("{:>19}", cell(v))).concat();
            _ = writeln!(out, "  {measure:22}{cells}");
        }
        let counted = View::ALL.map(|v| format!("{:>19}", self.predictions(v))).concat();
        _ = writeln!(out, "  {:22}{counted}", "predictions counted");
        out
    }

    /// All tables of this system as text.
    pub fn text(&self) -> String {
        let mut out = self.head();
        for table in &self.tables {
            let (view, which) = (table.view.name(), table.view.counts());
            _ = writeln!(out, "\n  {view}: {which} ({} predictions)", table.predictions);
            let heads = ["P", "R", "F1"].map(|h| format!("{h:^22}")).concat();
            _ = writeln!(out, "  {:31}{:>9}{:>8}  {}", "", "predicted", "gold", heads.trim_end());
            for row in &table.rows {
                let cells = figures(row).map(|f| format!("{:22}", f.to_string())).concat();
                let (predicted, gold) = (row.predicted, row.gold);
                _ = writeln!(out, "  {:31}{predicted:>9}{gold:>8}  {}", row.measure, cells.trim_end());
            }
        }
        out
    }
}

fn figures(row: &Row) -> [Figure; 3] {
    [row.precision, row.recall, row.f1]
}

#[derive(Serialize)]
struct Json<'a> {
    onrecord: &'a str,
    suite: &'a str,
    gold: JsonGold<'a>,
    views: [JsonView<'a>; 2],
    rules: &'a [&'a str],
    bootstrap: JsonBootstrap,
    systems: Vec<JsonSystem<'a>>,
}

#[derive(Serialize)]
struct JsonGold<'a> {
    folder: &'a str,
    articles: usize,
    attributions: usize,
}

#[derive(Serialize)]
struct JsonView<'a> {
    view: &'a str,
    headline: bool,
    counts: &'a str,
}

#[derive(Serialize)]
struct JsonSystem<'a> {
    name: &'a str,
    command: Option<&'a str>,
    articles: usize,
    attributions: usize,
    unread: usize,
    tables: Vec<JsonTable<'a>>,
}

#[derive(Serialize)]
struct JsonTable<'a> {
    view: &'a str,
    predictions: usize,
    rows: Vec<JsonRow<'a>>,
}

#[derive(Serialize)]
struct JsonRow<'a> {
    measure: &'a str,
    predicted: u64,
    gold: u64,
    precision: JsonFigure,
    recall: JsonFigure,
    f1: JsonFigure,
}

impl<'a> From<&'a Scores> for JsonSystem<'a> {
    fn from(s: &'a Scores) -> Self {
        let tables = s.tables.iter().map(|t| JsonTable {
            view: t.view.name(),
            predictions: t.predictions,
            rows: t.rows.iter().map(JsonRow::from).collect(),
        });
        Self {
            name: &s.name,
            command: s.command.as_deref(),
            articles: s.articles,
            attributions: s.attributions,
            unread: s.unread,
            tables: tables.collect(),
        }
    }
}

impl<'a> From<&'a Row> for JsonRow<'a> {
    fn from(r: &'a Row) -> Self {
        Self {
            measure: r.measure,
            predicted: r.predicted,
            gold: r.gold,
            precision: r.precision.into(),
            recall: r.recall.into(),
            f1: r.f1.into(),
        }
    }
}
