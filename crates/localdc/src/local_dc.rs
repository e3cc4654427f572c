//! The running data centres.
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use ferogram_sync::tl::{Serialize, enums, types};
use parking_lot::MutexGuard;

use crate::clock::seconds;
use crate::faults::Faults;
use crate::rsa::PrivateKey;
use crate::server::{Centre, Hub, Listener};
use crate::world::{CodeWay, NewBot, NewUser, Standing, World, normal_phone};

/// Some data centres of Telegram on this machine, and the world behind them. Dropping it closes all
/// connections and waits for the threads that served them.
///
/// ```no_run
/// # fn main() -> std::io::Result<()> {
/// let telegram = localdc::LocalDc::start()?;
/// println!("{}", telegram.address(2));
/// println!("{}", telegram.public_key_pem());
/// # Ok(())
/// # }
/// ```
pub struct LocalDc {
    listeners: Vec<Listener>,
    centres: Vec<Arc<Centre>>,
    hub: Arc<Hub>,
    addresses: Vec<(i32, SocketAddr)>,
    cdns: Vec<(i32, SocketAddr)>,
}

impl LocalDc {
    pub(crate) fn new(
        hub: Arc<Hub>,
        centres: Vec<Arc<Centre>>,
        listeners: Vec<Listener>,
        addresses: Vec<(i32, SocketAddr)>,
        cdns: Vec<(i32, SocketAddr)>,
    ) -> Self {
        Self {
            listeners,
            centres,
            hub,
            addresses,
            cdns,
        }
    }

    /// The time of the data centres.
    pub(crate) fn now(&self) -> Duration {
        self.hub.clock.now()
    }

    /// The IPv4 address of a data centre.
    ///
    /// # Panics
    ///
    /// When there is no data centre of this number.
    #[must_use]
    pub fn address(&self, dc: i32) -> SocketAddr {
        let found = self.addresses.iter().find(|(number, _)| *number == dc);
        match found {
            Some((_, address)) => *address,
            None => panic!("there is no data centre {dc}"),
        }
    }

    /// All addresses, with the numbers of their data centres.
    #[must_use]
    pub fn addresses(&self) -> Vec<(i32, SocketAddr)> {
        self.addresses.clone()
    }

    /// The addresses of the CDNs' data centres: see [`Builder::cdns`](crate::Builder::cdns).
    #[must_use]
    pub fn cdn_addresses(&self) -> Vec<(i32, SocketAddr)> {
        self.cdns.clone()
    }

    /// The public key of all local data centres, PKCS#1 as text. It is always the same.
    #[must_use]
    pub fn public_key_pem(&self) -> &str {
        PrivateKey::public_pem()
    }

    /// The name of that key in the key exchange.
    #[must_use]
    pub fn fingerprint(&self) -> i64 {
        self.hub.rsa.fingerprint()
    }

    /// Adds a person; gives the account's id.
    ///
    /// # Panics
    ///
    /// When the phone number is none or taken, or the username is, or there is no such data centre:
    /// in a test that is a mistake. [`LocalDc::try_add_user`] gives an error instead.
    pub fn add_user(&self, user: NewUser) -> i64 {
        self.try_add_user(user)
            .unwrap_or_else(|error| panic!("no such account can be added: {error}"))
    }

    /// Adds a person; gives the account's id.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::InvalidInput`], with a text that says what is wrong.
    pub fn try_add_user(&self, user: NewUser) -> io::Result<i64> {
        let added = self.hub.world().add_user(user);
        added.map_err(|taken| io::Error::new(io::ErrorKind::InvalidInput, taken.to_string()))
    }

    /// Adds a bot; gives the account's id.
    ///
    /// # Panics
    ///
    /// When the token is none or taken, or the username is, or there is no such data centre: in a
    /// test that is a mistake. [`LocalDc::try_add_bot`] gives an error instead.
    pub fn add_bot(&self, bot: NewBot) -> i64 {
        self.try_add_bot(bot)
            .unwrap_or_else(|error| panic!("no such bot can be added: {error}"))
    }

    /// Adds a bot; gives the account's id.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::InvalidInput`], with a text that says what is wrong.
    pub fn try_add_bot(&self, bot: NewBot) -> io::Result<i64> {
        let added = self.hub.world().add_bot(bot);
        added.map_err(|taken| io::Error::new(io::ErrorKind::InvalidInput, taken.to_string()))
    }

