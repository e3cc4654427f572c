//! What is sent of a result that a bot offers
//! (<https://core.telegram.org/type/InputBotInlineMessage>).
use ferogram_sync::tl::{enums, types};

use crate::world::{Text, World};

use super::attachments;
use super::errors::bad;
use super::markup::{fitted, shown};
use super::rich;
use super::seam::RpcError;
use super::text::{caption, prepare};

/// What a result is of.
pub(super) enum Source {
    /// Nothing but what is sent.
    Nothing,
    /// A file on the web.
    Web,
    /// A file that the data centres have.
    Stored(enums::MessageMedia),
    /// A game, by its name.
    Game(String),
}

/// What is sent of a result, and how that is shown before.
///
/// # Errors
/// When it cannot be sent, or does not fit the result.
pub(super) fn said(
    world: &mut World,
    me: i64,
    message: enums::InputBotInlineMessage,
    source: &Source,
) -> Result<(Text, enums::BotInlineMessage), RpcError> {
    use enums::InputBotInlineMessage as Message;
    let is_game = matches!(source, Source::Game(_));
    match message {
        Message::Game(_) if !is_game => Err(bad("SEND_MESSAGE_TYPE_INVALID")),
        Message::Game(it) => game(world, me, source, it.reply_markup),
        _ if is_game => Err(bad("SEND_MESSAGE_TYPE_INVALID")),
        Message::MediaAuto(it) => auto(world, me, *it, source),
        Message::Text(it) => {
            let text = prepare(world, me, &it.message, it.entities, it.reply_markup)?;
            let text = fitted(text)?;
            let message = types::BotInlineMessageText {
                no_webpage: it.no_webpage,
                invert_media: it.invert_media,
                message: text.text.clone(),
                entities: entities(&text),
                reply_markup: text.markup.clone(),
            };
            Ok((text, message.into()))
        }
        Message::MediaWebPage(it) => page(world, me, *it),
        Message::RichMessage(it) => {
            let rich_message = rich::shown(it.rich_message)?;
            let markup = it.reply_markup.map(|it| shown(world, me, it)).transpose()?;
            let text = fitted(Text {
                rich: Some(rich_message.clone()),
                markup,
                ..Text::default()
            })?;
            let message = types::BotInlineMessageRichMessage {
                reply_markup: text.markup.clone(),
                rich_message,
            };
            Ok((text, message.into()))
        }
        other => {
            let (media, markup) =
                attached(other).ok_or_else(|| bad("SEND_MESSAGE_TYPE_INVALID"))?;
            let text = with(world, me, media, markup)?;
            let told = told(&text).ok_or_else(|| bad("SEND_MESSAGE_MEDIA_INVALID"))?;
            Ok((text, told))
        }
    }
}

fn entities(text: &Text) -> Option<Vec<enums::MessageEntity>> {
    (!text.entities.is_empty()).then(|| text.entities.clone())
}

/// The file with a caption.
fn auto(
    world: &World,
    me: i64,
    it: types::InputBotInlineMessageMediaAuto,
    source: &Source,
) -> Result<(Text, enums::BotInlineMessage), RpcError> {
    let media = match source {
        Source::Stored(file) => Some(file.clone()),
        Source::Web => None,
        Source::Nothing | Source::Game(_) => return Err(bad("SEND_MESSAGE_MEDIA_INVALID")),
    };
    let text = caption(world, me, &it.message, it.entities, it.reply_markup)?;
    let text = fitted(Text {
        media,
        media_above: it.invert_media,
        ..text
    })?;
    let message = types::BotInlineMessageMediaAuto {
        invert_media: it.invert_media,
        message: text.text.clone(),
        entities: entities(&text),
        reply_markup: text.markup.clone(),
    };
    Ok((text, message.into()))
}

fn game(
    world: &mut World,
    me: i64,
    source: &Source,
    markup: Option<enums::ReplyMarkup>,
) -> Result<(Text, enums::BotInlineMessage), RpcError> {
    let Source::Game(short_name) = source else {
        return Err(bad("SEND_MESSAGE_TYPE_INVALID"));
    };
    let id = types::InputGameShortName {
        bot_id: enums::InputUser::UserSelf,
        short_name: short_name.clone(),
    };
    let text = with(
        world,
        me,
        types::InputMediaGame { id: id.into() }.into(),
        markup,
    )?;
    let message = types::BotInlineMessageMediaAuto {
        reply_markup: text.markup.clone(),
        ..Default::default()
    };
    Ok((text, message.into()))
}

