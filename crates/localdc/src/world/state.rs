//! Everything that the data centres share: accounts, logins, groups, messages.
use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::sync::Arc;

use ferogram_sync::tl::types;
use sha2::{Digest, Sha256};

use super::account::{Account, Kind};
use super::accounts::{NewBot, NewUser};
use super::authorizations::{Authorization, Authorizations, Questions};
use super::ballot::Ballot;
use super::boosts::Slot;
use super::chance::Chance;
use super::channel::Channel;
use super::chat::Chat;
use super::checkout::Checkout;
use super::codes::{LoginCode, LoginCodes};
use super::directory::{Directory, Profile, Taken, normal_phone};
use super::files::Files;
use super::inline_book::{InlineBook, InlineMode};
use super::invites::Invites;
use super::ledger::Ledger;
use super::mail::Mail;
use super::mailbox::PostId;
use super::mini_app_book::MiniAppBook;
use super::password::{Password, Question};
use super::peer::Peer;
use super::post::Post;
use super::presses::Presses;
use super::program::Program;
use super::qr::QrLogins;
use super::reads::Reads;
use super::stickers::StickerSets;
use super::talk::FIRST_ID;

/// The length of the salt that a password set on the server's own account gets in front
/// (<https://core.telegram.org/api/srp>: the client adds 32 bytes of its own).
const OWN_SALT: usize = 32;

/// Events in one part of a difference, unless told.
const SLICE: i32 = 1000;

/// The first id given to a channel: beyond 31 bits, so that nobody cuts them.
const FIRST_CHANNEL_ID: i64 = 3_000_000_001;

/// How far into the list of a supergroup's members one filter leads, as users report.
const REACH: usize = 10_000;

/// What the world has to know about the centres around it.
#[derive(Clone, Debug)]
pub(crate) struct WorldConfig {
    /// The data centres: number and address.
    pub(crate) dcs: Vec<(i32, SocketAddr)>,
    /// The CDNs' data centres.
    pub(crate) cdns: Vec<(i32, SocketAddr)>,
    /// The world's own chance (codes, access hashes) grows from this.
    pub(crate) seed: [u8; 32],
}

/// All that the data centres know, apart from connections and keys.
///
/// It has no clock and no chance of its own: time comes with every call ([`World::set_now`]), and
/// chance grows from the seed. The same calls make the same world.
pub(crate) struct World {
    now: i64,
    pub(crate) chance: Chance,
    hash_secret: [u8; 32],
    pub(crate) centres: Vec<(i32, SocketAddr)>,
    pub(crate) cdns: Vec<(i32, SocketAddr)>,
    pub(crate) directory: Directory,
    pub(crate) logins: Authorizations,
    pub(crate) codes: LoginCodes,
    pub(crate) mail: Mail,
    pub(crate) qr: QrLogins,
    /// Whom a token from a web page signs in.
    pub(crate) web_tokens: HashMap<String, i64>,
    pub(crate) questions: Questions<Question>,
    pub(crate) chats: BTreeMap<i64, Chat>,
    pub(crate) channels: BTreeMap<i64, Channel>,
    /// Links by which people come in, and who asks to be let in.
    pub(crate) invites: Invites,
    /// The boosts of all accounts.
    pub(crate) boosts: Vec<Slot>,
    /// What chats have told, oldest first.
    pub(crate) stories: BTreeMap<Peer, Vec<types::StoryItem>>,
    pub(crate) posts: HashMap<PostId, Post>,
    pub(crate) files: Files,
    pub(crate) sticker_sets: StickerSets,
    /// Polls, by their ids.
    pub(crate) ballots: BTreeMap<i64, Ballot>,
    pub(crate) presses: Presses,
    pub(crate) inline: InlineBook,
    pub(crate) mini_apps: MiniAppBook,
    /// What was scored in games, by the bot, the game's name and the chat: by whom, and how much.
    pub(crate) scores: BTreeMap<(i64, String, Peer, i64), BTreeMap<i64, i32>>,
    /// How far who has come in buying what.
    pub(crate) checkout: Checkout,
    /// What was to be told with an answer that has become a refusal: whom, and the updates.
    pub(crate) untold: Vec<(i64, Vec<u8>)>,
    pub(crate) ledger: Ledger,
    /// When who has read how far.
    pub(crate) reads: Reads,
    /// Events in one part of a difference, unless a client wants fewer.
    pub(crate) slice: i32,
    /// How often the hash that an account knows somebody or a channel by was changed.
    rehashed: HashMap<(i64, i64), u32>,
    last_post: u64,
    /// The number of what was done last in any channel.
    pub(super) last_logged: i64,
    /// How far into the list of a supergroup's members one filter leads.
    pub(crate) reach: usize,
}

