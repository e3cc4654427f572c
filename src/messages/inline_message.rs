//! What is sent of a result that a bot offers.
use std::time::Instant;

use super::input_message::InputMessage;
use super::outgoing::Outgoing;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::tl::enums::{InputBotInlineMessage, InputMedia, ReplyMarkup};
use crate::tl::types;

impl Client {
    /// A message as somebody is to send it who chooses a result. Who is in it is named before.
    pub(crate) fn inline_message(
        &self,
        message: InputMessage,
        deadline: Instant,
    ) -> Result<InputBotInlineMessage> {
        if message.says_nothing() {
            return Err(Error::Argument(
                "a result has a text, or something is attached to it",
            ));
        }
        self.outgoing(message, deadline)?.into_inline()
    }

    /// The caption below the file of a result.
    pub(crate) fn inline_caption(
        &self,
        caption: InputMessage,
        deadline: Instant,
    ) -> Result<InputBotInlineMessage> {
        if caption.media.is_some() || caption.rich.is_some() {
            return Err(Error::Argument(
                "a caption is a text: what is sent instead of the file is a message",
            ));
        }
        let outgoing = self.outgoing(caption, deadline)?;
        Ok(types::InputBotInlineMessageMediaAuto {
            invert_media: outgoing.message.preview_above,
            entities: outgoing.entities(),
            message: outgoing.message.text,
            reply_markup: outgoing.markup,
        }
        .into())
    }
}

impl Outgoing {
    /// See <https://core.telegram.org/type/InputBotInlineMessage>.
    fn into_inline(mut self) -> Result<InputBotInlineMessage> {
        let entities = self.entities();
        let Self {
            message,
            markup: reply_markup,
            ..
        } = &mut self;
        let reply_markup = reply_markup.take();
        if let Some(rich_message) = message.rich.take() {
            return Ok(types::InputBotInlineMessageRichMessage {
                reply_markup,
                rich_message,
            }
            .into());
        }
        let text = std::mem::take(&mut message.text);
        let Some(media) = message.media.take() else {
            return Ok(types::InputBotInlineMessageText {
                no_webpage: message.no_webpage,
                invert_media: message.preview_above,
                message: text,
                entities,
                reply_markup,
            }
            .into());
        };
        if let InputMedia::WebPage(page) = media {
            return Ok(types::InputBotInlineMessageMediaWebPage {
                invert_media: message.preview_above,
                force_large_media: page.force_large_media,
                force_small_media: page.force_small_media,
                optional: page.optional,
                message: text,
                entities,
                url: page.url,
                reply_markup,
            }
            .into());
        }
        if !text.is_empty() {
            return Err(Error::Argument(
                "what is sent of a result has no text beside a place, a contact, a game or an \
                 invoice",
            ));
        }
        attached(media, reply_markup)
    }
}

