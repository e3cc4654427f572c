//! How messages are forwarded.
use super::outgoing::GENERAL;
use super::reply_to::ReplyTo;
use crate::error::Result;
use crate::peers::PeerRef;
use crate::tl::enums::{InputPeer, InputQuickReplyShortcut, SuggestedPost};
use crate::tl::functions::messages::ForwardMessages;
use crate::tl::types;

/// How messages are forwarded: with all that the schema has, under its names.
///
/// ```
/// use ferogram_sync::ForwardOptions;
///
/// let quietly = ForwardOptions::new().silent(true).drop_author(true);
/// assert!(quietly.silent && !quietly.drop_media_captions);
/// ```
///
/// See <https://core.telegram.org/method/messages.forwardMessages>.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ForwardOptions {
    /// Whether the receiver is not to be notified.
    pub silent: bool,
    /// Whether it was sent while nobody looked at the program.
    pub background: bool,
    /// Of a game: whether one's own score comes with it.
    pub with_my_score: bool,
    /// Whether nothing says whom the messages are from.
    pub drop_author: bool,
    /// Whether the captions of media are left out; then nothing says whom they are from either.
    pub drop_media_captions: bool,
    /// Whether they may be neither forwarded nor saved: for bots.
    pub noforwards: bool,
    /// Whether a bot pays for going faster than others may.
    pub allow_paid_floodskip: bool,
    /// The topic of a forum that they go to.
    pub topic: Option<i32>,
    /// What they answer there.
    pub reply_to: Option<ReplyTo>,
    /// When they are to be sent, in seconds since the Unix epoch.
    pub schedule_date: Option<i32>,
    /// After how many seconds they are to be sent again, and so on.
    pub schedule_repeat_period: Option<i32>,
    /// As whom they are sent.
    pub send_as: Option<PeerRef>,
    /// The quick replies that they are to be among, instead of being sent.
    pub quick_reply: Option<InputQuickReplyShortcut>,
    /// The animation that is shown with them.
    pub effect: Option<i64>,
    /// Of a video: from which second on it is shown.
    pub video_timestamp: Option<i32>,
    /// How many Stars they may cost.
    pub allow_paid_stars: Option<i64>,
    /// The offer that comes with a post suggested to a channel.
    pub suggested_post: Option<SuggestedPost>,
    /// Whether the ids are those of messages that only their receiver sees.
    pub from_ephemeral: bool,
}

impl ForwardOptions {
    /// As they are, at once.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether the receiver is not to be notified.
    #[must_use]
    pub fn silent(mut self, silent: bool) -> Self {
        self.silent = silent;
        self
    }

    /// Whether it was sent while nobody looked at the program.
    #[must_use]
    pub fn background(mut self, background: bool) -> Self {
        self.background = background;
        self
    }

    /// Of a game: whether one's own score comes with it.
    #[must_use]
    pub fn with_my_score(mut self, with: bool) -> Self {
        self.with_my_score = with;
        self
    }

    /// Whether nothing says whom the messages are from.
    #[must_use]
    pub fn drop_author(mut self, drop: bool) -> Self {
        self.drop_author = drop;
        self
    }

    /// Whether the captions of media are left out; then nothing says whom they are from either.
    #[must_use]
    pub fn drop_media_captions(mut self, drop: bool) -> Self {
        self.drop_media_captions = drop;
        self
    }

    /// Whether they may be neither forwarded nor saved: for bots.
    #[must_use]
    pub fn noforwards(mut self, noforwards: bool) -> Self {
        self.noforwards = noforwards;
        self
    }

    /// Whether a bot pays Stars for sending more messages a second than others may.
    #[must_use]
    pub fn allow_paid_floodskip(mut self, allow: bool) -> Self {
        self.allow_paid_floodskip = allow;
        self
    }

    /// The topic of a forum that they go to: that of the id 1 is where messages without one are.
    #[must_use]
    pub fn topic(mut self, topic_id: i32) -> Self {
        self.topic = Some(topic_id);
        self
    }

    /// What they answer there.
    #[must_use]
    pub fn reply_to(mut self, answered: impl Into<ReplyTo>) -> Self {
        self.reply_to = Some(answered.into());
        self
    }

    /// When they are to be sent, in seconds since the Unix epoch.
    #[must_use]
    pub fn schedule_date(mut self, seconds: i32) -> Self {
        self.schedule_date = Some(seconds);
        self
    }

    /// After how many seconds they are to be sent again, and so on.
    #[must_use]
    pub fn schedule_repeat_period(mut self, seconds: i32) -> Self {
        self.schedule_repeat_period = Some(seconds);
        self
    }

    /// As whom they are sent: as a channel, or as the group itself.
    #[must_use]
    pub fn send_as(mut self, peer: impl Into<PeerRef>) -> Self {
        self.send_as = Some(peer.into());
        self
    }

    /// The animation that is shown with them, in private chats.
    #[must_use]
    pub fn effect(mut self, effect_id: i64) -> Self {
        self.effect = Some(effect_id);
        self
    }

