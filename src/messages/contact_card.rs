//! Somebody's phone number and name, attached to a message.
use crate::tl::enums::InputMedia;
use crate::tl::types;

/// Somebody's phone number and name, attached to a message.
///
/// ```
/// # let client = localdc::LocalDc::shared().user();
/// use ferogram_sync::{ContactCard, InputMessage};
///
/// let card = ContactCard::new("+1 555 0003", "Carol").last_name("Chan");
/// let message = client.send_message("me", InputMessage::default().media(card))?;
/// assert!(message.media().is_some());
/// # Ok::<(), ferogram_sync::Error>(())
/// ```
///
/// See <https://core.telegram.org/constructor/inputMediaContact>.
#[derive(Clone, Debug, PartialEq)]
pub struct ContactCard {
    raw: types::InputMediaContact,
}

impl ContactCard {
    /// A phone number, and who has it.
    pub fn new(phone_number: impl Into<String>, first_name: impl Into<String>) -> Self {
        let raw = types::InputMediaContact {
            phone_number: phone_number.into(),
            first_name: first_name.into(),
            ..Default::default()
        };
        Self { raw }
    }

    /// The last name.
    #[must_use]
    pub fn last_name(mut self, last_name: impl Into<String>) -> Self {
        self.raw.last_name = last_name.into();
        self
    }

    /// What else there is to know, as a vCard.
    #[must_use]
    pub fn vcard(mut self, vcard: impl Into<String>) -> Self {
        self.raw.vcard = vcard.into();
        self
    }
}

impl From<ContactCard> for InputMedia {
    fn from(card: ContactCard) -> Self {
        card.raw.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_has_its_place() {
        let card = ContactCard::new("+15550001", "Ann").last_name("Bird");
        let InputMedia::Contact(raw) = InputMedia::from(card.vcard("VCARD")) else {
            panic!("it is a card");
        };
        assert_eq!(
            (&raw.phone_number[..], &raw.vcard[..]),
            ("+15550001", "VCARD")
        );
        assert_eq!((&raw.first_name[..], &raw.last_name[..]), ("Ann", "Bird"));
    }
}
