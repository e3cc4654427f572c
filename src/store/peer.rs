//! What is known of a peer, and how it is looked up.

/// Names a user, a chat or a channel, by the id that the API knows it by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum PeerKey {
    /// A user or a bot.
    User(i64),
    /// A small group.
    Chat(i64),
    /// A channel or a supergroup.
    Channel(i64),
}

/// No id of the API has more: <https://core.telegram.org/api/peers#peer-id>.
pub(super) const ID_BITS: u32 = 62;

impl PeerKey {
    /// The id as a number, if anybody can have it.
    pub(super) fn number(self) -> Option<u64> {
        let (Self::User(id) | Self::Chat(id) | Self::Channel(id)) = self;
        u64::try_from(id).ok().filter(|id| id >> ID_BITS == 0)
    }
}

/// What is needed to name a peer to the server again.
///
/// See <https://core.telegram.org/api/peers>.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PeerRecord {
    /// Who it is.
    pub id: PeerKey,
    /// The access hash; small groups have none.
    pub access_hash: Option<i64>,
    /// Whether the hash comes from a `min` constructor, and so is good for profile photos only.
    ///
    /// See <https://core.telegram.org/api/min>.
    pub min: bool,
    /// The public names, without the `@`: all that are active.
    pub usernames: Vec<String>,
    /// The phone number in digits, as far as it was shown or asked for.
    pub phone: Option<String>,
    /// When the server said last that the public names are these, in seconds since the Unix epoch;
    /// 0 where that is not known. Names move, and are believed for a while only.
    pub usernames_seen: i64,
    /// The same for the phone number.
    pub phone_seen: i64,
}

/// Whom a look-up asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeerQuery<'a> {
    /// The peer with this id.
    Id(PeerKey),
    /// Whose public name this is: without the `@`, in any case.
    Name(&'a str),
    /// Whose phone number this is, in digits.
    Phone(&'a str),
}

impl PeerRecord {
    /// A peer of which nothing is known but its id.
    #[must_use]
    pub fn new(id: PeerKey) -> Self {
        Self {
            id,
            access_hash: None,
            min: false,
            usernames: Vec::new(),
            phone: None,
            usernames_seen: 0,
            phone_seen: 0,
        }
    }

    /// Whether it is the one that is asked for. Public names are the same in any case of letters.
    #[must_use]
    pub fn answers(&self, query: &PeerQuery<'_>) -> bool {
        match query {
            PeerQuery::Id(id) => self.id == *id,
            PeerQuery::Name(name) => self
                .usernames
                .iter()
                .any(|own| own.eq_ignore_ascii_case(name)),
            PeerQuery::Phone(phone) => self.phone.as_deref() == Some(phone),
        }
    }

    /// Leaves the names out that are another's by now, and the number, if it is.
    pub(super) fn keep_own(
        &mut self,
        owns_name: impl FnMut(&str) -> bool,
        owns_phone: impl FnOnce(&str) -> bool,
    ) {
        let mut owns_name = owns_name;
        self.usernames.retain(|name| owns_name(name));
        self.phone = self.phone.take().filter(|phone| owns_phone(phone));
    }
}
