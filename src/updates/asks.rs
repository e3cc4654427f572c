//! What the tracker wants to be asked, and what comes of it.
use std::collections::HashMap;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, unbounded};

use crate::client::Core;
use crate::mtproto::{CallError, Outcome, RequestId};
use crate::net::{self, LinkId, Slot};
use crate::store::{Account, PeerKey};
use crate::tl::{Deserialize, RemoteCall, enums, functions, types};
use crate::tracker::{DifferenceRequest, Failure, Tracker};

/// How long a look into the session may take.
const LOOK_UP: Duration = Duration::from_secs(10);

/// What was asked for.
#[derive(Clone, Copy, Debug)]
enum Ask {
    /// Whose login it is.
    Who,
    State,
    Difference,
    ChannelState(i64),
    ChannelDifference(i64),
}

/// What is under way. All answers come in one queue: nothing waits for one of them, neither what
/// the server sends meanwhile nor other answers. How many there can be is the tracker's to say.
pub(super) struct Asks {
    reply: Sender<(u64, Outcome)>,
    answers: Receiver<(u64, Outcome)>,
    under_way: HashMap<u64, UnderWay>,
    next: u64,
}

struct UnderWay {
    ask: Ask,
    method: u32,
    login: u64,
    place: (LinkId, RequestId),
}

impl Asks {
    pub(super) fn new() -> Self {
        let (reply, answers) = unbounded();
        Self {
            reply,
            answers,
            under_way: HashMap::new(),
            next: 0,
        }
    }

    /// Where the answers come.
    pub(super) fn answers(&self) -> &Receiver<(u64, Outcome)> {
        &self.answers
    }

    /// Nobody wants to know any more. What waits for an answer would hold a connection.
    pub(super) fn forget(&mut self, core: &Core, mut tracker: Option<&mut Tracker>) {
        for (_, UnderWay { ask, place, .. }) in self.under_way.drain() {
            core.handle.cancel(place.0, place.1);
            if let Some(tracker) = &mut tracker {
                fail(tracker, ask, Failure::Unanswered);
            }
        }
    }

    /// Whether something is under way.
    pub(super) fn are_under_way(&self) -> bool {
        !self.under_way.is_empty()
    }

    /// Asks whose login it is, unless that is being asked.
    pub(super) fn who(&mut self, core: &Core) {
        let is_asked = |it: &UnderWay| matches!(it.ask, Ask::Who);
        if !self.under_way.values().any(is_asked) {
            let id = vec![types::InputUserSelf {}.into()];
            let request = functions::users::GetUsers { id };
            if !self.send(core, Ask::Who, &request) {
                tracing::warn!("nobody can be asked whose login it is");
            }
        }
    }

    pub(super) fn state(&mut self, core: &Core, tracker: &mut Tracker) {
        if !self.send(core, Ask::State, &functions::updates::GetState {}) {
            tracker.handle_difference_error(net::now(), Failure::Unanswered);
        }
    }

    pub(super) fn difference(
        &mut self,
        core: &Core,
        tracker: &mut Tracker,
        ask: &DifferenceRequest,
    ) {
        let request = functions::updates::GetDifference {
            pts: ask.pts,
            pts_total_limit: ask.pts_total_limit,
            date: ask.date,
            qts: ask.qts,
            ..Default::default()
        };
        if !self.send(core, Ask::Difference, &request) {
            tracker.handle_difference_error(net::now(), Failure::Unanswered);
        }
    }

    /// How far a channel is: bots have no dialogs, and learn it from its full record.
    pub(super) fn channel_state(
        &mut self,
        core: &Core,
        tracker: &mut Tracker,
        channel: i64,
        account: Account,
    ) {
        let ask = Ask::ChannelState(channel);
        let Some(named) = named(core, tracker, channel) else {
            return;
        };
        let is_sent = if account.bot {
            let channel = input(&named);
            self.send(core, ask, &functions::channels::GetFullChannel { channel })
        } else {
            let peer = types::InputDialogPeer { peer: named.into() };
            let peers = vec![peer.into()];
            self.send(core, ask, &functions::messages::GetPeerDialogs { peers })
        };
        if !is_sent {
            tracker.handle_channel_error(net::now(), channel, Failure::Unanswered);
        }
    }

    pub(super) fn channel_difference(
        &mut self,
        core: &Core,
        tracker: &mut Tracker,
        (channel, pts, limit): (i64, i32, i32),
    ) {
        let Some(named) = named(core, tracker, channel) else {
            return;
        };
        let request = functions::updates::GetChannelDifference {
            channel: input(&named),
            filter: enums::ChannelMessagesFilter::Empty,
            pts,
            limit,
            ..Default::default()
        };
        if !self.send(core, Ask::ChannelDifference(channel), &request) {
            tracker.handle_channel_error(net::now(), channel, Failure::Unanswered);
        }
    }

