//! What the updates thread hears besides what the network queues.
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

use crate::tl::{self, Deserialize, Identifiable, Serialize, TypeRef, functions, types};

/// So many answers wait for the updates thread. What does not fit is asked for by a difference.
const CAPACITY: usize = 256;

/// What the answers to own calls say of the order of updates, and a bell.
///
/// Nothing is kept while nobody listens: then a call pays one load for it.
pub(crate) struct Feed {
    listened: AtomicBool,
    missed: AtomicBool,
    /// Made for the first who listens, or wants the bell.
    wires: OnceLock<Wires>,
}

/// What leads to the updates thread.
struct Wires {
    tell: Sender<Told>,
    told: Receiver<Told>,
    bell: Bell,
    rung: Receiver<()>,
}

/// Has the updates thread look around.
#[derive(Clone)]
pub(crate) struct Bell(Sender<()>);

impl Bell {
    /// Does not block.
    pub(crate) fn ring(&self) {
        self.0.try_send(()).ok(); // One word is enough.
    }
}

/// One thing in an answer that counts.
pub(crate) struct Told {
    /// The login that it was asked under.
    pub(crate) login: u64,
    pub(crate) word: Word,
}

/// What an answer says of the order of updates.
pub(crate) enum Word {
    /// Updates, or how many an own doing counts for.
    Counts(Counts),
    /// How far channels are, by their dialogs.
    Dialogs(Vec<(i64, i32)>),
}

/// What takes counters on.
pub(crate) struct Counts {
    /// The channel that the request named, if it is one of those where the answer does not say so.
    pub(crate) channel: Option<i64>,
    /// Which constructor.
    pub(crate) id: u32,
    /// Its fields, serialised.
    pub(crate) fields: Vec<u8>,
    /// The fields of the request, serialised, if it was one for a message and the answer leaves out
    /// what it says.
    pub(crate) request: Option<Vec<u8>>,
}

impl Wires {
    fn new() -> Self {
        let (tell, told) = unbounded();
        let (bell, rung) = bounded(1);
        Self {
            tell,
            told,
            bell: Bell(bell),
            rung,
        }
    }
}

impl Feed {
    pub(super) fn new() -> Self {
        Self {
            listened: AtomicBool::new(false),
            missed: AtomicBool::new(false),
            wires: OnceLock::new(),
        }
    }

    fn wires(&self) -> &Wires {
        self.wires.get_or_init(Wires::new)
    }

    /// What was told.
    pub(crate) fn told(&self) -> &Receiver<Told> {
        &self.wires().told
    }

    /// Has something in it when there is a reason to look around: somebody has signed in or out, or
    /// has finished with something.
    pub(crate) fn rung(&self) -> &Receiver<()> {
        &self.wires().rung
    }

    /// From now on somebody listens.
    pub(crate) fn listen(&self) {
        self.listened.store(true, Ordering::Release);
    }

    /// Whether something was left out since this was asked last.
    pub(crate) fn take_missed(&self) -> bool {
        self.missed.swap(false, Ordering::AcqRel)
    }

    /// Has the updates thread look around, if there is one. Does not block.
    pub(crate) fn ring(&self) {
        if let Some(wires) = self.wires.get() {
            wires.bell.ring();
        }
    }

    /// For whoever has to ring when the client is perhaps gone.
    pub(crate) fn bell(&self) -> Bell {
        self.wires().bell.clone()
    }

    /// Hands on what counts in the answer to `request`, whoever has asked.
    ///
    /// See <https://core.telegram.org/api/updates#update-handling>.
    pub(super) fn tell(&self, method: u32, request: &dyn Serialize, answer: &[u8], login: u64) {
        if !self.listened.load(Ordering::Acquire) {
            return;
        }
        let ty = TypeRef::returned_by(method).unwrap_or(TypeRef::OBJECT);
        let mut dialogs = Vec::new();
        let mut tell = |id: u32, fields: &[u8]| {
            let channel = match id {
                id if is_affected(id) => channel_in(&request.to_bytes()),
                id if is_updates(id) => None,
                types::Dialog::CONSTRUCTOR_ID => return dialogs.extend(channel_at(fields)),
                _ => return,
            };
            let fields = fields.to_vec();
            let word = Word::Counts(Counts {
                channel,
                id,
                fields,
                request: is_short(id, method).then(|| request.to_bytes().split_off(4)),
            });
            if !self.say(login, word) {
                self.missed.store(true, Ordering::Release);
                self.ring();
            }
        };
        tl::walk(answer, ty, &mut tell).ok();
        if !dialogs.is_empty() {
            // Without room nothing is missed: it is as if they had not been listed.
            self.say(login, Word::Dialogs(dialogs));
        }
    }

    /// False when there is no room.
    fn say(&self, login: u64, word: Word) -> bool {
        let tell = &self.wires().tell;
        tell.len() < CAPACITY && tell.send(Told { login, word }).is_ok()
    }
}

/// Which channel a dialog is of, and how far it is.
///
/// See <https://core.telegram.org/constructor/dialog>.
fn channel_at(dialog: &[u8]) -> Option<(i64, i32)> {
    let dialog = types::Dialog::from_bytes(dialog).ok()?;
    match dialog.peer {
        tl::enums::Peer::Channel(peer) => Some((peer.channel_id, dialog.pts?)),
        _ => None,
    }
}

/// See <https://core.telegram.org/constructor/updateShortSentMessage>.
fn is_short(id: u32, method: u32) -> bool {
    id == types::UpdateShortSentMessage::CONSTRUCTOR_ID
        && method == functions::messages::SendMessage::CONSTRUCTOR_ID
}

