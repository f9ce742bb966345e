//! Enumerations whose values have names in wire v1.

/// An enumeration with the name of each value.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident => $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }
        impl $name {
            /// Every value, in the order of the vocabulary.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// The name in wire v1.
            pub fn name(self) -> &'static str { match self { $(Self::$variant => $text,)* } }
            /// The value of that name.
            pub fn from_name(name: &str) -> Option<Self> { Self::ALL.iter().copied().find(|x| x.name() == name) }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.name()) }
        }
    };
}
pub(crate) use named;
