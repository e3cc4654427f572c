//! What somebody must not do.
use crate::tl::types::ChatBannedRights;

/// What somebody must not do, or everybody, and until when. Each setter says whether it is
/// forbidden.
///
/// ```
/// use ferogram_sync::BannedRights;
///
/// let quiet = BannedRights::new().send_messages(true).until(1_800_000_000);
/// assert!(quiet.raw.send_messages && !quiet.raw.view_messages);
/// assert!(BannedRights::all().raw.view_messages);
/// ```
///
/// See <https://core.telegram.org/constructor/chatBannedRights>.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct BannedRights {
    /// As the raw API has them.
    pub raw: ChatBannedRights,
}

impl BannedRights {
    /// Nothing is forbidden.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Everything is forbidden, to see it too: whoever this is put upon is out.
    #[must_use]
    pub fn all() -> Self {
        let raw = ChatBannedRights {
            view_messages: true,
            send_messages: true,
            send_media: true,
            send_stickers: true,
            send_gifs: true,
            send_games: true,
            send_inline: true,
            embed_links: true,
            send_polls: true,
            change_info: true,
            invite_users: true,
            pin_messages: true,
            manage_topics: true,
            send_photos: true,
            send_videos: true,
            send_roundvideos: true,
            send_audios: true,
            send_voices: true,
            send_docs: true,
            send_plain: true,
            edit_rank: true,
            send_reactions: true,
            manage_linked_peers: true,
            until_date: 0,
        };
        Self { raw }
    }

    /// Until when, in seconds since the Unix epoch. For ever, if it is not told, or less than half
    /// a minute or more than a year away.
    #[must_use]
    pub fn until(mut self, date: i32) -> Self {
        self.raw.until_date = date;
        self
    }

    /// See what is written: who must not is out, and stays out.
    #[must_use]
    pub fn view_messages(mut self, forbidden: bool) -> Self {
        self.raw.view_messages = forbidden;
        self
    }

    /// Write at all.
    #[must_use]
    pub fn send_messages(mut self, forbidden: bool) -> Self {
        self.raw.send_messages = forbidden;
        self
    }

    /// Send media of any kind.
    #[must_use]
    pub fn send_media(mut self, forbidden: bool) -> Self {
        self.raw.send_media = forbidden;
        self
    }

    /// Send stickers.
    #[must_use]
    pub fn send_stickers(mut self, forbidden: bool) -> Self {
        self.raw.send_stickers = forbidden;
        self
    }

    /// Send animations.
    #[must_use]
    pub fn send_gifs(mut self, forbidden: bool) -> Self {
        self.raw.send_gifs = forbidden;
        self
    }

    /// Send games.
    #[must_use]
    pub fn send_games(mut self, forbidden: bool) -> Self {
        self.raw.send_games = forbidden;
        self
    }

    /// Send by inline bots.
    #[must_use]
    pub fn send_inline(mut self, forbidden: bool) -> Self {
        self.raw.send_inline = forbidden;
        self
    }

    /// Show previews of links.
    #[must_use]
    pub fn embed_links(mut self, forbidden: bool) -> Self {
        self.raw.embed_links = forbidden;
        self
    }

    /// Send polls.
    #[must_use]
    pub fn send_polls(mut self, forbidden: bool) -> Self {
        self.raw.send_polls = forbidden;
        self
    }

    /// Change the title, the photo and the like.
    #[must_use]
    pub fn change_info(mut self, forbidden: bool) -> Self {
        self.raw.change_info = forbidden;
        self
    }

    /// Take others in.
    #[must_use]
    pub fn invite_users(mut self, forbidden: bool) -> Self {
        self.raw.invite_users = forbidden;
        self
    }

    /// Pin messages.
    #[must_use]
    pub fn pin_messages(mut self, forbidden: bool) -> Self {
        self.raw.pin_messages = forbidden;
        self
    }

    /// Make and change topics.
    #[must_use]
    pub fn manage_topics(mut self, forbidden: bool) -> Self {
        self.raw.manage_topics = forbidden;
        self
    }

    /// Send photos.
    #[must_use]
    pub fn send_photos(mut self, forbidden: bool) -> Self {
        self.raw.send_photos = forbidden;
        self
    }

    /// Send videos.
    #[must_use]
    pub fn send_videos(mut self, forbidden: bool) -> Self {
        self.raw.send_videos = forbidden;
        self
    }

    /// Send round videos.
    #[must_use]
    pub fn send_roundvideos(mut self, forbidden: bool) -> Self {
        self.raw.send_roundvideos = forbidden;
        self
    }

    /// Send music.
    #[must_use]
    pub fn send_audios(mut self, forbidden: bool) -> Self {
        self.raw.send_audios = forbidden;
        self
    }

    /// Send voice messages.
    #[must_use]
    pub fn send_voices(mut self, forbidden: bool) -> Self {
        self.raw.send_voices = forbidden;
        self
    }

    /// Send files.
    #[must_use]
    pub fn send_docs(mut self, forbidden: bool) -> Self {
        self.raw.send_docs = forbidden;
        self
    }

    /// Send text.
    #[must_use]
    pub fn send_plain(mut self, forbidden: bool) -> Self {
        self.raw.send_plain = forbidden;
        self
    }

    /// Change what stands beside the own name.
    #[must_use]
    pub fn edit_rank(mut self, forbidden: bool) -> Self {
        self.raw.edit_rank = forbidden;
        self
    }

    /// React to messages.
    #[must_use]
    pub fn send_reactions(mut self, forbidden: bool) -> Self {
        self.raw.send_reactions = forbidden;
        self
    }

    /// Change which chats belong to the community.
    #[must_use]
    pub fn manage_linked_peers(mut self, forbidden: bool) -> Self {
        self.raw.manage_linked_peers = forbidden;
        self
    }
}

impl From<ChatBannedRights> for BannedRights {
    fn from(raw: ChatBannedRights) -> Self {
        Self { raw }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chats::setters::set_each;

    /// Each of these sets the field of its name, and no other.
    #[test]
    fn each_setter_sets_what_it_is_called_after() {
        let all = set_each! {
            BannedRights(ChatBannedRights):
            view_messages send_messages send_media send_stickers send_gifs send_games
            send_inline embed_links send_polls change_info invite_users pin_messages
            manage_topics send_photos send_videos send_roundvideos send_audios
            send_voices send_docs send_plain edit_rank send_reactions
            manage_linked_peers
        };
        assert_eq!(all, BannedRights::all());
    }
}
