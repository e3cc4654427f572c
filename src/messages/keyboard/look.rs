//! How a button looks.
use crate::tl::enums;
use crate::tl::types;

/// The colour of a button.
///
/// See <https://core.telegram.org/constructor/keyboardButtonStyle>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ButtonStyle {
    /// What most will want to press: blue.
    Primary,
    /// What takes something away: red.
    Danger,
    /// What ends well: green.
    Success,
}

/// The colour of a button and the picture before its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) style: Option<ButtonStyle>,
    pub(super) icon: Option<i64>,
}

impl Look {
    pub(super) fn raw(self) -> Option<enums::KeyboardButtonStyle> {
        let raw = types::KeyboardButtonStyle {
            bg_primary: self.style == Some(ButtonStyle::Primary),
            bg_danger: self.style == Some(ButtonStyle::Danger),
            bg_success: self.style == Some(ButtonStyle::Success),
            icon: self.icon,
        };
        (self != Self::default()).then(|| raw.into())
    }
}