/// What has no text.
fn attached(media: InputMedia, reply_markup: Option<ReplyMarkup>) -> Result<InputBotInlineMessage> {
    Ok(match media {
        InputMedia::GeoPoint(it) => types::InputBotInlineMessageMediaGeo {
            geo_point: it.geo_point,
            reply_markup,
            ..Default::default()
        }
        .into(),
        InputMedia::GeoLive(it) => types::InputBotInlineMessageMediaGeo {
            geo_point: it.geo_point,
            heading: it.heading,
            period: it.period,
            proximity_notification_radius: it.proximity_notification_radius,
            reply_markup,
        }
        .into(),
        InputMedia::Venue(it) => types::InputBotInlineMessageMediaVenue {
            geo_point: it.geo_point,
            title: it.title,
            address: it.address,
            provider: it.provider,
            venue_id: it.venue_id,
            venue_type: it.venue_type,
            reply_markup,
        }
        .into(),
        InputMedia::Contact(it) => types::InputBotInlineMessageMediaContact {
            phone_number: it.phone_number,
            first_name: it.first_name,
            last_name: it.last_name,
            vcard: it.vcard,
            reply_markup,
        }
        .into(),
        InputMedia::Game(_) => types::InputBotInlineMessageGame { reply_markup }.into(),
        InputMedia::Invoice(it) => types::InputBotInlineMessageMediaInvoice {
            title: it.title,
            description: it.description,
            photo: it.photo,
            invoice: it.invoice,
            payload: it.payload,
            provider: it.provider.unwrap_or_default(),
            provider_data: it.provider_data,
            reply_markup,
        }
        .into(),
        _ => {
            return Err(Error::Argument(
                "a file is the result itself, and what is sent of a result may be a text, a place, \
                 a contact, a game, an invoice or the preview of a page",
            ));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::{ContactCard, Game, Invoice, LinkPreview, Location, Venue};
    use InputBotInlineMessage as Message;

    fn inline(message: InputMessage) -> Result<Message> {
        let markup = types::ReplyInlineMarkup::default();
        let bold = types::MessageEntityBold::default();
        let outgoing = Outgoing {
            message,
            entities: vec![bold.into()],
            markup: Some(markup.into()),
            ..Default::default()
        };
        outgoing.into_inline()
    }

    fn sent(message: InputMessage) -> Message {
        inline(message).expect("it can be sent")
    }

    #[test]
    fn a_text_and_a_page_keep_how_they_are_shown() {
        let Message::Text(text) = sent(InputMessage::text("x").no_webpage(true)) else {
            panic!("it is a text");
        };
        assert!(text.no_webpage && !text.invert_media && text.reply_markup.is_some());
        assert_eq!(text.entities.map(|it| it.len()), Some(1));
        let page = LinkPreview::new("http://a.example/").large();
        let page = InputMessage::text("x").media(page).preview_above(true);
        let Message::MediaWebPage(page) = sent(page) else {
            panic!("it is a page");
        };
        assert!(page.invert_media && page.force_large_media && !page.force_small_media);
        assert!(page.optional && page.reply_markup.is_some() && page.entities.is_some());
        assert_eq!(
            (&page.message[..], &page.url[..]),
            ("x", "http://a.example/")
        );
        let rich = types::InputRichMessageHtml::default();
        let rich = sent(InputMessage::default().rich(rich));
        assert!(matches!(rich, Message::RichMessage(it) if it.reply_markup.is_some()));
    }

    #[test]
    fn places_and_people_keep_what_is_said_of_them() {
        let alone = |media: InputMedia| sent(InputMessage::default().media(media));
        let moving = Location::new(52.5, 13.4).live(900).heading(90);
        let Message::MediaGeo(geo) = alone(moving.proximity_radius(5).into()) else {
            panic!("it is a place");
        };
        let told = (geo.period, geo.heading, geo.proximity_notification_radius);
        assert_eq!(told, (Some(900), Some(90), Some(5)));
        let still = alone(Location::new(52.5, 13.4).into());
        assert!(matches!(still, Message::MediaGeo(it) if it.period.is_none()));
        let venue = Venue::new(Location::new(1.0, 2.0), "A", "B").listed_by("p", "i", "k");
        let Message::MediaVenue(venue) = alone(venue.into()) else {
            panic!("it is a venue");
        };
        let told = [&venue.title, &venue.address, &venue.provider];
        assert_eq!(told, ["A", "B", "p"]);
        assert_eq!([&venue.venue_id, &venue.venue_type], ["i", "k"]);
        let card = ContactCard::new("+1555", "Ann")
            .last_name("Bird")
            .vcard("V");
        let Message::MediaContact(card) = alone(card.into()) else {
            panic!("it is a card");
        };
        let told = [
            &card.phone_number,
            &card.first_name,
            &card.last_name,
            &card.vcard,
        ];
        assert_eq!(told, ["+1555", "Ann", "Bird", "V"]);
        assert!(card.reply_markup.is_some());
        assert!(matches!(alone(Game::new("x").into()), Message::Game(_)));
        let invoice = Invoice::new("Tea", "A cup", *b"cup", "XTR");
        assert!(matches!(alone(invoice.into()), Message::MediaInvoice(_)));
    }

    #[test]
    fn what_the_schema_has_no_place_for_is_refused() {
        let place = InputMessage::text("x").media(Location::new(1.0, 2.0));
        assert!(matches!(inline(place), Err(Error::Argument(_))));
        let photo = InputMessage::default().media(types::InputMediaPhoto::default());
        assert!(matches!(inline(photo), Err(Error::Argument(_))));
    }
}