fn page(
    world: &mut World,
    me: i64,
    it: types::InputBotInlineMessageMediaWebPage,
) -> Result<(Text, enums::BotInlineMessage), RpcError> {
    let page = types::InputMediaWebPage {
        force_large_media: it.force_large_media,
        force_small_media: it.force_small_media,
        optional: it.optional,
        url: it.url.clone(),
    };
    let media = attachments::shown(world, me, page.into())?;
    let text = caption(world, me, &it.message, it.entities, it.reply_markup)?;
    let text = fitted(Text {
        media: Some(media),
        media_above: it.invert_media,
        ..text
    })?;
    let message = types::BotInlineMessageMediaWebPage {
        invert_media: it.invert_media,
        force_large_media: it.force_large_media,
        force_small_media: it.force_small_media,
        manual: true,
        safe: false,
        message: text.text.clone(),
        entities: entities(&text),
        url: it.url,
        reply_markup: text.markup.clone(),
    };
    Ok((text, message.into()))
}

/// What has no text, as messages have it.
fn attached(
    message: enums::InputBotInlineMessage,
) -> Option<(enums::InputMedia, Option<enums::ReplyMarkup>)> {
    use enums::InputBotInlineMessage as Message;
    Some(match message {
        Message::MediaGeo(it) if it.period.is_some() => {
            let live = types::InputMediaGeoLive {
                geo_point: it.geo_point,
                heading: it.heading,
                period: it.period,
                proximity_notification_radius: it.proximity_notification_radius,
                ..Default::default()
            };
            (live.into(), it.reply_markup)
        }
        Message::MediaGeo(it) => {
            let geo_point = it.geo_point;
            (
                types::InputMediaGeoPoint { geo_point }.into(),
                it.reply_markup,
            )
        }
        Message::MediaVenue(it) => {
            let venue = types::InputMediaVenue {
                geo_point: it.geo_point,
                title: it.title,
                address: it.address,
                provider: it.provider,
                venue_id: it.venue_id,
                venue_type: it.venue_type,
            };
            (venue.into(), it.reply_markup)
        }
        Message::MediaContact(it) => {
            let contact = types::InputMediaContact {
                phone_number: it.phone_number,
                first_name: it.first_name,
                last_name: it.last_name,
                vcard: it.vcard,
            };
            (contact.into(), it.reply_markup)
        }
        Message::MediaInvoice(it) => {
            let invoice = types::InputMediaInvoice {
                title: it.title,
                description: it.description,
                photo: it.photo,
                invoice: it.invoice,
                payload: it.payload,
                provider: Some(it.provider),
                provider_data: it.provider_data,
                ..Default::default()
            };
            (invoice.into(), it.reply_markup)
        }
        _ => return None,
    })
}

fn with(
    world: &mut World,
    me: i64,
    media: enums::InputMedia,
    markup: Option<enums::ReplyMarkup>,
) -> Result<Text, RpcError> {
    let media = Some(attachments::shown(world, me, media)?);
    let markup = markup.map(|it| shown(world, me, it)).transpose()?;
    fitted(Text {
        media,
        markup,
        ..Text::default()
    })
}

/// What has no text, as it is shown before it is sent.
fn told(text: &Text) -> Option<enums::BotInlineMessage> {
    use enums::MessageMedia as Media;
    let reply_markup = text.markup.clone();
    Some(match text.media.clone()? {
        Media::Geo(it) => types::BotInlineMessageMediaGeo {
            geo: it.geo,
            reply_markup,
            ..Default::default()
        }
        .into(),
        Media::GeoLive(it) => types::BotInlineMessageMediaGeo {
            geo: it.geo,
            heading: it.heading,
            period: Some(it.period),
            proximity_notification_radius: it.proximity_notification_radius,
            reply_markup,
        }
        .into(),
        Media::Venue(it) => types::BotInlineMessageMediaVenue {
            geo: it.geo,
            title: it.title,
            address: it.address,
            provider: it.provider,
            venue_id: it.venue_id,
            venue_type: it.venue_type,
            reply_markup,
        }
        .into(),
        Media::Contact(it) => types::BotInlineMessageMediaContact {
            phone_number: it.phone_number,
            first_name: it.first_name,
            last_name: it.last_name,
            vcard: it.vcard,
            reply_markup,
        }
        .into(),
        Media::Invoice(it) => types::BotInlineMessageMediaInvoice {
            shipping_address_requested: it.shipping_address_requested,
            test: it.test,
            title: it.title,
            description: it.description,
            photo: None,
            currency: it.currency,
            total_amount: it.total_amount,
            reply_markup,
        }
        .into(),
        _ => return None,
    })
}
