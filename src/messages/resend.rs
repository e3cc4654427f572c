//! A message that is there, as one to be sent anew.
use super::input_message::InputMessage;
use super::message::Message;
use crate::error::{Error, Result};
use crate::media::file_again;
use crate::tl::enums::{GeoPoint, InputGeoPoint, InputMedia, MessageMedia, WebPage};
use crate::tl::types;

impl Message {
    /// The same text and media as a new message: to be changed and sent. Buttons, reactions and
    /// what it answers are left out.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// let note = client.send_message("me", "Buy milk")?;
    /// let mut again = note.to_input()?;
    /// again.text += " and bread";
    /// assert_eq!(client.send_message("me", again)?.text(), "Buy milk and bread");
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Argument`] for what cannot be sent anew: the throw of a dice, a game, a poll with
    /// pictures, what has expired.
    pub fn to_input(&self) -> Result<InputMessage> {
        let text = InputMessage {
            text: self.raw.message.clone(),
            entities: self.raw.entities.clone().unwrap_or_default(),
            preview_above: self.raw.invert_media,
            origins: vec![self.as_origin()],
            ..InputMessage::default()
        };
        Ok(match self.raw.media.as_ref() {
            None | Some(MessageMedia::Empty) => text.no_webpage(true),
            Some(media) => text.media(media_again(media).ok_or(Error::Argument(
                "this kind of message cannot be sent anew: forward it instead",
            ))?),
        })
    }
}

/// What is attached, as requests take it.
pub(super) fn media_again(media: &MessageMedia) -> Option<InputMedia> {
    Some(match media {
        MessageMedia::Photo(_) | MessageMedia::Document(_) => file_again(media)?,
        MessageMedia::Geo(it) => types::InputMediaGeoPoint {
            geo_point: point(&it.geo)?,
        }
        .into(),
        MessageMedia::Venue(it) => types::InputMediaVenue {
            geo_point: point(&it.geo)?,
            title: it.title.clone(),
            address: it.address.clone(),
            provider: it.provider.clone(),
            venue_id: it.venue_id.clone(),
            venue_type: it.venue_type.clone(),
        }
        .into(),
        MessageMedia::Contact(it) => types::InputMediaContact {
            phone_number: it.phone_number.clone(),
            first_name: it.first_name.clone(),
            last_name: it.last_name.clone(),
            vcard: it.vcard.clone(),
        }
        .into(),
        MessageMedia::WebPage(it) => types::InputMediaWebPage {
            force_large_media: it.force_large_media,
            force_small_media: it.force_small_media,
            optional: true,
            url: match &it.webpage {
                WebPage::Page(page) => page.url.clone(),
                WebPage::Pending(page) => page.url.clone()?,
                _ => return None,
            },
        }
        .into(),
        _ => return None,
    })
}

fn point(geo: &GeoPoint) -> Option<InputGeoPoint> {
    match geo {
        GeoPoint::Point(point) => Some(
            types::InputGeoPoint {
                lat: point.lat,
                long: point.long,
                accuracy_radius: point.accuracy_radius,
            }
            .into(),
        ),
        _ => None,
    }
}
