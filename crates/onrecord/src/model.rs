//! The embedded model: its papers, and a reader made of it. Must not know of files.

use onrecord_read::{Model, Reader, ReaderOptions};

use crate::{Error, ErrorKind};

/// A reader with the model that this build carries.
pub fn reader(options: ReaderOptions) -> Result<Reader, Error> {
    let model =
        Model::from_bytes(onrecord_model::WEIGHTS, onrecord_model::PAPERS, onrecord_model::VOCABULARY)
            .map_err(unusable)?;
    Reader::new(&model, &options).map_err(unusable)
}

fn unusable(e: onrecord_read::ModelError) -> Error {
    Error::new(ErrorKind::Model, format!("the model in this program cannot be used: {e}"))
        .with_hint(
            "This build is broken: install onrecord again, or run `onrecord model` to see what it carries.",
        )
        .caused_by(e)
}

/// The model's papers (TOML): what it is, what it was trained on, its scores, hashes and licences.
pub fn papers() -> &'static str {
    onrecord_model::PAPERS
}

/// Bytes of the weights.
pub fn weights_len() -> usize {
    onrecord_model::WEIGHTS.len()
}
