//! What a stream is to leave out, and what is to come together.
use super::subscription::Subscription;
use super::update::UpdateKind;

impl Subscription {
    /// Only updates of these kinds, and [`Update::Lost`](crate::Update::Lost). What no stream wants
    /// is not even built. Called again, it adds to what was said before.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, ann) = (telegram.bot(), telegram.user());
    /// # let me = client.get_me()?.username().expect("bots have one").to_owned();
    /// use ferogram_sync::{Subscription, Update, UpdateKind};
    ///
    /// let messages = [UpdateKind::NewMessage, UpdateKind::MessageEdited];
    /// let mut updates = client.subscribe(Subscription::new().kinds(messages));
    /// ann.send_message(format!("@{me}"), "Hello")?;
    /// let update = updates.next().expect("it comes");
    /// assert!(matches!(update, Update::NewMessage(message) if message.text() == "Hello"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn kinds(mut self, kinds: impl IntoIterator<Item = UpdateKind>) -> Self {
        self.interest.add_kinds(kinds);
        self
    }

    /// Only what happens in these chats, named by the ids of the Bot API, and
    /// [`Update::Lost`](crate::Update::Lost). What happens in no chat is left out. Of deletions in
    /// private chats and small groups the server does not say in which: they come if one of these
    /// chats is such. Called again, it adds to what was said before.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, ann, bob) = (telegram.bot(), telegram.user(), telegram.user());
    /// # let me = client.get_me()?.username().expect("bots have one").to_owned();
    /// # let her_id = ann.my_id().expect("she is signed in");
    /// use ferogram_sync::{Subscription, UpdateKind};
    ///
    /// let hers = Subscription::new().kinds([UpdateKind::NewMessage]).chats([her_id]);
    /// let mut updates = client.subscribe(hers);
    /// bob.send_message(format!("@{me}"), "Hello")?;
    /// ann.send_message(format!("@{me}"), "Hello")?;
    /// assert_eq!(updates.next().expect("it comes").chat_id(), Some(her_id));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// See <https://core.telegram.org/api/bots/ids>.
    pub fn chats(mut self, ids: impl IntoIterator<Item = i64>) -> Self {
        self.interest.add_chats(ids);
        self
    }

    /// Whether the messages of an album come together, as [`Update::Album`](crate::Update::Album).
    /// Unless told otherwise, they come one by one, for so they are sent.
    ///
    /// An album is given when its tenth message has come, when anything else happens in its chat,
    /// or when nothing more of it has come for 300 ms; until then, nothing of it counts as
    /// finished. A [`filter`](Self::filter) sees its messages one by one.
    ///
    /// See <https://core.telegram.org/api/files#albums-grouped-media>.
    pub fn albums(mut self, together: bool) -> Self {
        self.interest.albums = together;
        self
    }
}
