//! From what was seen of a peer to what is known of it.
use super::sight::Sight;
use crate::store::{PeerKey, PeerRecord};

/// How long a name is believed after the server has shown it, in seconds: an hour, as Telegram for
/// Android does. Within it a message may still go to whoever had the name before; with less, the
/// server's limit on look-ups, some hundred a day, is soon reached by a program that writes to a
/// few names over and over.
pub(super) const BELIEVED: i64 = 3600;

/// A name that is seen again is dated anew when so many seconds have passed: to write the session
/// for every message that brings its sender along would be too much.
pub(super) const DATED_ANEW: i64 = BELIEVED / 2;

/// Takes in what was seen of a peer. Whether something else is known of it now.
pub(super) fn take_in(
    known: &mut Option<PeerRecord>,
    id: PeerKey,
    sight: &Sight,
    now: i64,
) -> bool {
    if let Sight::Hash(_, hash, min) = sight {
        return met(known, id, *hash, *min);
    }
    // Of somebody who was never met it is of no use to know a name.
    let Some(record) = known else { return false };
    match sight {
        Sight::Usernames(_, names) => called(record, names, now),
        Sight::Phone(_, phone) => phoned(record, phone.as_deref(), now),
        Sight::Changed(_) => doubt(record),
        // What it says is what others are not called.
        Sight::SomeUsernames(..) | Sight::Hash(..) | Sight::InMessage(..) => false,
    }
}

/// A `min` constructor shows too little to replace what a full one showed, and a hash that is not
/// shown is not gone.
///
/// See <https://core.telegram.org/api/min>.
fn met(known: &mut Option<PeerRecord>, id: PeerKey, hash: Option<i64>, min: bool) -> bool {
    let is_first = known.is_none();
    let record = known.get_or_insert_with(|| PeerRecord {
        min: true, // Less than anything that is seen.
        ..PeerRecord::new(id)
    });
    if min && !record.min {
        return false;
    }
    let shown = hash.filter(|hash| *hash != 0);
    let kept = record.access_hash.filter(|_| record.min == min);
    let after = (shown.or(kept), min);
    let differs = (record.access_hash, record.min) != after;
    (record.access_hash, record.min) = after;
    is_first || differs
}

/// Somebody has just these names.
fn called(record: &mut PeerRecord, names: &[String], now: i64) -> bool {
    let known = record.usernames == names;
    if known && (names.is_empty() || is_within(record.usernames_seen, now, DATED_ANEW)) {
        return false;
    }
    (record.usernames, record.usernames_seen) = (names.to_vec(), now);
    true
}

/// Somebody has this phone number, or none any more.
fn phoned(record: &mut PeerRecord, phone: Option<&str>, now: i64) -> bool {
    let dated = phone.is_none() || is_within(record.phone_seen, now, DATED_ANEW);
    if record.phone.as_deref() == phone && dated {
        return false;
    }
    (record.phone, record.phone_seen) = (phone.map(str::to_owned), now);
    true
}

/// What somebody is called has to be asked again.
fn doubt(record: &mut PeerRecord) -> bool {
    let differs = (record.usernames_seen, record.phone_seen) != (0, 0);
    (record.usernames_seen, record.phone_seen) = (0, 0);
    differs
}

/// A time that is still to come is that of a clock which was wrong: nothing follows from it.
pub(super) fn is_within(seen: i64, now: i64, seconds: i64) -> bool {
    (seen..seen.saturating_add(seconds)).contains(&now)
}
