//! Who a source is: the form and head of its phrase, the kind of party, the entity it points to. Must not know
//! how attributions were found.

pub(crate) mod kind;
pub(crate) mod names;
pub(crate) mod phrase;
pub(crate) mod resolve;