    /// Takes an answer in.
    pub(super) fn answered(
        &mut self,
        core: &Core,
        tracker: Option<&mut Tracker>,
        token: u64,
        outcome: Outcome,
    ) {
        let Some(it) = self.under_way.remove(&token) else {
            return;
        };
        let UnderWay {
            ask, method, login, ..
        } = it;
        let answer = match outcome {
            Ok(answer) => {
                core.learn(method, &answer, login);
                Ok(answer.into_bytes())
            }
            Err(CallError::Rpc(error)) => {
                core.refused_at_home(&error);
                Err(CallError::Rpc(error))
            }
            Err(unanswered) => Err(unanswered),
        };
        let failure = match &answer {
            Ok(_) => None,
            Err(CallError::Rpc(error)) => Some(Failure::Refused {
                code: error.code,
                name: &error.message,
            }),
            Err(_) => Some(Failure::Unanswered),
        };
        match (tracker, failure, answer.as_deref().ok()) {
            (Some(tracker), Some(failure), _) => fail(tracker, ask, failure),
            (Some(tracker), None, Some(answer)) => {
                let taken = take(tracker, ask, answer);
                taken.unwrap_or_else(|| fail(tracker, ask, Failure::Unanswered));
            }
            (None, None, Some(answer)) if matches!(ask, Ask::Who) => {
                if let Some(account) = account(answer) {
                    core.identified(account);
                }
            }
            _ => {}
        }
    }

    /// Whether the request is on its way.
    fn send<R: RemoteCall>(&mut self, core: &Core, ask: Ask, request: &R) -> bool {
        self.next += 1;
        let (token, method) = (self.next, R::CONSTRUCTOR_ID);
        let slot = Slot::Shared {
            queue: self.reply.clone(),
            token,
        };
        let login = core.imports.login();
        let deadline = net::after(core.config.timeout);
        let sent = core.ask_home(request.to_bytes(), method, deadline, slot);
        let is_sent = sent.is_ok();
        self.under_way.extend(sent.ok().map(|place| {
            let it = UnderWay {
                ask,
                method,
                login,
                place,
            };
            (token, it)
        }));
        is_sent
    }
}

fn fail(tracker: &mut Tracker, ask: Ask, failure: Failure<'_>) {
    let now = net::now();
    match ask {
        Ask::Who => {}
        Ask::State | Ask::Difference => tracker.handle_difference_error(now, failure),
        Ask::ChannelState(id) | Ask::ChannelDifference(id) => {
            tracker.handle_channel_error(now, id, failure);
        }
    }
}

/// Hands an answer to the tracker; `None` when it is not what was asked for.
fn take(tracker: &mut Tracker, ask: Ask, answer: &[u8]) -> Option<()> {
    let now = net::now();
    match ask {
        Ask::Who => {}
        Ask::State => tracker.handle_state(now, read(answer)?),
        Ask::Difference => tracker.handle_difference(now, read(answer)?),
        Ask::ChannelState(id) => tracker.handle_channel_state(now, id, pts_of(answer, id)?),
        Ask::ChannelDifference(id) => tracker.handle_channel_difference(now, id, read(answer)?),
    }
    Some(())
}

fn read<T: Deserialize>(answer: &[u8]) -> Option<T> {
    let read = T::from_bytes(answer);
    read.inspect_err(|error| tracing::warn!(%error, "an answer is not of this layer"))
        .ok()
}

/// How far a channel is, of either kind of answer.
fn pts_of(answer: &[u8], channel: i64) -> Option<i32> {
    if let Ok(enums::messages::ChatFull::Full(full)) = Deserialize::from_bytes(answer)
        && let enums::ChatFull::ChannelFull(full) = full.full_chat
    {
        return Some(full.pts);
    }
    let enums::messages::PeerDialogs::Dialogs(found) = read(answer)?;
    found.dialogs.into_iter().find_map(|dialog| match dialog {
        enums::Dialog::Dialog(dialog) => match dialog.peer {
            enums::Peer::Channel(peer) if peer.channel_id == channel => dialog.pts,
            _ => None,
        },
        _ => None,
    })
}

/// Who the account is, as its own record tells.
fn account(answer: &[u8]) -> Option<Account> {
    let users: Vec<enums::User> = read(answer)?;
    users.into_iter().find_map(|user| match user {
        enums::User::User(me) => Some(Account {
            user_id: me.id,
            bot: me.bot,
        }),
        _ => None,
    })
}

/// The channel as the server wants it named. Where that is not known, the tracker is told.
fn named(core: &Core, tracker: &mut Tracker, channel: i64) -> Option<types::InputPeerChannel> {
    let known = core.known(PeerKey::Channel(channel), net::after(LOOK_UP));
    // https://core.telegram.org/api/min: such a hash is of no use here.
    let known = known.ok().flatten().filter(|record| !record.min);
    let Some(access_hash) = known.and_then(|record| record.access_hash) else {
        tracker.handle_channel_error(net::now(), channel, Failure::NoAccessHash);
        return None;
    };
    Some(types::InputPeerChannel {
        channel_id: channel,
        access_hash,
    })
}

fn input(channel: &types::InputPeerChannel) -> enums::InputChannel {
    types::InputChannel {
        channel_id: channel.channel_id,
        access_hash: channel.access_hash,
    }
    .into()
}