    /// Of a video: from which second on it is shown.
    #[must_use]
    pub fn video_timestamp(mut self, seconds: i32) -> Self {
        self.video_timestamp = Some(seconds);
        self
    }

    /// How many Stars they may cost, where the receiver wants some.
    #[must_use]
    pub fn allow_paid_stars(mut self, stars: i64) -> Self {
        self.allow_paid_stars = Some(stars);
        self
    }

    /// Suggests them to a channel as posts, with an offer.
    #[must_use]
    pub fn suggested_post(mut self, offer: impl Into<SuggestedPost>) -> Self {
        self.suggested_post = Some(offer.into());
        self
    }

    /// Adds them to the quick replies of this name, instead of sending them.
    ///
    /// See <https://core.telegram.org/api/business#quick-reply-shortcuts>.
    #[must_use]
    pub fn quick_reply(mut self, shortcut: impl Into<String>) -> Self {
        let shortcut = shortcut.into();
        self.quick_reply = Some(types::InputQuickReplyShortcut { shortcut }.into());
        self
    }

    /// Adds them to the quick replies of this id, instead of sending them.
    #[must_use]
    pub fn quick_reply_id(mut self, shortcut_id: i32) -> Self {
        self.quick_reply = Some(types::InputQuickReplyShortcutId { shortcut_id }.into());
        self
    }

    /// Whether the ids are those of messages that only their receiver sees.
    #[must_use]
    pub fn from_ephemeral(mut self, from: bool) -> Self {
        self.from_ephemeral = from;
        self
    }

    /// The request, but for the chats and the ids; `name` names the people that are in it.
    pub(super) fn into_request(
        self,
        mut name: impl FnMut(&PeerRef) -> Result<InputPeer>,
    ) -> Result<ForwardMessages> {
        let send_as = self.send_as.as_ref().map(&mut name).transpose()?;
        let reply_to = self.reply_to.as_ref();
        Ok(ForwardMessages {
            silent: self.silent,
            background: self.background,
            with_my_score: self.with_my_score,
            drop_author: self.drop_author,
            drop_media_captions: self.drop_media_captions,
            noforwards: self.noforwards,
            allow_paid_floodskip: self.allow_paid_floodskip,
            from_ephemeral: self.from_ephemeral,
            top_msg_id: self.topic.filter(|topic| *topic != GENERAL),
            reply_to: reply_to.map(|it| it.to_raw(name)).transpose()?,
            schedule_date: self.schedule_date,
            schedule_repeat_period: self.schedule_repeat_period,
            send_as,
            quick_reply_shortcut: self.quick_reply,
            effect: self.effect,
            video_timestamp: self.video_timestamp,
            allow_paid_stars: self.allow_paid_stars,
            suggested_post: self.suggested_post,
            ..Default::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_said_is_in_the_request() {
        let options = ForwardOptions::new()
            .silent(true)
            .background(true)
            .with_my_score(true)
            .drop_author(true)
            .drop_media_captions(true)
            .noforwards(true)
            .allow_paid_floodskip(true)
            .from_ephemeral(true)
            .topic(3)
            .reply_to(7)
            .schedule_date(8)
            .schedule_repeat_period(60)
            .send_as("me")
            .quick_reply("hi")
            .effect(9)
            .video_timestamp(10)
            .allow_paid_stars(11)
            .suggested_post(types::SuggestedPost::default());
        let answered = types::InputReplyToMessage {
            reply_to_msg_id: 7,
            ..Default::default()
        };
        let shortcut = "hi".to_owned();
        let offer = types::SuggestedPost::default();
        let wanted = ForwardMessages {
            silent: true,
            background: true,
            with_my_score: true,
            drop_author: true,
            drop_media_captions: true,
            noforwards: true,
            allow_paid_floodskip: true,
            from_ephemeral: true,
            from_peer: InputPeer::Empty,
            id: Vec::new(),
            random_id: Vec::new(),
            to_peer: InputPeer::Empty,
            top_msg_id: Some(3),
            reply_to: Some(answered.into()),
            schedule_date: Some(8),
            schedule_repeat_period: Some(60),
            send_as: Some(InputPeer::PeerSelf),
            quick_reply_shortcut: Some(types::InputQuickReplyShortcut { shortcut }.into()),
            effect: Some(9),
            video_timestamp: Some(10),
            allow_paid_stars: Some(11),
            suggested_post: Some(offer.into()),
        };
        let request = |options: ForwardOptions| {
            let request = options.into_request(|_| Ok(InputPeer::PeerSelf));
            request.expect("everybody can be named")
        };
        assert_eq!(request(options), wanted);
        // The first topic of a forum is addressed by none.
        assert_eq!(request(ForwardOptions::new().topic(1)).top_msg_id, None);
        let by_id = request(ForwardOptions::new().quick_reply_id(5));
        let shortcut = types::InputQuickReplyShortcutId { shortcut_id: 5 };
        assert_eq!(by_id.quick_reply_shortcut, Some(shortcut.into()));
    }
}
