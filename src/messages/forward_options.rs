//! How messages are forwarded.
use super::reply_to::ReplyTo;
use crate::peers::PeerRef;
use crate::tl::enums::SuggestedPost;

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
    /// The animation that is shown with them.
    pub effect: Option<i64>,
    /// Of a video: from which second on it is shown.
    pub video_timestamp: Option<i32>,
    /// How many Stars they may cost.
    pub allow_paid_stars: Option<i64>,
    /// The offer that comes with a post suggested to a channel.
    pub suggested_post: Option<SuggestedPost>,
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
}