    /// The world behind the data centres.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.hub.world()
    }

    /// What the data centres share.
    pub(crate) fn hub(&self) -> &Hub {
        &self.hub
    }

    /// The data centre that an account lives on, and whether it is a bot.
    ///
    /// # Panics
    ///
    /// When there is no such account.
    pub(crate) fn home_of(&self, account: i64) -> (&Centre, bool) {
        let world = self.hub.world();
        let Some(found) = world.account(account) else {
            panic!("there is no account {account}");
        };
        let home = self.centres.iter().find(|centre| centre.dc == found.dc);
        (home.expect("accounts live where they can"), found.is_bot())
    }

    /// The login code that a phone number was sent last, while it is good.
    #[must_use]
    pub fn login_code(&self, phone: &str) -> Option<String> {
        let mut world = self.hub.world();
        world.set_now(i64::from(seconds(self.hub.clock.now())));
        world.login_code(phone)
    }

    /// From now on login codes for a phone number go the first of these ways, and the next ones
    /// when they are wanted again.
    ///
    /// # Panics
    ///
    /// When the phone number is none.
    pub fn send_codes_by(&self, phone: &str, ways: &[CodeWay]) {
        let phone = normal_phone(phone).unwrap_or_else(|| panic!("{phone} is no phone number"));
        self.hub.world().codes.send_by(phone, ways.to_vec());
    }

    /// The code that was e-mailed to an address, while it is good: to show that the address is
    /// somebody's, or to recover a password. Login codes come from
    /// [`login_code`](Self::login_code).
    #[must_use]
    pub fn mailed_code(&self, address: &str) -> Option<String> {
        let now = i64::from(seconds(self.hub.clock.now()));
        let world = self.hub.world();
        world.mail.code_for(now, address).map(str::to_owned)
    }

    /// Gives an account an e-mail address that its login codes go to, or takes it away.
    pub fn set_login_email(&self, user: i64, address: Option<&str>) {
        if let Some(account) = self.hub.world().account_mut(user) {
            account.security.login_email = address.map(str::to_owned);
        }
    }

    /// A token, as a page on the web hands it out, that signs a client in to an account once.
    #[must_use]
    pub fn web_token(&self, user: i64) -> String {
        let mut world = self.hub.world();
        let token = format!("{:016x}", world.chance.number());
        world.web_tokens.insert(token.clone(), user);
        token
    }

    /// From now on QR codes for logins are good for so many seconds; 30 if not told.
    pub fn set_qr_lifetime(&self, seconds: i64) {
        self.hub.world().qr.lifetime = seconds;
    }

    /// Lets an account be in good standing with the service, or not.
    pub fn set_standing(&self, user: i64, standing: Standing) {
        if let Some(account) = self.hub.world().account_mut(user) {
            account.security.standing = standing;
        }
    }

    /// Gives an account a password for the second step of logins, or takes it away.
    pub fn set_password(&self, user: i64, password: Option<&str>) {
        self.hub.world().set_password(user, password);
    }

    /// Lets an account write fact checks below the posts of channels.
    pub fn let_check_facts(&self, user: i64) {
        if let Some(account) = self.hub.world().account_mut(user) {
            account.checks_facts = true;
        }
    }

    /// Gives an account another public name, or none. Nobody is told: whoever does it with
    /// `account.updateUsername` tells those who have a chat with the account.
    ///
    /// # Panics
    ///
    /// When the username is none, or somebody else has it.
    pub fn set_username(&self, user: i64, username: Option<&str>) {
        let mut world = self.hub.world();
        let renamed = world.directory.rename(user, username.map(str::to_owned));
        renamed.unwrap_or_else(|error| panic!("no account can be called so: {error}"));
    }

    /// Gives a person another phone number. Nobody is told.
    ///
    /// # Panics
    ///
    /// When the phone number is none, or somebody else has it.
    pub fn set_phone(&self, user: i64, phone: &str) {
        let renumbered = self.hub.world().directory.renumber(user, phone);
        renumbered.unwrap_or_else(|error| panic!("nobody can have this number: {error}"));
    }

    /// Bans a bot's token, or allows it again; false if no bot has it.
    pub fn ban_token(&self, token: &str, ban: bool) -> bool {
        self.hub.world().ban_token(token, ban)
    }

    /// How often a method ran, by its name in the schema, such as `messages.sendMessage`. Queries
    /// that were refused before they came to a method do not count; methods that answered with an
    /// error do.
    #[must_use]
    pub fn executed(&self, method: &str) -> u64 {
        self.hub.world().executed(method)
    }

    /// How often this very request ran, all its fields the same. A request that carries something
    /// of its own, such as a `random_id`, is known by it.
    ///
    /// ```
    /// use ferogram_sync::tl::{enums::InputUser, functions::users::GetUsers};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use localdc::{LocalDc, NewBot};
    ///
    /// let telegram = LocalDc::builder().count_requests(true).start()?;
    /// telegram.add_bot(NewBot::new("1000:token", "counting_bot"));
    /// let client = telegram.client_builder().connect()?;
    /// client.bot_sign_in("1000:token")?;
    /// let get = |times| GetUsers { id: vec![InputUser::UserSelf; times] };
    /// client.invoke(&get(2))?;
    /// assert_eq!(telegram.executed_request(&get(2)), 1);
    /// assert_eq!(telegram.executed_request(&get(3)), 0);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// When requests are not counted: see
    /// [`Builder::count_requests`](crate::Builder::count_requests).
    #[must_use]
    pub fn executed_request(&self, request: &dyn Serialize) -> u64 {
        let counted = self.hub.world().ledger.request(&request.to_bytes());
        counted.expect("requests are counted if Builder::count_requests said so")
    }

    /// What goes wrong on demand, and how often it did.
    ///
    /// ```
    /// use localdc::{Effect, LocalDc, Rule};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use ferogram_sync::tl::functions::help::GetNearestDc;
    ///
    /// let telegram = LocalDc::start()?;
    /// let client = telegram.client_builder().connect()?;
    /// client.invoke(&GetNearestDc {})?;
    /// // In the middle of the next answer the connection breaks: the client finds a way.
    /// let torn = telegram.faults().add(Rule::new(Effect::Tear { after: 10 }).times(1));
    /// client.invoke(&GetNearestDc {})?;
    /// assert_eq!(telegram.faults().fired(torn), 1);
    /// assert_eq!(telegram.executed("help.getNearestDc"), 2);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn faults(&self) -> Faults {
        Faults::new(Arc::clone(&self.hub.means.faults))
    }

    /// Whether a logged-in key that sends an ordinary request (any but `upload.*`) over a second
    /// connection while the first has some unanswered gets `AUTH_KEY_DUPLICATED` and loses its
    /// login, as in production.
    pub fn set_duplicate_key_check(&self, on: bool) {
        let check = &self.hub.options.duplicate_check;
        check.store(on, Ordering::Relaxed);
    }

    /// Sets the data centres' clock ahead of the machine's by some seconds, or behind it.
    pub fn set_clock_shift(&self, seconds: i64) {
        self.hub.clock.set_shift(seconds);
    }

    /// Answers the last step of the next key exchanges with `dh_gen_retry` so many times, and after
    /// that with `dh_gen_fail` so many times.
    pub fn force_key_exchange_ends(&self, retries: u32, fails: u32) {
        let forced = &self.hub.forced;
        forced.retries.store(retries, Ordering::Relaxed);
        forced.fails.store(fails, Ordering::Relaxed);
    }

    /// Forgets all sessions, as a server does that has restarted; keys and logins stay.
    pub fn forget_sessions(&self) {
        for key in self.centres.iter().flat_map(|centre| centre.keys.all()) {
            key.lock().forget_sessions();
        }
    }

    /// Forgets which messages were sent under which `random_id`, as a server does some time: one
    /// that comes again is sent again.
    pub fn forget_random_ids(&self) {
        self.hub.world().directory.forget_random_ids();
    }

    /// Forgets all keys that CDNs' data centres have, as they may at any time.
    pub fn forget_cdn_keys(&self) {
        for centre in self.centres.iter().filter(|centre| centre.is_cdn()) {
            for key in centre.keys.all() {
                centre.keys.remove(key.id);
            }
        }
    }

    /// Gives an account Stars, to pay with.
    pub fn give_stars(&self, user: i64, stars: i64) {
        if let Some(account) = self.hub.world().account_mut(user) {
            account.stars += stars;
        }
    }

    /// How many Stars an account has.
    #[must_use]
    pub fn stars_of(&self, user: i64) -> i64 {
        let world = self.hub.world();
        world.account(user).map_or(0, |account| account.stars)
    }

    /// How long a bot may take to answer when somebody presses a button of its: 15 seconds unless
    /// it is said otherwise.
    pub fn set_callback_patience(&self, patience: Duration) {
        self.hub.settling.set_patience(patience);
    }

    /// Tells every client that has asked for something over its connection that the configuration
    /// has changed, whether anybody is signed in there or not.
    ///
    /// See <https://core.telegram.org/constructor/updateConfig>.
    pub fn announce_config(&self) {
        let update = types::UpdateConfig {}.into();
        let date = seconds(self.hub.clock.now());
        let updates = enums::Updates::from(types::UpdateShort { update, date }).to_bytes();
        for key in self.centres.iter().flat_map(|centre| centre.keys.all()) {
            let now = self.hub.clock.now();
            let lines = key.lock().push_to_all(&updates, now, &self.hub.ids);
            for line in lines {
                line.flush();
            }
        }
    }

    /// How many authorization keys have been agreed upon, temporary ones among them.
    #[must_use]
    pub fn keys(&self) -> usize {
        let keys = self.centres.iter().map(|centre| centre.keys.all().len());
        keys.sum()
    }

    /// How many connections are open.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.listeners.iter().map(Listener::connections).sum()
    }

    /// Cuts all connections; new ones are served.
    pub fn cut_connections(&self) {
        for listener in &self.listeners {
            listener.cut_all();
        }
    }
}

impl Drop for LocalDc {
    fn drop(&mut self) {
        self.listeners.clear();
        self.hub.means.later.close();
    }
}

impl fmt::Debug for LocalDc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalDc")
            .field("addresses", &self.addresses)
            .finish_non_exhaustive()
    }
}
