//! Things that are drawn by lot.
use super::input_message::InputMessage;
use super::message::Message;
use crate::client::Client;
use crate::error::Result;
use crate::peers::PeerRef;
use crate::tl::enums::{InputMedia, MessageMedia};
use crate::tl::types;

/// What is thrown, spun or aimed at: the server draws what comes of it.
///
/// ```
/// # let client = localdc::LocalDc::shared().user();
/// use ferogram_sync::Dice;
///
/// let thrown = client.send_dice("me", Dice::CUBE)?;
/// let value = thrown.dice_value().expect("it is one");
/// assert!((1..=6).contains(&value));
/// # Ok::<(), ferogram_sync::Error>(())
/// ```
///
/// See <https://core.telegram.org/api/dice>.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dice {
    emoticon: String,
}

impl Dice {
    /// A cube: 1 to 6.
    pub const CUBE: &'static str = "\u{1f3b2}";
    /// A dart: 1 to 6, which is the middle.
    pub const DARTS: &'static str = "\u{1f3af}";
    /// A basketball: 1 to 5, of which 4 and 5 go in.
    pub const BASKETBALL: &'static str = "\u{1f3c0}";
    /// A football: 1 to 5, of which 3 to 5 go in.
    pub const FOOTBALL: &'static str = "\u{26bd}";
    /// Bowling: 1 to 6, which are all the pins.
    pub const BOWLING: &'static str = "\u{1f3b3}";
    /// A slot machine: 1 to 64.
    pub const SLOT_MACHINE: &'static str = "\u{1f3b0}";

    /// What this emoji stands for. The server knows which can be thrown.
    pub fn new(emoji: impl Into<String>) -> Self {
        let emoticon = emoji.into();
        Self { emoticon }
    }
}

impl From<&str> for Dice {
    fn from(emoji: &str) -> Self {
        Self::new(emoji)
    }
}

impl From<Dice> for InputMedia {
    fn from(dice: Dice) -> Self {
        let Dice { emoticon } = dice;
        types::InputMediaDice { emoticon }.into()
    }
}

impl Client {
    /// Throws a dice, or what else a [`Dice`] can be.
    ///
    /// # Errors
    ///
    /// As [`send_message`](Self::send_message). Common answer: `EMOTICON_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has thrown it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/constructor/inputMediaDice>.
    pub fn send_dice(&self, peer: impl Into<PeerRef>, dice: impl Into<Dice>) -> Result<Message> {
        let message = InputMessage::default().media(dice.into());
        self.send_message(peer, message)
    }
}

impl Message {
    /// Of a dice that was thrown: what came of it.
    #[must_use]
    pub fn dice_value(&self) -> Option<i32> {
        match self.raw.media.as_ref()? {
            MessageMedia::Dice(dice) => Some(dice.value),
            _ => None,
        }
    }
}
