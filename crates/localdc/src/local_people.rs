//! What accounts are and have, as tests want it.
use ferogram_sync::tl::functions::messages::StartBot;
use ferogram_sync::tl::types;

use crate::clock::seconds;
use crate::local_dc::LocalDc;
use crate::world::{Account, Bought};

impl LocalDc {
    /// Gives an account Telegram Premium.
    pub fn make_premium(&self, account: i64) {
        self.change_account(account, |it| it.personal.premium = true);
    }

    /// Gives an account a public name that it has bought, beside its own. It is not active yet.
    ///
    /// # Panics
    ///
    /// When somebody has the name, or it can be nobody's.
    pub fn add_username(&self, account: i64, name: &str) {
        let claimed = self.world().directory.claim_name(account, name);
        claimed.unwrap_or_else(|error| panic!("{name}: {error}"));
        self.change_account(account, |it| {
            it.personal.bought.push(Bought {
                name: name.to_owned(),
                active: false,
            });
        });
    }

    /// Signs an account in to a web page, by a bot.
    pub fn add_web_session(&self, account: i64, bot: i64, domain: &str) {
        let now = seconds(self.now());
        let hash = self.world().chance.number();
        let session = types::WebAuthorization {
            hash,
            bot_id: bot,
            domain: domain.to_owned(),
            browser: "Browser".to_owned(),
            platform: "unknown".to_owned(),
            date_created: now,
            date_active: now,
            ip: "127.0.0.1".to_owned(),
            region: "localhost".to_owned(),
        };
        self.change_account(account, |it| it.preferences.web.push(session));
    }

    /// Has a bot be one that an account has made.
    pub fn give_bot(&self, account: i64, bot: i64) {
        self.change_account(bot, |it| it.personal.owner = Some(account));
    }

    /// Has a person open a bot, which may write to them from then on.
    ///
    /// See <https://core.telegram.org/method/messages.startBot>.
    ///
    /// # Panics
    ///
    /// When there is no such person or bot, or one has blocked the other.
    pub fn open_bot(&self, person: i64, bot: i64) {
        let (random_id, access_hash) = {
            let mut world = self.world();
            (world.chance.number(), world.access_hash(person, bot))
        };
        let started = self.call_as(
            person,
            &StartBot {
                bot: types::InputUser {
                    user_id: bot,
                    access_hash,
                }
                .into(),
                peer: self.user_peer(person, bot),
                random_id,
                start_param: String::new(),
            },
        );
        started.unwrap_or_else(|error| panic!("{person} cannot open {bot}: {error}"));
    }

    /// A new person who has opened a bot. Bots cannot write first to anybody else, nor to
    /// themselves.
    ///
    /// ```
    /// use localdc::{LocalDc, NewBot};
    ///
    /// let telegram = LocalDc::shared();
    /// let bot_id = telegram.add_bot(NewBot::new("1002:abc", "visited_bot"));
    /// let bot = telegram.client_builder().session(telegram.session_of(bot_id)).connect()?;
    /// let ann = telegram.add_visitor(bot_id);
    /// assert_eq!(bot.send_message(ann, "Welcome")?.text(), "Welcome");
    /// assert!(bot.send_message("me", "A note").is_err_and(|error| error.is("USER_IS_BOT")));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Panics
    ///
    /// When there is no such bot.
    pub fn add_visitor(&self, bot: i64) -> i64 {
        let visitor = self.add_person();
        self.open_bot(visitor, bot);
        visitor
    }

    /// From now on exports of an account are refused with so many seconds to wait; with 0, no
    /// longer.
    pub fn delay_takeout(&self, account: i64, seconds: i32) {
        self.change_account(account, |it| it.preferences.takeout_delay = seconds);
    }

    /// Whether the last export of an account has brought what it was for, as its end has said.
    ///
    /// # Panics
    ///
    /// When there is no such account.
    #[must_use]
    pub fn taken_out(&self, account: i64) -> Option<bool> {
        let world = self.world();
        let found = world.account(account);
        let found = found.unwrap_or_else(|| panic!("there is no account {account}"));
        found.preferences.taken_out
    }

    /// From now on one import of contacts takes only so many phone numbers, and wants the others
    /// again.
    pub fn limit_imports(&self, account: i64, numbers: usize) {
        self.change_account(account, |it| it.preferences.import_limit = Some(numbers));
    }

    fn change_account(&self, account: i64, change: impl FnOnce(&mut Account)) {
        let mut world = self.world();
        let found = world.account_mut(account);
        change(found.unwrap_or_else(|| panic!("there is no account {account}")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NewUser;

    #[test]
    fn one_person_opens_many_bots_and_only_those_may_write() {
        let telegram = LocalDc::start().expect("it listens");
        let ann = telegram.add_user(NewUser::new("+15550001", "Ann"));
        let (tea, coffee, water) = (telegram.bot(), telegram.bot(), telegram.bot());
        for bot in [&tea, &coffee] {
            telegram.open_bot(ann, bot.my_id().expect("it is signed in"));
            let sent = bot.send_message(ann, "Welcome");
            assert_eq!(sent.expect("it was opened").text(), "Welcome");
        }
        let error = water.send_message(ann, "Welcome");
        assert!(error.expect_err("nobody opened it").is("PEER_ID_INVALID"));
    }
}
