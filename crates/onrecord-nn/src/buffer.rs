//! Growing buffers that start on a cache line.

/// One cache line of 32-bit words.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Line([u32; 16]);

/// A 32-bit plain number: any bits are a value.
///
/// # Safety
///
/// Size 4, alignment at most 4, no padding, every bit pattern valid.
pub(crate) unsafe trait Word: Copy {}
// SAFETY: a plain 32-bit number.
unsafe impl Word for u32 {}
// SAFETY: a plain 32-bit number.
unsafe impl Word for i32 {}
// SAFETY: a plain 32-bit number.
unsafe impl Word for f32 {}

/// Zeroed words on a 64-byte boundary.
#[derive(Clone)]
pub(crate) struct Buffer<T: Word> {
    lines: Vec<Line>,
    kind: std::marker::PhantomData<T>,
}

impl<T: Word> Default for Buffer<T> {
    fn default() -> Self {
        Buffer { lines: Vec::new(), kind: std::marker::PhantomData }
    }
}

impl<T: Word> Buffer<T> {
    /// A buffer that holds these words, then zeros up to a whole line.
    pub fn from_slice(words: &[T]) -> Self {
        let mut buffer = Buffer::default();
        buffer.grow(words.len())[..words.len()].copy_from_slice(words);
        buffer
    }

    /// At least `words` words; old content stays, new content is zero.
    pub fn grow(&mut self, words: usize) -> &mut [T] {
        let lines = words.div_ceil(16);
        if self.lines.len() < lines {
            self.lines.resize(lines, Line([0; 16]));
        }
        self
    }
}

impl<T: Word> std::ops::Deref for Buffer<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        // SAFETY: `lines` is `16 * len` initialised words without gaps, `T: Word` takes any bits.
        unsafe { std::slice::from_raw_parts(self.lines.as_ptr().cast(), self.lines.len() * 16) }
    }
}

impl<T: Word> std::ops::DerefMut for Buffer<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        let words = self.lines.len() * 16;
        // SAFETY: as in `deref`, and the borrow is exclusive.
        unsafe { std::slice::from_raw_parts_mut(self.lines.as_mut_ptr().cast(), words) }
    }
}
