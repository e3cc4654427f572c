//! Links to messages.
use std::fmt;

use super::message::Message;
use crate::client::Client;
use crate::error::Result;
use crate::peers::{Chat, LinkParts, PeerRef, input_channel};
use crate::tl::enums::{ExportedMessageLink, Peer};
use crate::tl::functions::channels::ExportMessageLink;

/// A link to a message of a channel or a supergroup.
///
/// ```
/// use ferogram_sync::{MessageLink, PeerRef};
///
/// let link = MessageLink::parse("https://t.me/durov/3/142?single").expect("it is one");
/// assert_eq!(link.chat, PeerRef::from("@durov"));
/// assert_eq!((link.thread, link.id, link.single), (Some(3), 142, true));
/// assert_eq!(link.to_string(), "https://t.me/durov/3/142?single");
/// assert!(MessageLink::parse("https://t.me/durov").is_none());
/// ```
///
/// See <https://core.telegram.org/api/links#message-links>.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct MessageLink {
    /// The channel or supergroup: by its public name or by its id.
    pub chat: PeerRef,
    /// The message.
    pub id: i32,
    /// The topic or the thread of comments that the message is in.
    pub thread: Option<i32>,
    /// Of a post: the comment below it that is meant.
    pub comment: Option<i32>,
    /// Of an album: whether this message alone is meant.
    pub single: bool,
    /// Of a video or music: from which second on it is played.
    pub timestamp: Option<i32>,
    /// Of a checklist: which task is meant.
    pub task: Option<i32>,
}

impl MessageLink {
    /// A link to a message of a public channel, by its name, or of another one, by its id as the
    /// Bot API writes it.
    pub fn new(chat: impl Into<PeerRef>, id: i32) -> Self {
        Self {
            chat: chat.into(),
            id,
            thread: None,
            comment: None,
            single: false,
            timestamp: None,
            task: None,
        }
    }

    /// Reads a link of any form; `None` for what leads to no message.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let parts = LinkParts::parse(text)?;
        let link = match parts.action.as_deref() {
            Some("resolve") => {
                let name = parts.value("domain")?;
                Self::new(public(name)?, number(parts.value("post")?)?)
            }
            Some("privatepost") => {
                let channel = private(parts.value("channel")?)?;
                Self::new(channel, number(parts.value("post")?)?)
            }
            Some(_) => return None,
            None => Self::of_path(&parts.path)?,
        };
        let thread = parts.value("thread").and_then(number);
        Some(Self {
            thread: thread.or(link.thread),
            comment: parts.value("comment").and_then(number),
            single: parts.value("single").is_some(),
            timestamp: parts.value("t").and_then(seconds),
            task: parts.value("task").and_then(number),
            ..link
        })
    }

    fn of_path(path: &[String]) -> Option<Self> {
        let (chat, rest) = match path {
            [first, id, rest @ ..] if first.eq_ignore_ascii_case("c") => (private(id)?, rest),
            [first, name, rest @ ..] if first.eq_ignore_ascii_case("s") => (public(name)?, rest),
            [name, rest @ ..] => (public(name)?, rest),
            [] => return None,
        };
        match rest {
            [id] => Some(Self::new(chat, number(id)?)),
            [thread, id] => Some(Self {
                thread: Some(number(thread)?),
                ..Self::new(chat, number(id)?)
            }),
            _ => None,
        }
    }

    /// The same as the apps themselves take it, without a browser: `tg://…`. `None` where the chat
    /// has neither a name nor the id of a channel.
    #[must_use]
    pub fn to_tg(&self) -> Option<String> {
        let post = self.id;
        let mut link = match &self.chat {
            PeerRef::Username(name) => format!("tg://resolve?domain={name}&post={post}"),
            other => format!(
                "tg://privatepost?channel={}&post={post}",
                channel_of(other)?
            ),
        };
        for pair in self.pairs(true) {
            link.push('&');
            link += &pair;
        }
        Some(link)
    }

    /// What stands after `?`.
    fn pairs(&self, thread: bool) -> Vec<String> {
        let number = |name: &str, value: Option<i32>| value.map(|it| format!("{name}={it}"));
        let thread = number("thread", self.thread.filter(|_| thread));
        let single = self.single.then(|| "single".to_owned());
        let pairs = [
            thread,
            single,
            number("comment", self.comment),
            number("t", self.timestamp),
            number("task", self.task),
        ];
        pairs.into_iter().flatten().collect()
    }
}

