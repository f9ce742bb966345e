//! Embeddings kept as int8 rows.

use crate::Error;
use crate::error::length;

/// Rows of int8 with one scale each.
#[derive(Clone)]
pub struct EmbeddingTable {
    width: usize,
    rows: Vec<i8>,
    scales: Vec<f32>,
}

impl EmbeddingTable {
    /// Takes rows of `width` and a scale for each.
    ///
    /// # Errors
    ///
    /// `rows` is not as long as `scales` and `width` say.
    pub fn new(width: usize, rows: Vec<i8>, scales: Vec<f32>) -> Result<Self, Error> {
        if width == 0 {
            return Err(Error::Dimension("an embedding's width must not be zero"));
        }
        let want = scales.len().checked_mul(width);
        length("rows of an embedding table", want.unwrap_or(usize::MAX), rows.len())?;
        Ok(EmbeddingTable { width, rows, scales })
    }

    /// Numbers in a row.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.scales.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.scales.is_empty()
    }

    /// Adds row `index` to `out`: one multiplication and one addition a number, each rounded.
    ///
    /// # Errors
    ///
    /// There is no such row, or `out` has another width.
    pub fn add_to(&self, index: usize, out: &mut [f32]) -> Result<(), Error> {
        length("an embedding's place", self.width, out.len())?;
        let Some(&scale) = self.scales.get(index) else {
            return Err(Error::Length {
                what: "rows of an embedding table",
                want: index.saturating_add(1),
                got: self.len(),
            });
        };
        let row = &self.rows[index * self.width..(index + 1) * self.width];
        for (out, &q) in out.iter_mut().zip(row) {
            *out += f32::from(q) * scale;
        }
        Ok(())
    }
}