impl World {
    /// An empty world: nobody lives there but the account of the service notices.
    pub(crate) fn new(config: WorldConfig) -> Self {
        let mut chance = Chance::new(config.seed);
        let hash_secret = chance.array();
        let files = Files::new(chance.array());
        let mut world = Self {
            now: 0,
            chance,
            hash_secret,
            centres: config.dcs,
            cdns: config.cdns,
            directory: Directory::default(),
            logins: Authorizations::default(),
            codes: LoginCodes::default(),
            mail: Mail::default(),
            qr: QrLogins::new(),
            web_tokens: HashMap::new(),
            questions: Questions::new(),
            chats: BTreeMap::new(),
            channels: BTreeMap::new(),
            invites: Invites::default(),
            boosts: Vec::new(),
            stories: BTreeMap::new(),
            posts: HashMap::new(),
            files,
            sticker_sets: StickerSets::default(),
            ballots: BTreeMap::new(),
            presses: Presses::default(),
            inline: InlineBook::default(),
            mini_apps: MiniAppBook::default(),
            scores: BTreeMap::new(),
            checkout: Checkout::default(),
            untold: Vec::new(),
            ledger: Ledger::default(),
            reads: Reads::default(),
            slice: SLICE,
            rehashed: HashMap::new(),
            last_post: 0,
            last_logged: 0,
            reach: REACH,
        };
        world.directory.insert_service("Telegram");
        world
    }

    /// Tells the time, in Unix seconds.
    pub(crate) fn set_now(&mut self, now: i64) {
        self.now = now;
    }

    /// The time last told, in Unix seconds.
    pub(crate) fn now(&self) -> i64 {
        self.now
    }

    /// The time as the API writes it.
    pub(crate) fn date(&self) -> i32 {
        date(self.now)
    }

    /// Whether there is a data centre of this number.
    pub(crate) fn has_centre(&self, dc: i32) -> bool {
        self.centres.iter().any(|(id, _)| *id == dc)
    }

    /// Whether this is the number of a CDN's data centre.
    pub(crate) fn is_cdn(&self, dc: i32) -> bool {
        self.cdns.iter().any(|(id, _)| *id == dc)
    }

    /// Adds a person.
    pub(crate) fn add_user(&mut self, user: NewUser) -> Result<i64, Taken> {
        let phone = normal_phone(&user.phone).ok_or(Taken::Phone)?;
        let id = self.add_account(Profile {
            kind: Kind::User { phone },
            first_name: user.first_name,
            last_name: None,
            username: user.username,
            dc: user.dc,
        })?;
        self.set_password(id, user.password.as_deref());
        Ok(id)
    }

    /// Adds a bot.
    pub(crate) fn add_bot(&mut self, bot: NewBot) -> Result<i64, Taken> {
        let id = self.add_account(Profile {
            kind: Kind::Bot {
                token: bot.token,
                banned: false,
            },
            first_name: bot.first_name,
            last_name: None,
            username: Some(bot.username),
            dc: bot.dc,
        })?;
        if let Some(account) = self.account_mut(id) {
            account.personal.inline = Some(InlineMode::default());
        }
        Ok(id)
    }

    /// Adds a person or a bot.
    pub(crate) fn add_account(&mut self, profile: Profile) -> Result<i64, Taken> {
        if !self.has_centre(profile.dc) {
            return Err(Taken::Centre);
        }
        self.directory.add(profile, &mut self.chance)
    }

    /// The id of the next channel.
    pub(super) fn free_channel_id(&self) -> i64 {
        let last = self.channels.range(..FIRST_ID).next_back();
        last.map_or(FIRST_CHANNEL_ID, |(last, _)| last + 1)
    }

    /// An account.
    pub(crate) fn account(&self, id: i64) -> Option<&Account> {
        self.directory.get(id)
    }

    /// An account, to change it.
    pub(crate) fn account_mut(&mut self, id: i64) -> Option<&mut Account> {
        self.directory.get_mut(id)
    }

    /// Gives an account a password, or takes it away.
    pub(crate) fn set_password(&mut self, user: i64, password: Option<&str>) {
        let own: [u8; OWN_SALT] = self.chance.array();
        if let Some(account) = self.directory.get_mut(user) {
            let (first, second) = account.next_salts;
            account.password = password.map(|password| {
                let salt1 = [&first[..], &own[..]].concat();
                Password::new(password.as_bytes(), salt1, second.to_vec())
            });
        }
    }

    /// Bans a bot's token, or allows it again; `false` if no bot has it.
    pub(crate) fn ban_token(&mut self, token: &str, ban: bool) -> bool {
        let Some(id) = self.directory.by_token(token).map(|account| account.id) else {
            return false;
        };
        if let Some(Account {
            kind: Kind::Bot { banned, .. },
            ..
        }) = self.directory.get_mut(id)
        {
            *banned = ban;
        }
        true
    }

