//! What is attached to messages: places, people, dice, polls, pages, and files.
use ferogram_sync::tl::{enums, types};

use crate::world::{Account, World, normal_phone};

use super::checklists;
use super::errors::bad;
use super::media;
use super::polls;
use super::seam::RpcError;

/// The highest value of what can be thrown (<https://core.telegram.org/api/dice>).
const DICE: [(&str, u64); 6] = [
    ("\u{1f3b2}", 6),
    ("\u{1f3af}", 6),
    ("\u{1f3c0}", 5),
    ("\u{26bd}", 5),
    ("\u{1f3b3}", 6),
    ("\u{1f3b0}", 64),
];

/// The seconds that a place may be shared for as it moves, but for without an end
/// (<https://core.telegram.org/api/live-location>).
const LIVE: std::ops::RangeInclusive<i32> = 60..=86_400;
const FOR_EVER: i32 = i32::MAX;

/// What a message shows of what is attached to it.
///
/// # Errors
/// When it cannot be sent as it is.
pub(crate) fn shown(
    world: &mut World,
    me: i64,
    media: enums::InputMedia,
) -> Result<enums::MessageMedia, RpcError> {
    use enums::InputMedia as Media;
    Ok(match media {
        Media::WebPage(page) => page_shown(page)?,
        Media::GeoPoint(it) => types::MessageMediaGeo {
            geo: point(world, &it.geo_point)?,
        }
        .into(),
        Media::GeoLive(it) => live(world, &it)?,
        Media::Venue(it) => types::MessageMediaVenue {
            geo: point(world, &it.geo_point)?,
            title: it.title,
            address: it.address,
            provider: it.provider,
            venue_id: it.venue_id,
            venue_type: it.venue_type,
        }
        .into(),
        Media::Contact(it) => contact(world, *it)?,
        Media::Dice(it) => dice(world, it.emoticon)?,
        Media::Poll(it) => polls::create(world, me, *it)?,
        Media::PaidMedia(it) => paid(world, me, *it)?,
        Media::Invoice(it) => invoice(world, me, *it)?,
        Media::Game(it) => game(world, me, it)?,
        Media::Todo(it) => checklists::shown(world, me, it.todo)?,
        Media::Empty => return Err(bad("MEDIA_EMPTY")),
        file => media::made(world, me, file)?,
    })
}

/// The most photos and videos that are sold at once, and the most Stars that they may cost
/// (<https://core.telegram.org/api/paid-media>).
const PAID_MAX: usize = 10;
const STARS_MAX: i64 = 25_000;

fn paid(
    world: &mut World,
    me: i64,
    it: types::InputMediaPaidMedia,
) -> Result<enums::MessageMedia, RpcError> {
    if !(1..=PAID_MAX).contains(&it.extended_media.len()) {
        return Err(bad("EXTENDED_MEDIA_INVALID"));
    }
    if !(1..=STARS_MAX).contains(&it.stars_amount) {
        return Err(bad("EXTENDED_MEDIA_AMOUNT_INVALID"));
    }
    let mut extended_media = Vec::new();
    for item in it.extended_media {
        let media = media::made(world, me, item)?;
        extended_media.push(types::MessageExtendedMedia { media }.into());
    }
    Ok(types::MessageMediaPaidMedia {
        stars_amount: it.stars_amount,
        extended_media,
    }
    .into())
}

fn invoice(
    world: &World,
    me: i64,
    it: types::InputMediaInvoice,
) -> Result<enums::MessageMedia, RpcError> {
    if !world.account(me).is_some_and(Account::is_bot) {
        return Err(bad("USER_BOT_REQUIRED"));
    }
    let enums::Invoice::Invoice(terms) = it.invoice;
    if terms.currency.len() != 3 || terms.prices.is_empty() {
        return Err(bad("CURRENCY_TOTAL_AMOUNT_INVALID"));
    }
    if terms.currency != "XTR" && it.provider.as_ref().is_none_or(String::is_empty) {
        return Err(bad("PAYMENT_PROVIDER_INVALID"));
    }
    let prices = terms.prices.iter();
    let amounts = prices.map(|enums::LabeledPrice::Price(it)| it.amount);
    Ok(types::MessageMediaInvoice {
        shipping_address_requested: terms.shipping_address_requested,
        test: terms.test,
        title: it.title,
        description: it.description,
        currency: terms.currency,
        total_amount: amounts.sum(),
        start_param: it.start_param.unwrap_or_default(),
        ..Default::default()
    }
    .into())
}

