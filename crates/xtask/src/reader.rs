//! onrecord's own reader as a system to measure: the way of the product, from a text file's bytes to readings.
//! Must not know what is done with the scores.

use crate::Failure;
use onrecord::ReaderOptions;
use onrecord_eval::{Article, System};
use onrecord_intake::{Format, SourceHint, extract};
use std::ops::ControlFlow;

/// Reads the articles with the model in this repository.
pub fn system(articles: &[Article]) -> Result<System, Failure> {
    let reader = onrecord::reader(ReaderOptions::default()).map_err(|e| e.to_string())?;
    let by = reader.version();
    let hash: String = by.model_sha256.chars().take(12).collect();
    let name =
        format!("onrecord {} (model {} {}, SHA-256 {hash}…)", by.code, by.model_name, by.model_version);

    let documents = articles.iter().map(|a| {
        let hint = SourceHint::new(format!("{}.txt", a.name));
        extract(a.text.as_bytes(), Format::Text, &hint).0
    });
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get());
    let mut readings = Vec::with_capacity(articles.len());
    reader.read_all(documents, threads, |document, reading| {
        readings.push((document, reading));
        ControlFlow::Continue(())
    });
    System::of_readings(name, articles, readings).map_err(|e| e.to_string())
}
