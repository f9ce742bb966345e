//! The reading line: which inputs, in what order they are read, where the result goes, what is said meanwhile.
//! Must not know how any of it was typed.

pub(crate) mod inputs;
pub(crate) mod line;
pub(crate) mod output;
pub(crate) mod report;

#[cfg(test)]
mod tests;