/// For a browser: `https://t.me/…`. Where the chat has neither a name nor the id of a channel,
/// there is no such link, and nothing is written.
impl fmt::Display for MessageLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.chat {
            PeerRef::Username(name) => write!(f, "https://t.me/{name}")?,
            other => match channel_of(other) {
                Some(id) => write!(f, "https://t.me/c/{id}")?,
                None => return Ok(()),
            },
        }
        if let Some(thread) = self.thread {
            write!(f, "/{thread}")?;
        }
        write!(f, "/{}", self.id)?;
        for (index, pair) in self.pairs(false).iter().enumerate() {
            let sign = if index == 0 { '?' } else { '&' };
            write!(f, "{sign}{pair}")?;
        }
        Ok(())
    }
}

/// The chat that the message is in.
impl From<&MessageLink> for PeerRef {
    fn from(link: &MessageLink) -> Self {
        link.chat.clone()
    }
}

fn public(name: &str) -> Option<PeerRef> {
    let name = name.strip_prefix('@').unwrap_or(name);
    match PeerRef::from(format!("https://t.me/{name}")) {
        PeerRef::Username(name) => Some(PeerRef::Username(name)),
        _ => None,
    }
}

fn private(id: &str) -> Option<PeerRef> {
    match PeerRef::from(format!("https://t.me/c/{id}/1")) {
        PeerRef::OtherLink => None,
        channel => Some(channel),
    }
}

fn channel_of(peer: &PeerRef) -> Option<i64> {
    match peer {
        PeerRef::Peer(Peer::Channel(channel)) => Some(channel.channel_id),
        _ => None,
    }
}

fn number(text: &str) -> Option<i32> {
    let is_number = !text.is_empty() && text.bytes().all(|letter| letter.is_ascii_digit());
    let number = is_number.then(|| text.parse().ok())?;
    number.filter(|number| *number > 0)
}

/// Seconds, or hours, minutes and seconds as in `1h2m3s`.
fn seconds(text: &str) -> Option<i32> {
    if let Some(seconds) = number(text) {
        return Some(seconds);
    }
    let (mut total, mut digits) = (0_i32, String::new());
    for letter in text.chars() {
        let unit = match letter.to_ascii_lowercase() {
            digit @ '0'..='9' => {
                digits.push(digit);
                continue;
            }
            'h' => 3600,
            'm' => 60,
            's' => 1,
            _ => return None,
        };
        let count: i32 = std::mem::take(&mut digits).parse().ok()?;
        total = total.checked_add(count.checked_mul(unit)?)?;
    }
    (digits.is_empty() && total > 0).then_some(total)
}

/// What of a message a link leads to.
///
/// See <https://core.telegram.org/method/channels.exportMessageLink>.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum LinkKind {
    /// The message alone, also if it is of an album.
    #[default]
    Single,
    /// The whole album.
    Album,
    /// The message within its thread or topic.
    Thread,
}

impl Client {
    /// Asks the server for a link to a message of a channel or a supergroup.
    /// [`Message::link`] makes one without asking.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`PeerError::NotA`](crate::PeerError::NotA) for what is no channel. Common answers:
    /// `MESSAGE_ID_INVALID`, `CHANNEL_PRIVATE`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.exportMessageLink>.
    pub fn message_link(
        &self,
        peer: impl Into<PeerRef>,
        message_id: i32,
        kind: LinkKind,
    ) -> Result<String> {
        let deadline = self.begin_for::<ExportMessageLink>()?;
        let answer = self.ask_about(&peer.into(), deadline, |peer| {
            let request = ExportMessageLink {
                grouped: kind == LinkKind::Album,
                thread: kind == LinkKind::Thread,
                channel: input_channel(peer)?,
                id: message_id,
            };
            self.ask_until(&request, deadline)
        })?;
        let ExportedMessageLink::Link(exported) = answer;
        Ok(exported.link)
    }
}

