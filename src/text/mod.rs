//! Texts with entities: bold, links and so on, of HTML and of Markdown, and back.
//!
//! [`FormattedText`] is the text and what is marked in it, with offsets in UTF-16 code units. It is
//! made by [`html`](FormattedText::html), [`markdown_v2`](FormattedText::markdown_v2) (both as the
//! Bot API has them) or [`markdown`](FormattedText::markdown) (as people write it in the apps), and
//! written again by [`to_html`](FormattedText::to_html) and the like. The macros
//! [`html!`](crate::html) and [`markdown!`](crate::markdown) take arguments, which stay text.
//!
//! Reading takes time and memory in proportion to the text, whatever it looks like. The feature
//! `html5ever` adds `FormattedText::html5`, which reads HTML as browsers do and does not promise
//! that.
//!
//! See <https://core.telegram.org/api/entities>.
mod builder;
#[cfg(test)]
mod cases;
mod error;
mod formatted;
mod html;
#[cfg(feature = "html5ever")]
mod html5;
mod html_marks;
mod html_reference;
mod html_tag;
mod html_written;
mod layers;
mod link;
mod markdown;
mod markdown_tokens;
mod markdown_v2;
mod markdown_v2_written;
mod markdown_written;
mod normal;
mod place;
mod scan;
mod span;
mod split;
mod template;
#[cfg(test)]
mod testing;
mod time_format;
mod trim;
mod units;
mod written;

pub use error::{TextError, TextFault};
pub use formatted::FormattedText;
pub(crate) use place::place;
#[doc(hidden)]
pub use template::{Argument, Template};
pub use units::utf16_len;
pub use written::Written;