fn game(
    world: &mut World,
    me: i64,
    it: types::InputMediaGame,
) -> Result<enums::MessageMedia, RpcError> {
    let enums::InputGame::ShortName(it) = it.id else {
        return Err(bad("GAME_BOT_INVALID"));
    };
    // Every bot has every game here; users share those of bots, which is not done here.
    if !world.account(me).is_some_and(Account::is_bot) || it.short_name.is_empty() {
        return Err(bad("GAME_BOT_INVALID"));
    }
    let game = types::Game {
        id: world.chance.number(),
        access_hash: world.chance.number(),
        title: it.short_name.clone(),
        short_name: it.short_name,
        ..Default::default()
    };
    Ok(types::MessageMediaGame { game: game.into() }.into())
}

/// A page as it is shown with a message: nothing is fetched, so all of it is its address.
fn page_shown(page: types::InputMediaWebPage) -> Result<enums::MessageMedia, RpcError> {
    let shown = page_of(page.url).ok_or_else(|| bad("WEBPAGE_URL_INVALID"))?;
    Ok(types::MessageMediaWebPage {
        force_large_media: page.force_large_media,
        force_small_media: page.force_small_media,
        manual: true,
        webpage: shown.into(),
        ..Default::default()
    }
    .into())
}

/// A page by its address.
pub(crate) fn page_of(url: String) -> Option<types::WebPage> {
    let (_, display_url) = url.split_once("://")?;
    Some(types::WebPage {
        id: i64::try_from(url.len()).unwrap_or(i64::MAX),
        display_url: display_url.to_owned(),
        url,
        ..Default::default()
    })
}

fn point(world: &mut World, point: &enums::InputGeoPoint) -> Result<enums::GeoPoint, RpcError> {
    let enums::InputGeoPoint::Point(point) = point else {
        return Err(bad("MEDIA_EMPTY"));
    };
    let on_earth = (-90.0..=90.0).contains(&point.lat) && (-180.0..=180.0).contains(&point.long);
    if !on_earth {
        return Err(bad("MEDIA_INVALID"));
    }
    Ok(types::GeoPoint {
        long: point.long,
        lat: point.lat,
        access_hash: world.chance.number(),
        accuracy_radius: point.accuracy_radius,
    }
    .into())
}

fn live(world: &mut World, it: &types::InputMediaGeoLive) -> Result<enums::MessageMedia, RpcError> {
    let period = it.period.unwrap_or(0);
    if !it.stopped && period != FOR_EVER && !LIVE.contains(&period) {
        return Err(bad("MEDIA_INVALID"));
    }
    Ok(types::MessageMediaGeoLive {
        geo: point(world, &it.geo_point)?,
        heading: it.heading.filter(|_| !it.stopped),
        period,
        proximity_notification_radius: it.proximity_notification_radius,
    }
    .into())
}

fn contact(world: &World, it: types::InputMediaContact) -> Result<enums::MessageMedia, RpcError> {
    if it.phone_number.is_empty() || it.first_name.trim().is_empty() {
        return Err(bad("MEDIA_INVALID"));
    }
    let known = normal_phone(&it.phone_number);
    let known = known.and_then(|phone| world.directory.by_phone(&phone));
    Ok(types::MessageMediaContact {
        user_id: known.map_or(0, |account| account.id),
        phone_number: it.phone_number,
        first_name: it.first_name,
        last_name: it.last_name,
        vcard: it.vcard,
    }
    .into())
}

fn dice(world: &mut World, emoticon: String) -> Result<enums::MessageMedia, RpcError> {
    let plain = emoticon.trim_end_matches('\u{fe0f}');
    let (_, most) = DICE
        .iter()
        .find(|(emoji, _)| *emoji == plain)
        .ok_or_else(|| bad("EMOTICON_INVALID"))?;
    let drawn = world.chance.number().unsigned_abs() % most;
    Ok(types::MessageMediaDice {
        value: i32::try_from(drawn).unwrap_or(0) + 1,
        emoticon,
        ..Default::default()
    }
    .into())
}
