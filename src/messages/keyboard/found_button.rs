//! A button that a message has, and how one is found.
use crate::tl::enums::{
    ButtonType, InlineButtonType, KeyboardButton, KeyboardButtonRow, KeyboardInlineButton,
    KeyboardInlineButtonRow, ReplyMarkup,
};

/// Which button of a message is meant: the first that fits.
///
/// See <https://core.telegram.org/api/bots/buttons>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ButtonFilter<'f> {
    /// The one in this row and column, counted from 0.
    At(usize, usize),
    /// The one of this number, read row by row, counted from 0.
    Nth(usize),
    /// The one on which this stands.
    Text(&'f str),
    /// The one on which this stands among other things.
    TextContains(&'f str),
    /// The one that tells the bot these data.
    Data(&'f [u8]),
}

/// A button that a message has.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct FoundButton {
    /// Its row, the uppermost being 0.
    pub row: usize,
    /// Its place in the row, the leftmost being 0.
    pub column: usize,
    /// What stands on it.
    pub text: String,
    /// What a press does.
    pub action: ButtonAction,
}

/// What a press of a button does.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ButtonAction {
    /// Of a button below the message.
    Inline(InlineButtonType),
    /// Of a button in the place of the letters.
    Reply(ButtonType),
}

impl FoundButton {
    /// The data that the bot is told, if it is told some.
    #[must_use]
    pub fn data(&self) -> Option<&[u8]> {
        match &self.action {
            ButtonAction::Inline(InlineButtonType::Callback(callback)) => Some(&callback.data),
            _ => None,
        }
    }

    /// The page that it opens, if it opens one.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        match &self.action {
            ButtonAction::Inline(InlineButtonType::Url(it)) => Some(&it.url),
            ButtonAction::Inline(InlineButtonType::UrlAuth(it)) => Some(&it.url),
            ButtonAction::Inline(InlineButtonType::WebView(it)) => Some(&it.url),
            ButtonAction::Reply(ButtonType::SimpleWebView(it)) => Some(&it.url),
            _ => None,
        }
    }

    pub(crate) fn fits(&self, nth: usize, filter: ButtonFilter<'_>) -> bool {
        match filter {
            ButtonFilter::At(row, column) => (self.row, self.column) == (row, column),
            ButtonFilter::Nth(wanted) => nth == wanted,
            ButtonFilter::Text(text) => self.text == text,
            ButtonFilter::TextContains(text) => self.text.contains(text),
            ButtonFilter::Data(data) => self.data() == Some(data),
        }
    }
}

/// The buttons of a keyboard, row by row.
pub(crate) fn buttons(markup: &ReplyMarkup) -> Vec<FoundButton> {
    let mut found = Vec::new();
    match markup {
        ReplyMarkup::ReplyInlineMarkup(inline) => {
            for (row, KeyboardInlineButtonRow::Row(buttons)) in inline.rows.iter().enumerate() {
                let buttons = buttons.buttons.iter().enumerate();
                found.extend(
                    buttons.map(
                        |(column, KeyboardInlineButton::Button(button))| FoundButton {
                            row,
                            column,
                            text: button.text.clone(),
                            action: ButtonAction::Inline(button.r#type.clone()),
                        },
                    ),
                );
            }
        }
        ReplyMarkup::ReplyKeyboardMarkup(keyboard) => {
            for (row, KeyboardButtonRow::Row(buttons)) in keyboard.rows.iter().enumerate() {
                let buttons = buttons.buttons.iter().enumerate();
                found.extend(
                    buttons.map(|(column, KeyboardButton::Button(button))| FoundButton {
                        row,
                        column,
                        text: button.text.clone(),
                        action: ButtonAction::Reply(button.r#type.clone()),
                    }),
                );
            }
        }
        _ => {}
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tl::types;

    fn button(text: &str, action: impl Into<InlineButtonType>) -> KeyboardInlineButton {
        types::KeyboardInlineButton {
            text: text.to_owned(),
            r#type: action.into(),
            ..Default::default()
        }
        .into()
    }

    #[test]
    fn each_filter_finds_its_button() {
        let callback = |data: &[u8]| types::InlineButtonTypeCallback {
            data: data.to_vec(),
            ..Default::default()
        };
        let url = types::InlineButtonTypeUrl {
            url: "http://a.example/".to_owned(),
        };
        let row =
            |buttons| KeyboardInlineButtonRow::from(types::KeyboardInlineButtonRow { buttons });
        let markup = types::ReplyInlineMarkup {
            rows: vec![
                row(vec![
                    button("Yes, please", callback(b"y")),
                    button("No", callback(b"n")),
                ]),
                row(vec![button("Read", url)]),
            ],
            ..Default::default()
        };
        let all = buttons(&markup.into());
        let find = |filter| {
            let mut all = all.iter().enumerate();
            let found = all.find(|(nth, button)| button.fits(*nth, filter));
            found.map(|(_, button)| (button.row, button.column))
        };
        for (filter, place) in [
            (ButtonFilter::At(0, 1), Some((0, 1))),
            (ButtonFilter::At(1, 1), None),
            (ButtonFilter::Nth(2), Some((1, 0))),
            (ButtonFilter::Nth(3), None),
            (ButtonFilter::Text("No"), Some((0, 1))),
            (ButtonFilter::Text("Yes"), None),
            (ButtonFilter::TextContains("Yes"), Some((0, 0))),
            (ButtonFilter::Data(b"n"), Some((0, 1))),
            (ButtonFilter::Data(b""), None),
        ] {
            assert_eq!(find(filter), place, "{filter:?}");
        }
        assert_eq!(all[2].url(), Some("http://a.example/"));
    }
}
