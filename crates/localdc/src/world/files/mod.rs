//! Files: what is uploaded part by part, what is stored, and how it is named.
mod cdn;
mod content;
mod files;
mod picture;
mod reference;
mod stored;
mod upload;

pub use cdn::CdnFault;
pub(crate) use cdn::Copied;
pub(crate) use content::Content;
pub(super) use files::Files;
pub(crate) use picture::{Picture, grey};
pub(crate) use reference::Stale;
pub(crate) use stored::{Made, Stored, Version};
pub(crate) use upload::{PART_MAX, Part};
