//! Are two names of one party or place? Pure and deterministic: spellings and transliterations, titles, initials,
//! word order, acronyms, countries; groups of many names without comparing all pairs. Must not know of documents,
//! of files, or of any particular person.
//!
//! ```
//! use onrecord_names::{Kind, Name, Reason, country, group, same};
//!
//! let person = |s| Name::new(s, Kind::Person);
//! assert_eq!(same(&person("President Zelensky"), &person("Volodymyr Zelenskyi")), Some(Reason::Surname));
//! assert_eq!(same(&person("Alan Johnson"), &person("Alan Johnston")), None);
//! let names: Vec<Name> = ["Anna Smith", "Smith", "Bob Smith", "Ms. Anna Smith"].map(person).into();
//! assert_eq!(group(&names), [0, 1, 2, 0]);
//! assert_eq!(country("the Kremlin").map(|n| n.country.code), Some("RU"));
//! ```

mod acronym;
mod country;
mod directory;
mod group;
mod letters;
mod lexicon;
mod name;
mod person;
mod region;
mod same;
mod table;
mod thing;

pub use acronym::definitions;
pub use country::{Country, Named, Naming, country};
pub use directory::Directory;
pub use group::{Grouping, group, grouping};
pub use name::{Kind, Name};
pub use region::{region_at_end, side_of_place};
pub use same::{Reason, same};
pub use table::Table;