impl Message {
    /// A link to it, made without asking: of messages of channels and supergroups. Its public name
    /// is in it if the channel came with the message and has one; else only members can follow it.
    #[must_use]
    pub fn link(&self) -> Option<MessageLink> {
        let id = self.sent_id().ok()?;
        if !matches!(self.peer(), Peer::Channel(_)) {
            return None;
        }
        let name = match self.chat() {
            Some(Chat::Channel(channel)) => channel.username(),
            _ => None,
        };
        let chat = match name {
            Some(name) => PeerRef::Username(name.to_owned()),
            None => PeerRef::from(self.peer()),
        };
        Some(MessageLink {
            thread: self.topic_id(),
            ..MessageLink::new(chat, id)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read() {
        let public = MessageLink::new("@durov", 5);
        let private = MessageLink::new(-1_001_234_567_890_i64, 5);
        for (texts, link) in [
            (
                &[
                    "https://t.me/durov/5",
                    "http://www.telegram.me/durov/5/",
                    "T.ME/durov/5#top",
                    "telegram.dog/s/durov/5",
                    "durov.t.me/5",
                    "tg://resolve?domain=durov&post=5",
                    "tg:resolve?domain=%40durov&post=5",
                ][..],
                public,
            ),
            (
                &[
                    "https://t.me/c/1234567890/5",
                    "tg://privatepost?channel=1234567890&post=5",
                ],
                private,
            ),
        ] {
            for text in texts {
                assert_eq!(MessageLink::parse(text).as_ref(), Some(&link), "{text}");
            }
        }
    }

    #[test]
    fn what_is_meant_besides_is_read() {
        let read = |text: &str| MessageLink::parse(text).expect("it is one");
        for text in ["t.me/durov/3/5", "t.me/durov/5?thread=3", "t.me/c/123/3/5"] {
            assert_eq!((read(text).thread, read(text).id), (Some(3), 5), "{text}");
        }
        assert_eq!(read("t.me/durov/5?comment=9").comment, Some(9));
        assert!(read("t.me/durov/5?single").single && read("t.me/durov/5?single=").single);
        assert_eq!(read("t.me/durov/5?single&t=90").timestamp, Some(90));
        assert_eq!(read("t.me/durov/5?t=1h2m3s").timestamp, Some(3723));
        assert_eq!(read("t.me/durov/5?t=1x").timestamp, None);
        assert_eq!(read("t.me/durov/5?task=2").task, Some(2));
    }

    #[test]
    fn what_leads_to_no_message_is_none() {
        for text in [
            "",
            "durov",
            "https://t.me/durov",
            "https://t.me/durov/0",
            "https://t.me/durov/-5",
            "https://t.me/durov/x",
            "https://t.me/durov/99999999999",
            "https://t.me/durov/1/2/3",
            "https://t.me/c/1234567890",
            "https://t.me/c/x/5",
            "https://t.me/share/5",
            "https://t.me/+15550001/5",
            "https://t.me/joinchat/5",
            "https://example.com/durov/5",
            "tg://resolve?domain=durov",
            "tg://resolve?phone=15550001&post=5",
            "tg://user?id=5&post=5",
        ] {
            assert_eq!(MessageLink::parse(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let chats = [
            PeerRef::from("@durov"),
            PeerRef::from(-1_001_234_567_890_i64),
        ];
        for chat in chats {
            let everything = MessageLink {
                thread: Some(3),
                comment: Some(7),
                single: true,
                timestamp: Some(90),
                task: Some(2),
                ..MessageLink::new(chat.clone(), 5)
            };
            for link in [MessageLink::new(chat, 5), everything] {
                assert_eq!(MessageLink::parse(&link.to_string()), Some(link.clone()));
                let tg = link.to_tg().expect("it has a name or an id");
                assert_eq!(MessageLink::parse(&tg), Some(link));
            }
        }
        let nowhere = MessageLink::new("me", 5);
        assert_eq!(
            (nowhere.to_string(), nowhere.to_tg()),
            (String::new(), None)
        );
    }
}
