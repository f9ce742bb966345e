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
        let step = |h: u64, b: u8| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
        match name.bytes().fold(0xcbf2_9ce4_8422_2325, step) % one_in {
            0 => Self::Held,
            _ => Self::Develop,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_by_hash() {
        // FNV-1a of "a" is 0xaf63dc4c8601ec8c
        assert_eq!(Part::of("a", 0xaf63_dc4c_8601_ec8c), Part::Held);
        assert_eq!(Part::of("a", 5), Part::Develop);
    }
}
