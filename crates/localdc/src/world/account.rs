//! A user or a bot.
use std::collections::{BTreeMap, BTreeSet, HashMap};

use ferogram_sync::tl::{enums, types};

use super::blocks::Blocks;
use super::bot_facts::BotFacts;
use super::dialog_book::DialogBook;
use super::mailbox::Mailbox;
use super::paid::PaidAs;
use super::password::Password;
use super::peer::Peer;
use super::personal::Personal;
use super::preferences::Preferences;
use super::security::Security;
use super::shortcuts::Shortcuts;
use super::stickers::StickerShelf;
use super::waiting::Schedule;

/// What an account is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A person, with a phone number (digits only).
    User { phone: String },
    /// A bot, with its token; a banned token no longer opens it.
    Bot { token: String, banned: bool },
}

/// What somebody calls a contact.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Contact {
    pub(crate) first_name: String,
    pub(crate) last_name: Option<String>,
    /// What the account has written down of it.
    pub(crate) note: Option<types::TextWithEntities>,
    /// The photo that the account has given it, as a file.
    pub(crate) photo: Option<i64>,
}

/// A message sent under a `random_id`, to answer the same call again with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sent {
    pub(crate) peer: Peer,
    pub(crate) id: i32,
    pub(crate) pts: i32,
    pub(crate) date: i64,
}

/// Something that happened to an account and is ordered by `seq`, not by `pts`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    pub(crate) seq: i32,
    pub(crate) date: i64,
    pub(crate) what: Notable,
}

/// What a [`Notice`] is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Notable {
    /// Somebody logged in to the account: the hash of the authorization.
    NewAuthorization { hash: i64 },
}

/// An update with a `qts` of its own.
#[derive(Clone, Debug)]
pub(crate) struct Counted {
    pub(crate) qts: i32,
    pub(crate) update: enums::Update,
    /// Whom it names.
    pub(crate) names: Vec<Peer>,
}

/// When somebody was seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Presence {
    /// Online until then, in Unix seconds; 0: never.
    pub(crate) online_until: i64,
    /// Last online then; 0: never.
    pub(crate) was_online: i64,
}

/// A user or a bot, with all that belongs to it.
pub(crate) struct Account {
    pub(crate) id: i64,
    pub(crate) kind: Kind,
    pub(crate) first_name: String,
    pub(crate) last_name: Option<String>,
    /// As its owner writes it; it is found in any case of letters.
    pub(crate) username: Option<String>,
    pub(crate) about: Option<String>,
    /// The data centre it lives in.
    pub(crate) dc: i32,
    pub(crate) password: Option<Password>,
    /// The server's part of the salts of the next password.
    pub(crate) next_salts: ([u8; 8], [u8; 16]),
    pub(crate) mailbox: Mailbox,
    pub(crate) notices: Vec<Notice>,
    /// What `qts` counts, oldest first.
    pub(crate) counted: Vec<Counted>,
    pub(crate) contacts: BTreeMap<i64, Contact>,
    pub(crate) blocked: Blocks,
    /// Of a bot: who has written to it or was looked up by it.
    pub(crate) met: BTreeSet<i64>,
    /// Of a bot: who has opened a conversation with it, so that it may write.
    pub(crate) opened_by: BTreeSet<i64>,
    /// Of a bot: what it has said of itself.
    pub(crate) bot: BotFacts,
    /// The channels it is in.
    pub(crate) channels: BTreeSet<i64>,
    /// How it has arranged its conversations.
    pub(crate) dialogs: DialogBook,
    pub(crate) sent: HashMap<i64, Sent>,
    /// What waits for its time.
    pub(crate) schedule: Schedule,
    pub(crate) shortcuts: Shortcuts,
    /// Whose saved messages are pinned.
    pub(crate) pinned_saved: Vec<Peer>,
    /// The reactions used last, the newest first.
    pub(crate) recent_reactions: Vec<enums::Reaction>,
    /// What it keeps of stickers and GIFs.
    pub(crate) shelf: StickerShelf,
    /// What it can pay with.
    pub(crate) stars: i64,
    /// The numbers under which reactions were paid.
    pub(crate) paid_reactions: BTreeSet<i64>,
    /// As whom it pays for reactions unless it says so.
    pub(crate) paid_as: PaidAs,
    /// Whether it may write fact checks.
    pub(crate) checks_facts: bool,
    /// What was begun, by the conversation and its topic.
    pub(crate) drafts: BTreeMap<(Peer, Option<i32>), types::DraftMessage>,
    pub(crate) presence: Presence,
    pub(crate) security: Security,
    /// What it shows of itself.
    pub(crate) personal: Personal,
    /// What it has set for itself.
    pub(crate) preferences: Preferences,
}

impl Account {
    /// An account that has nothing yet but a name and a home.
    pub(crate) fn new(id: i64, kind: Kind, first_name: String, dc: i32) -> Self {
        Self {
            id,
            kind,
            first_name,
            last_name: None,
            username: None,
            about: None,
            dc,
            password: None,
            next_salts: Default::default(),
            mailbox: Mailbox::new(),
            notices: Vec::new(),
            counted: Vec::new(),
            contacts: BTreeMap::new(),
            blocked: Blocks::default(),
            met: BTreeSet::new(),
            opened_by: BTreeSet::new(),
            bot: BotFacts::default(),
            channels: BTreeSet::new(),
            dialogs: DialogBook::default(),
            sent: HashMap::new(),
            schedule: Schedule::default(),
            shortcuts: Shortcuts::default(),
            pinned_saved: Vec::new(),
            recent_reactions: Vec::new(),
            shelf: StickerShelf::default(),
            stars: 0,
            paid_reactions: BTreeSet::new(),
            paid_as: PaidAs::default(),
            checks_facts: false,
            drafts: BTreeMap::new(),
            presence: Presence::default(),
            security: Security::default(),
            personal: Personal::default(),
            preferences: Preferences::default(),
        }
    }

    /// Whether it is a bot.
    pub(crate) fn is_bot(&self) -> bool {
        matches!(self.kind, Kind::Bot { .. })
    }

    /// The token of a bot.
    pub(crate) fn token(&self) -> Option<&str> {
        match &self.kind {
            Kind::Bot { token, .. } => Some(token),
            Kind::User { .. } => None,
        }
    }

    /// The first name and the last.
    pub(crate) fn full_name(&self) -> String {
        match &self.last_name {
            Some(last) => format!("{} {last}", self.first_name),
            None => self.first_name.clone(),
        }
    }

    /// The phone number of a user.
    pub(crate) fn phone(&self) -> Option<&str> {
        match &self.kind {
            Kind::User { phone } => Some(phone),
            Kind::Bot { .. } => None,
        }
    }

    /// The number of the last notice.
    pub(crate) fn seq(&self) -> i32 {
        self.notices.last().map_or(0, |notice| notice.seq)
    }

    /// The number of the last update that `qts` counts.
    pub(crate) fn qts(&self) -> i32 {
        self.counted.last().map_or(0, |counted| counted.qts)
    }

    /// Notes something that `seq` orders.
    pub(crate) fn notice(&mut self, date: i64, what: Notable) -> Notice {
        let notice = Notice {
            seq: self.seq() + 1,
            date,
            what,
        };
        self.notices.push(notice.clone());
        notice
    }
}
