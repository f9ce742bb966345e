//! Files of JSON lines. Must not know what a line holds.

use crate::Error;
use serde::Deserialize;
use std::path::Path;

/// The objects of a file's `text`, each with the number of its line, from 1; blank lines are passed over.
///
/// # Errors
///
/// A line that is no such object, by its number.
pub(crate) fn objects<'a, T: Deserialize<'a>>(
    file: &'a Path,
    text: &'a str,
) -> impl Iterator<Item = Result<(usize, T), Error>> + 'a {
    text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()).map(move |(n, l)| {
        serde_json::from_str(l).map(|t| (n + 1, t)).map_err(|e| Error::malformed(file, n + 1, e.to_string()))
    })
}
