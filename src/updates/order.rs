//! The order of the updates of one login.
use std::collections::BTreeSet;
use std::time::Duration;

use crate::client::{Core, Counts, Told, Word};
use crate::messages::sent_by;
use crate::net;
use crate::store::{Account, PeerKey};
use crate::tl::{Deserialize, Identifiable, enums, functions, types};
use crate::tracker::{Affected, Origin, Tracker, TrackerConfig};

/// How long a look into the session may take.
const LOOK_UP: Duration = Duration::from_secs(10);

/// The order of the updates of one login.
pub(super) struct Order {
    pub(super) tracker: Tracker,
    pub(super) account: Account,
    pub(super) login: u64,
    /// The server has ended the login; whoever signs in anew goes on with it.
    pub(super) is_over: bool,
    /// Whether the server has been, or is to be, asked what has happened.
    has_begun: bool,
    watched: BTreeSet<i64>,
}

impl Order {
    /// Goes on from where the session is, or, if it is not to, begins now.
    pub(super) fn new(core: &Core, account: Account, login: u64) -> Self {
        let mut config = TrackerConfig::new(account);
        if core.config.catch_up {
            config.total_limit = core.config.catch_up_limit;
            core.keeper.look(|records| {
                config.state = records.updates;
                config.channels.clone_from(&records.channels);
            });
        }
        Self {
            tracker: Tracker::new(net::now(), config),
            account,
            login,
            is_over: false,
            has_begun: false,
            watched: BTreeSet::new(),
        }
    }

    /// Whether it is of who is signed in now.
    pub(super) fn is_of(&self, account: Option<Account>, login: u64) -> bool {
        self.login == login && account.map(|it| it.user_id) == Some(self.account.user_id)
    }

    /// Asks what has happened, if nothing has been asked yet and no word of a connection is to
    /// come: with that it is asked anyway, and once is enough.
    pub(super) fn begin(&mut self, core: &Core) {
        if !self.has_begun && core.is_home_announced() {
            self.connected();
        }
    }

    /// Nobody reads: what was being asked is asked anew when somebody does.
    pub(super) fn pause(&mut self) -> &mut Tracker {
        self.has_begun = false;
        &mut self.tracker
    }

    /// There is a connection, or a new one.
    pub(super) fn connected(&mut self) {
        self.has_begun = true;
        self.tracker.handle_connected(net::now());
    }

    /// Watches these channels, and no others.
    pub(super) fn watch(&mut self, channels: &BTreeSet<i64>) {
        let now = net::now();
        for channel in self.watched.difference(channels) {
            self.tracker.unwatch_channel(now, *channel);
        }
        for channel in channels.difference(&self.watched) {
            self.tracker.watch_channel(now, *channel);
        }
        self.watched.clone_from(channels);
    }

    /// Takes in what was pushed.
    pub(super) fn hear(&mut self, core: &Core, bytes: &[u8]) {
        core.learn_updates(bytes);
        match enums::Updates::from_bytes(bytes) {
            Ok(updates) => self.take(core, updates, Origin::Push),
            Err(error) => {
                tracing::warn!(%error, "an update is not of this layer");
                self.tracker.handle_lost(net::now());
            }
        }
    }

    /// Takes in what an answer to an own call says.
    pub(super) fn own(&mut self, core: &Core, told: &Told) {
        if told.login != self.login {
            return;
        }
        match &told.word {
            Word::Counts(counts) => self.own_counts(core, counts),
            Word::Dialogs(listed) => {
                for (channel, pts) in listed {
                    self.tracker.handle_dialog(net::now(), *channel, *pts);
                }
            }
        }
    }

    fn own_counts(&mut self, core: &Core, counts: &Counts) {
        if let Some(affected) = affected(counts) {
            return self.tracker.handle_affected(net::now(), affected);
        }
        let whole = [&counts.id.to_le_bytes(), &counts.fields[..]].concat();
        let Ok(updates) = enums::Updates::from_bytes(&whole) else {
            return;
        };
        match (updates, counts.request.as_deref()) {
            (enums::Updates::UpdateShortSentMessage(short), Some(request)) => {
                self.own_message(core, *short, request);
            }
            (updates, _) => self.take(core, updates, Origin::Answer),
        }
    }

    /// The shortest answer leaves out what the request says.
    fn own_message(&mut self, core: &Core, short: types::UpdateShortSentMessage, request: &[u8]) {
        let request = functions::messages::SendMessage::from_bytes(request).ok();
        let draft = request.and_then(|it| sent_by(self.account.user_id, it, &short));
        match draft {
            Some(draft) => self.tracker.handle_sent(net::now(), short, draft),
            None => self.take(core, short.into(), Origin::Answer),
        }
    }

    fn take(&mut self, core: &Core, updates: enums::Updates, origin: Origin) {
        let me = PeerKey::User(self.account.user_id);
        let mut knows = |peer| {
            let known = || core.known(peer, net::after(LOOK_UP)).ok().flatten();
            peer == me || known().is_some()
        };
        self.tracker
            .handle_updates(net::now(), updates, origin, &mut knows);
    }
}

/// What an answer counts that brings no updates.
fn affected(counts: &Counts) -> Option<Affected> {
    use types::messages::{AffectedFoundMessages, AffectedHistory, AffectedMessages};
    let affected = match counts.id {
        AffectedMessages::CONSTRUCTOR_ID => {
            Affected::from(AffectedMessages::from_bytes(&counts.fields).ok()?)
        }
        AffectedHistory::CONSTRUCTOR_ID => {
            Affected::from(AffectedHistory::from_bytes(&counts.fields).ok()?)
        }
        AffectedFoundMessages::CONSTRUCTOR_ID => {
            Affected::from(AffectedFoundMessages::from_bytes(&counts.fields).ok()?)
        }
        _ => return None,
    };
    Some(match counts.channel {
        Some(channel) => affected.in_channel(channel),
        None => affected,
    })
}
