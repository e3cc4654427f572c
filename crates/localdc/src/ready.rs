//! What is ready at once: clients that are signed in, and data centres that all of a process share.
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use ferogram_sync::store::{Account, KeyPlace, KeyRecord, Records, SaltRecord};
use ferogram_sync::{Client, DcId, MemoryStore, Secret};

use crate::client_builder::API_ID;
use crate::local_dc::LocalDc;
use crate::world::{NewBot, NewUser, date};

/// Counts the accounts that are made here, so that no two have the same names.
static MADE: AtomicU32 = AtomicU32::new(0);

impl LocalDc {
    /// Two data centres that all of the process share: they start with the first call, and end with
    /// the process. Examples in documentation use them, since those of a crate are one program.
    ///
    /// On them live the bot `@doc_bot` with the token `1000:abc`, and Ann and Bob, with the phone
    /// numbers `+15550001` and `+15550002` and no passwords. Whoever cares who else is signed in
    /// takes a new [`bot`](Self::bot) or [`user`](Self::user), and whoever makes
    /// [`faults`](Self::faults) data centres of its own.
    ///
    /// ```
    /// let client = localdc::LocalDc::shared().client_builder().connect()?;
    /// let bot = client.bot_sign_in("1000:abc")?;
    /// assert_eq!(bot.username(), Some("doc_bot"));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Panics
    ///
    /// When the system gives no sockets or threads.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<LocalDc> = OnceLock::new();
        SHARED.get_or_init(|| {
            let shared = Self::start().expect("the system gives sockets and threads");
            shared.add_bot(NewBot::new("1000:abc", "doc_bot"));
            shared.add_user(NewUser::new("+15550001", "Ann"));
            shared.add_user(NewUser::new("+15550002", "Bob"));
            shared
        })
    }

    /// A client that is signed in as a new bot.
    ///
    /// ```
    /// let client = localdc::LocalDc::shared().bot();
    /// assert!(client.get_me()?.is_bot());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Panics
    ///
    /// When the system gives no threads.
    #[must_use]
    pub fn bot(&self) -> Client {
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let token = format!("{}:ready", 2_000_000_000 + u64::from(number));
        self.ready(self.add_bot(NewBot::new(token, format!("ready_{number}_bot"))))
    }

    /// A client that is signed in as a new person, who has a public name.
    ///
    /// ```
    /// let (ann, bob) = (localdc::LocalDc::shared().user(), localdc::LocalDc::shared().user());
    /// let name = bob.get_me()?.username().map(str::to_owned).expect("everybody has one");
    /// assert_eq!(ann.send_message(format!("@{name}"), "Hello")?.text(), "Hello");
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Panics
    ///
    /// When the system gives no threads.
    #[must_use]
    pub fn user(&self) -> Client {
        self.ready(self.add_person())
    }

    /// A client that is signed in as a new bot, and the id of a
    /// [new person](Self::add_visitor) who has opened the bot, so that it has somebody to write to.
    ///
    /// ```
    /// let (bot, ann) = localdc::LocalDc::shared().visited_bot();
    /// assert_eq!(bot.send_message(ann, "Welcome")?.text(), "Welcome");
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Panics
    ///
    /// When the system gives no threads.
    #[must_use]
    pub fn visited_bot(&self) -> (Client, i64) {
        let bot = self.bot();
        let visitor = self.add_visitor(bot.my_id().expect("it is signed in"));
        (bot, visitor)
    }

    /// A new person who has a public name.
    pub(crate) fn add_person(&self) -> i64 {
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let user = NewUser::new(format!("+8880{number:07}"), format!("Ready {number}"));
        self.add_user(user.username(format!("ready_{number}")))
    }

    /// A new login of an account, as a session that a client takes: nothing is exchanged and
    /// nobody is asked for a code, because both sides have the key already. The account's other
    /// sessions are not told.
    ///
    /// ```
    /// let telegram = localdc::LocalDc::shared();
    /// let id = telegram.add_bot(localdc::NewBot::new("1001:abc", "session_bot"));
    /// let client = telegram.client_builder().session(telegram.session_of(id)).connect()?;
    /// assert_eq!(client.get_me()?.id(), id);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Panics
    ///
    /// When there is no such account, or there are more keys than anybody needs.
    #[must_use]
    pub fn session_of(&self, account: i64) -> MemoryStore {
        let (home, bot) = self.home_of(account);
        let (key, salt) = home
            .admit(account, API_ID)
            .expect("there is room for a key");
        let place = KeyPlace::permanent(DcId(home.dc));
        MemoryStore::from_records(Records {
            home_dc: Some(place.dc),
            account: Some(Account {
                user_id: account,
                bot,
            }),
            keys: vec![KeyRecord {
                place,
                key: Box::new(Secret::new(key)),
                created: salt.since,
                expires_at: None,
                time_offset: 0,
            }],
            salts: vec![SaltRecord {
                place,
                valid_since: date(salt.since),
                valid_until: date(salt.until),
                salt: salt.salt,
            }],
            ..Records::default()
        })
    }

    fn ready(&self, account: i64) -> Client {
        let builder = self.client_builder().session(self.session_of(account));
        builder.connect().expect("the system gives threads")
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_ready_client_exchanges_nothing_and_hears_of_updates() {
        let telegram = LocalDc::start().expect("it listens");
        let (bot, user) = (telegram.bot(), telegram.user());
        let me = bot.get_me().expect("it is signed in");
        let mut updates = bot.updates();
        let name = me.username().expect("bots have one");
        user.send_message(format!("@{name}"), "Hello")
            .expect("the bot exists");
        let update = updates.next_timeout(Duration::from_secs(30));
        update.expect("the message comes");
        assert_eq!(telegram.keys(), 2);
        assert_eq!(telegram.executed("auth.importBotAuthorization"), 0);
        assert_eq!(telegram.executed("auth.signIn"), 0);
    }

    #[test]
    #[should_panic(expected = "there is no account 7")]
    fn an_account_that_nobody_has_is_a_mistake() {
        drop(LocalDc::start().expect("it listens").session_of(7));
    }
}