fn is_affected(id: u32) -> bool {
    [
        types::messages::AffectedMessages::CONSTRUCTOR_ID,
        types::messages::AffectedHistory::CONSTRUCTOR_ID,
        types::messages::AffectedFoundMessages::CONSTRUCTOR_ID,
    ]
    .contains(&id)
}

fn is_updates(id: u32) -> bool {
    [
        types::Updates::CONSTRUCTOR_ID,
        types::UpdatesCombined::CONSTRUCTOR_ID,
        types::UpdateShort::CONSTRUCTOR_ID,
        types::UpdateShortMessage::CONSTRUCTOR_ID,
        types::UpdateShortChatMessage::CONSTRUCTOR_ID,
        types::UpdateShortSentMessage::CONSTRUCTOR_ID,
    ]
    .contains(&id)
}

/// The channel that a request is about: such a request names one, and whatever else it names comes
/// later.
fn channel_in(request: &[u8]) -> Option<i64> {
    let mut first = None;
    let mut look = |id: u32, fields: &[u8]| {
        let named = [
            types::InputPeerChannel::CONSTRUCTOR_ID,
            types::InputPeerChannelFromMessage::CONSTRUCTOR_ID,
            types::InputChannel::CONSTRUCTOR_ID,
            types::InputChannelFromMessage::CONSTRUCTOR_ID,
        ];
        if first.is_none() && named.contains(&id) {
            first = channel_id(id, fields);
        }
    };
    tl::walk(request, TypeRef::OBJECT, &mut look).ok();
    first
}

fn channel_id(id: u32, fields: &[u8]) -> Option<i64> {
    match id {
        types::InputPeerChannel::CONSTRUCTOR_ID => {
            let it = types::InputPeerChannel::from_bytes(fields).ok()?;
            Some(it.channel_id)
        }
        types::InputPeerChannelFromMessage::CONSTRUCTOR_ID => {
            let it = types::InputPeerChannelFromMessage::from_bytes(fields).ok()?;
            Some(it.channel_id)
        }
        types::InputChannel::CONSTRUCTOR_ID => {
            let it = types::InputChannel::from_bytes(fields).ok()?;
            Some(it.channel_id)
        }
        _ => {
            let it = types::InputChannelFromMessage::from_bytes(fields).ok()?;
            Some(it.channel_id)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(request: &dyn Serialize, method: u32, answer: &[u8]) -> Vec<(u32, Option<i64>)> {
        let feed = Feed::new();
        feed.tell(method, request, answer, 1);
        assert!(feed.told().is_empty(), "nobody listens");
        feed.listen();
        feed.tell(method, request, answer, 1);
        let all = feed.told().try_iter();
        let counts = all.map(|it| match it.word {
            Word::Counts(it) => (it.id, it.channel),
            Word::Dialogs(listed) => panic!("{listed:?}"),
        });
        counts.collect()
    }

    #[test]
    fn dialogs_tell_how_far_their_channels_are() {
        let dialog = |peer, pts| types::Dialog {
            peer,
            pts,
            ..Default::default()
        };
        let channel = |channel_id| types::PeerChannel { channel_id }.into();
        let user = types::PeerUser { user_id: 9 }.into();
        let dialogs = [
            dialog(channel(5), Some(50)),
            dialog(user, Some(90)),
            dialog(channel(6), None),
            dialog(channel(7), Some(70)),
        ];
        let answer = types::messages::Dialogs {
            dialogs: dialogs.map(Into::into).into(),
            ..Default::default()
        };
        let answer = tl::enums::messages::Dialogs::from(answer);
        let request = functions::messages::GetDialogs::default();
        let method = functions::messages::GetDialogs::CONSTRUCTOR_ID;
        let feed = Feed::new();
        feed.listen();
        feed.tell(method, &request, &answer.to_bytes(), 1);
        let told: Vec<Told> = feed.told().try_iter().collect();
        let [
            Told {
                word: Word::Dialogs(listed),
                ..
            },
        ] = &told[..]
        else {
            panic!("{} words", told.len());
        };
        assert_eq!(listed, &[(5, 50), (7, 70)]);
    }

    #[test]
    fn what_counts_is_told_with_the_channel_that_was_named() {
        let affected =
            tl::enums::messages::AffectedHistory::from(types::messages::AffectedHistory {
                pts: 7,
                pts_count: 2,
                offset: 0,
            });
        let mut request = functions::messages::DeleteHistory {
            peer: types::InputPeerChannel {
                channel_id: 5,
                access_hash: 6,
            }
            .into(),
            ..Default::default()
        };
        let method = functions::messages::DeleteHistory::CONSTRUCTOR_ID;
        let id = types::messages::AffectedHistory::CONSTRUCTOR_ID;
        let answer = affected.to_bytes();
        assert_eq!(told(&request, method, &answer), [(id, Some(5))]);
        request.peer = types::InputPeerUser::default().into();
        assert_eq!(told(&request, method, &answer), [(id, None)]);
    }

    #[test]
    fn who_does_not_listen_in_time_is_told_that_something_is_missing() {
        let feed = Feed::new();
        feed.listen();
        let updates = tl::enums::Updates::from(types::UpdateShortSentMessage::default());
        let method = functions::messages::SendMessage::CONSTRUCTOR_ID;
        let request = functions::messages::SendMessage::default();
        for _ in 0..CAPACITY {
            feed.tell(method, &request, &updates.to_bytes(), 1);
        }
        assert!(!feed.take_missed());
        feed.tell(method, &request, &updates.to_bytes(), 1);
        assert!(feed.take_missed() && !feed.take_missed());
        assert_eq!(feed.told().len(), CAPACITY);
    }
}
