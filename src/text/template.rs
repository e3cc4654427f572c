//! Marked-up texts with arguments that are just text.
use std::cell::Cell;
use std::fmt;

use super::html_written as html;
use super::markdown_written as markdown;

/// Makes a [`FormattedText`](crate::text::FormattedText) of HTML with arguments, as
/// [`format!`](std::format) does: what the arguments say is text, whatever it looks like. The
/// arguments stand behind the template; variables within the braces are not taken.
///
/// ```
/// use ferogram_sync::html;
///
/// let text = html!("<b>{}</b> is {:03}", "<Ann>", 7)?;
/// assert_eq!(text.text, "<Ann> is 007");
/// assert_eq!(text.text_of(&text.entities[0]), "<Ann>");
/// let text = html!("<a href=\"{url}\">this</a>", url = "http://h/?a=\"b\"&c")?;
/// assert_eq!(text.text, "this");
/// # Ok::<(), ferogram_sync::text::TextError>(())
/// ```
///
/// # Errors
///
/// As [`FormattedText::html`](crate::text::FormattedText::html): only the template can be wrong.
#[macro_export]
macro_rules! html {
    ($template:literal $(, $name:ident = $value:expr)+ $(,)?) => {{
        let template = $crate::text::Template::html();
        $crate::text::FormattedText::html(&template.fill(::core::format_args!(
            ::core::concat!($template) $(, $name = template.argument(&$value))+
        )))
    }};
    ($template:literal $(, $value:expr)* $(,)?) => {{
        let template = $crate::text::Template::html();
        $crate::text::FormattedText::html(&template.fill(::core::format_args!(
            ::core::concat!($template) $(, template.argument(&$value))*
        )))
    }};
}

/// Makes a [`FormattedText`](crate::text::FormattedText) of [Markdown as people write
/// it](crate::text::FormattedText::markdown) with arguments, as [`format!`](std::format) does: what
/// the arguments say is text, whatever it looks like. The arguments stand behind the template;
/// variables within the braces are not taken. Marks around an argument that is empty are text.
///
/// ```
/// use ferogram_sync::markdown;
///
/// let text = markdown!("**{}**: `{}`", "a*b**c", "x`y");
/// assert_eq!(text.text, "a*b**c: x`y");
/// assert_eq!(text.text_of(&text.entities[0]), "a*b**c");
/// let text = markdown!("{name} has __{count:.1}__", name = "[Ann](x)", count = 1.25);
/// assert_eq!(text.text, "[Ann](x) has 1.2");
/// ```
#[macro_export]
macro_rules! markdown {
    ($template:literal $(, $name:ident = $value:expr)+ $(,)?) => {{
        let template = $crate::text::Template::markdown();
        $crate::text::FormattedText::markdown(&template.fill(::core::format_args!(
            ::core::concat!($template) $(, $name = template.argument(&$value))+
        )))
    }};
    ($template:literal $(, $value:expr)* $(,)?) => {{
        let template = $crate::text::Template::markdown();
        $crate::text::FormattedText::markdown(&template.fill(::core::format_args!(
            ::core::concat!($template) $(, template.argument(&$value))*
        )))
    }};
}

/// What [`html!`](crate::html) and [`markdown!`](crate::markdown) work with.
#[doc(hidden)]
#[derive(Debug)]
pub struct Template {
    /// Whether what is written now comes from an argument.
    in_argument: Cell<bool>,
    escape: fn(&str, &mut String),
}

impl Template {
    #[must_use]
    pub fn html() -> Self {
        Self {
            in_argument: Cell::new(false),
            escape: html::escape,
        }
    }

    #[must_use]
    pub fn markdown() -> Self {
        Self {
            in_argument: Cell::new(false),
            escape: markdown::escape_all,
        }
    }

    #[must_use]
    pub fn argument<'a, T: ?Sized>(&'a self, value: &'a T) -> Argument<'a, T> {
        let template = self;
        Argument { template, value }
    }

    #[must_use]
    pub fn fill(&self, arguments: fmt::Arguments<'_>) -> String {
        let mut filled = Filled {
            template: self,
            text: String::new(),
        };
        // Writing into a string cannot fail; an argument that fails has written what it could.
        let _ = fmt::write(&mut filled, arguments);
        filled.text
    }
}

/// An argument: all that it writes is escaped, whatever the braces say about it.
#[doc(hidden)]
pub struct Argument<'a, T: ?Sized> {
    template: &'a Template,
    value: &'a T,
}

impl<T: ?Sized> Argument<'_, T> {
    fn write(&self, write: impl FnOnce(&T) -> fmt::Result) -> fmt::Result {
        let outer = self.template.in_argument.replace(true);
        let result = write(self.value);
        self.template.in_argument.set(outer);
        result
    }
}

macro_rules! as_its_value {
    ($($kind:ident)*) => {
        $(impl<T: fmt::$kind + ?Sized> fmt::$kind for Argument<'_, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.write(|value| value.fmt(f))
            }
        })*
    };
}

as_its_value!(Display Debug LowerHex UpperHex Octal Binary LowerExp UpperExp);

/// What was written so far.
struct Filled<'t> {
    template: &'t Template,
    text: String,
}

impl fmt::Write for Filled<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.template.in_argument.get() {
            (self.template.escape)(text, &mut self.text);
        } else {
            self.text.push_str(text);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::text::testing::{Dice, shown};

    const PIECES: &[&str] = &[
        "**", "__", "~~", "||", "*", "_", "`", "``", "```", "[", "](", "]", "(", ")", "![", "\\",
        "\n", "a", "é", "😀", " ", "!", "\0", "](u)", "<b>", "</b>", "<", "&lt;", "&", "\"", "'>",
    ];

    /// What an argument says is text, wherever it stands.
    #[test]
    fn arguments_stay_text() {
        let mut dice = Dice(10);
        for _ in 0..5000 {
            let argument = dice.text(PIECES, 6) + "x";
            let text = markdown!("a {} b", argument);
            assert_eq!(shown(&text), format!("a {argument} b|"));
            for text in [
                markdown!("**{}**", argument),
                markdown!("`{x}`", x = argument),
            ] {
                assert_eq!(text.text, argument);
                assert_eq!(text.entities.len(), 1);
            }
            let text = html!("<a href=\"{0}\">{0}</a>", argument).expect("it is right");
            assert_eq!(text.text, argument);
            assert!(shown(&text).contains(&format!("link({argument})")));
        }
    }

    #[test]
    fn what_the_braces_say_is_kept() {
        let text = html!("<b>{:>4}|{:?}|{:#x}</b>{}", "<", "&", 255, 'é').expect("it is right");
        assert_eq!(text.text, "   <|\"&\"|0xffé");
        assert_eq!(markdown!("__{:.1}__", 1.25).text, "1.2");
        assert_eq!(markdown!("{{}} **x**").text, "{} x");
    }
}
