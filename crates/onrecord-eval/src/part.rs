//! The two parts of a gold set: what choices are made on, and what is held back. Must not know what is in them.

/// A part of a gold set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// To develop on: it may be looked at.
    Develop,
    /// Held back: its sums alone are read.
    Held,
}

impl Part {
    /// Both, in the order in which they are shown.
    pub const ALL: [Self; 2] = [Self::Develop, Self::Held];

    /// As tables and files call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Develop => "develop",
            Self::Held => "held",
        }
    }

    /// The part that a document of that name is in: one in so many is held, where that divides FNV-1a's 64-bit hash of
    /// the name.
    pub fn of(name: &str, one_in: u64) -> Self {
        match hash(name) % one_in {
            0 => Self::Held,
            _ => Self::Develop,
        }
    }
}

/// FNV-1a, 64 bits.
pub(crate) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_fnv() {
        assert_eq!((hash(""), hash("a")), (0xcbf2_9ce4_8422_2325, 0xaf63_dc4c_8601_ec8c));
    }

    #[test]
    fn parts_by_hash() {
        // FNV-1a of "a" is 0xaf63dc4c8601ec8c
        assert_eq!(Part::of("a", 0xaf63_dc4c_8601_ec8c), Part::Held);
        assert_eq!(Part::of("a", 5), Part::Develop);
    }
}
