//! What is done with bots.
use crate::tl::enums::{BotApp, Peer, RequestedPeer};
use crate::tl::types;

/// A bot may write to this user: they have let it, or have signed in somewhere by it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct BotAllowed<'a> {
    /// Where they have signed in by it.
    pub domain: Option<&'a str>,
    /// The mini app of it that they have opened.
    pub app: Option<&'a BotApp>,
    /// Whether they have added it to the menu of what can be attached.
    pub by_attach_menu: bool,
    /// Whether a mini app has asked for it.
    pub by_request: bool,
}

/// Somebody has scored in a game.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GameScore {
    /// The id of the game. The message answers the one that has the game.
    pub game_id: i64,
    /// How much.
    pub score: i32,
}

/// A mini app has sent data to its bot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MiniAppData<'a> {
    /// What stands on the button that has opened it.
    pub button: &'a str,
    /// The data, as the bot sees it. The user sees only that there was some.
    pub data: Option<&'a str>,
}

/// Users, groups or channels were chosen by a button of the bot's.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RequestedPeers<'a> {
    /// The id that the bot has given to the button.
    pub button_id: i32,
    /// What was chosen, as the user sees it.
    pub peers: &'a [Peer],
    /// What was chosen, as the bot sees it, with names as far as it has asked for them.
    pub shown: &'a [RequestedPeer],
}

impl RequestedPeers<'_> {
    /// Whom or what was chosen, whoever looks.
    #[must_use]
    pub fn chosen(&self) -> Vec<Peer> {
        let shown = self.shown.iter().filter_map(|it| {
            Some(match it {
                RequestedPeer::User(it) => user(it.user_id),
                RequestedPeer::Chat(it) => group(it.chat_id),
                RequestedPeer::Channel(it) => channel(it.channel_id),
                _ => return None,
            })
        });
        self.peers.iter().cloned().chain(shown).collect()
    }
}

fn user(user_id: i64) -> Peer {
    types::PeerUser { user_id }.into()
}

fn group(chat_id: i64) -> Peer {
    types::PeerChat { chat_id }.into()
}

fn channel(channel_id: i64) -> Peer {
    types::PeerChannel { channel_id }.into()
}