    /// The code that a phone number waits for, if one was sent and is still good.
    pub(crate) fn login_code(&self, phone: &str) -> Option<String> {
        let phone = normal_phone(phone)?;
        self.codes.get(self.now, &phone).map(LoginCode::code)
    }

    /// Who is logged in with a key.
    pub(crate) fn user_of(&self, key: i64) -> Option<i64> {
        self.logins.get(key).map(|login| login.user)
    }

    /// Logs a key in to an account, for a program, on a data centre.
    pub(crate) fn sign_in(&mut self, key: i64, user: i64, dc: i32, program: Arc<Program>) {
        let hash = self.chance.number();
        let login = Authorization::new(user, hash, dc, self.now, program);
        self.logins.sign_in(key, login);
    }

    /// Ends the login of a key, as the server does when the key was misused.
    pub(crate) fn revoke(&mut self, key: i64) -> bool {
        self.logins.sign_out(key).is_some()
    }

    /// The access hash under which `viewer` knows `target`: another one for every viewer
    /// (<https://core.telegram.org/api/peers#access-hash>), never 0.
    pub(crate) fn access_hash(&self, viewer: i64, target: i64) -> i64 {
        let mut hash = Sha256::new();
        hash.update(self.hash_secret);
        hash.update(viewer.to_le_bytes());
        hash.update(target.to_le_bytes());
        let times = self.rehashed.get(&(viewer, target));
        hash.update(times.copied().unwrap_or(0).to_le_bytes());
        let hash: [u8; 32] = hash.finalize().into();
        let (first, _) = hash.split_first_chunk().expect("a hash has 32 bytes");
        i64::from_le_bytes(*first) | 1
    }

    /// From now on `viewer` knows `target` by another hash, and by that alone.
    pub(crate) fn rehash(&mut self, viewer: i64, target: i64) {
        *self.rehashed.entry((viewer, target)).or_default() += 1;
    }

    /// The same for a channel.
    pub(crate) fn channel_hash(&self, viewer: i64, channel: i64) -> i64 {
        self.access_hash(viewer, -channel)
    }

    /// The access hash in a `min` constructor, which names nobody
    /// (<https://core.telegram.org/api/min>).
    pub(crate) fn min_hash(&self, viewer: i64, target: i64) -> i64 {
        self.access_hash(viewer, target) & !1
    }

    /// Whether `one` has met `other` so that the server shows all of it: as a contact, in a
    /// conversation or in a group. Bots are shown everybody in whole.
    pub(crate) fn is_acquainted(&self, one: i64, other: i64) -> bool {
        let Some(account) = self.account(one) else {
            return false;
        };
        one == other
            || account.is_bot()
            || account.contacts.contains_key(&other)
            || account.mailbox.thread(Peer::User(other)).is_some()
            || self.share_a_group(one, other)
    }

    /// Whether `one` and `other` are in a basic group together.
    pub(crate) fn share_a_group(&self, one: i64, other: i64) -> bool {
        self.chats
            .values()
            .any(|chat| chat.members.contains_key(&one) && chat.members.contains_key(&other))
    }

    /// Counts a method that runs, with its constructor id and fields.
    pub(crate) fn count(&mut self, method: &'static str, request: &[u8]) {
        self.ledger.count(method, request);
    }

    /// How often a method ran, by its name in the schema (`messages.sendMessage`).
    pub(crate) fn executed(&self, method: &str) -> u64 {
        self.ledger.method(method)
    }

    /// Keeps a new message.
    pub(crate) fn keep(&mut self, post: Post) -> PostId {
        self.last_post += 1;
        let id = PostId(self.last_post);
        self.posts.insert(id, post);
        id
    }
}

/// Unix seconds as the API writes them.
pub(crate) fn date(unix: i64) -> i32 {
    i32::try_from(unix).unwrap_or(if unix < 0 { 0 } else { i32::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_lives_on_a_data_centre_that_is_there() {
        let address = SocketAddr::from(([127, 0, 0, 1], 1));
        let mut world = World::new(WorldConfig {
            dcs: vec![(1, address), (2, address)],
            cdns: Vec::new(),
            seed: [0; 32],
        });
        assert!(world.add_bot(NewBot::new("1:a", "first_bot").dc(2)).is_ok());
        for dc in [0, 3] {
            let bot = NewBot::new("2:a", "second_bot").dc(dc);
            assert_eq!(world.add_bot(bot), Err(Taken::Centre));
            let user = NewUser::new("12345", "Ann").dc(dc);
            assert_eq!(world.add_user(user), Err(Taken::Centre));
        }
    }
}
