//! Groups and channels of the world: made, written into and looked at by tests.
use crate::api::{Push, announce, coming};
use crate::clock::seconds;
use crate::local_dc::LocalDc;
use crate::world::{Content, Letter, NewChannel, Peer, Slot, Text, Told, World};
use ferogram_sync::tl::types;

/// What a channel has, as a test looks at it. [`LocalDc::channel`] gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChannelSight {
    /// The state of the channel, as its last event has left it.
    pub pts: i32,
    /// Its messages, oldest first: their ids and their words. What the service writes has none.
    pub messages: Vec<(i32, String)>,
    /// Who is in it.
    pub members: Vec<i64>,
}

impl LocalDc {
    /// Adds a channel or supergroup; gives its id, without the mark that the Bot API puts before
    /// it.
    ///
    /// ```
    /// use localdc::{LocalDc, NewChannel};
    ///
    /// let telegram = LocalDc::shared();
    /// let (ann, bot) = (telegram.user(), telegram.bot());
    /// let (ann_id, bot_id) = (ann.get_me()?.id(), bot.get_me()?.id());
    /// let group = NewChannel::private("Club").megagroup().owner(ann_id).members([bot_id]);
    /// let group = telegram.add_channel(group);
    /// let id = telegram.post(group, ann_id, "/start");
    /// assert_eq!(telegram.channel(group).messages.last(), Some(&(id, "/start".to_owned())));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Panics
    ///
    /// When the username is none or taken: in a test that is a mistake.
    pub fn add_channel(&self, channel: NewChannel) -> i64 {
        let added = self.changed(|world| (world.add_channel(channel), Vec::new()));
        added.unwrap_or_else(|error| panic!("no such channel can be added: {error}"))
    }

    /// Adds a basic group; gives its id, without the sign that the Bot API puts before it. Its
    /// members are told.
    pub fn add_group(&self, title: impl Into<String>, owner: i64, members: &[i64]) -> i64 {
        self.changed(|world| world.found(owner, title.into(), members))
    }

    /// Writes into a channel in somebody's name, who may do so or not. Everybody in it is told, the
    /// author's sessions too. Gives the message's id.
    ///
    /// # Panics
    ///
    /// When there is no such channel.
    pub fn post(&self, channel: i64, author: i64, text: impl Into<String>) -> i32 {
        self.write(author, Peer::Channel(channel), text.into())
            .unwrap_or_else(|| panic!("there is no channel {channel}"))
    }

    /// Writes into a basic group in somebody's name. Gives the message's id in the author's box.
    ///
    /// # Panics
    ///
    /// When there is no such account.
    pub fn post_in_group(&self, group: i64, author: i64, text: impl Into<String>) -> i32 {
        self.write(author, Peer::Chat(group), text.into())
            .unwrap_or_else(|| panic!("there is no account {author}"))
    }

    /// Gives a message of a channel another text.
    pub fn edit_post(&self, channel: i64, id: i32, text: impl Into<String>) {
        let text = text.into();
        self.changed(|world| {
            let posted = world.channels.get(&channel).and_then(|it| it.board.get(id));
            let told = posted.map(|posted| world.edit(posted.post, words(text)));
            ((), told.unwrap_or_default())
        });
    }

    /// Takes messages of a channel away.
    pub fn delete_posts(&self, channel: i64, ids: &[i32]) {
        self.changed(|world| ((), world.take_down(0, channel, ids)));
    }

    /// What a channel has.
    ///
    /// # Panics
    ///
    /// When there is no such channel.
    #[must_use]
    pub fn channel(&self, id: i64) -> ChannelSight {
        let world = self.world();
        let channel = world.channels.get(&id);
        let channel = channel.unwrap_or_else(|| panic!("there is no channel {id}"));
        let words = |id: &i32| {
            let posted = channel.board.get(*id)?;
            let text = world.posts.get(&posted.post)?.text();
            Some((*id, text.map(|text| text.text.clone()).unwrap_or_default()))
        };
        ChannelSight {
            pts: channel.board.pts(),
            messages: channel.board.ids().iter().filter_map(words).collect(),
            members: channel.members().map(|(user, _)| user).collect(),
        }
    }

    /// The access hash under which an account knows a channel.
    #[must_use]
    pub fn channel_hash(&self, account: i64, channel: i64) -> i64 {
        self.world().channel_hash(account, channel)
    }

    /// From now on a channel remembers only its last so many events: who is further behind gets
    /// `updates.channelDifferenceTooLong`.
    pub fn limit_channel_log(&self, channel: i64, events: usize) {
        if let Some(channel) = self.world().channels.get_mut(&channel) {
            channel.board.log_mut().limit(events);
        }
    }

    /// From now on the box of an account remembers only its last so many events: who is further
    /// behind gets `updates.differenceTooLong`.
    pub fn limit_log(&self, account: i64, events: usize) {
        if let Some(account) = self.world().account_mut(account) {
            account.mailbox.log_mut().limit(events);
        }
    }

    /// From now on one filter leads no further into the list of a supergroup's members: ten
    /// thousand, if it is not told.
    pub fn limit_participants(&self, reach: usize) {
        self.world().reach = reach;
    }

    /// From now on the parts of differences hold so many events at most, of accounts and channels.
    pub fn set_slice(&self, events: i32) {
        self.world().slice = events.max(1);
    }

    /// From now on an account does not see a channel any more, as when it was put out there for
    /// good: all about it is refused with `CHANNEL_PRIVATE`. The account is told that the channel
    /// has changed.
    pub fn forbid_channel(&self, channel: i64, account: i64) {
        self.tell(|world| {
            world.exit(channel, account);
            world.ban(channel, account);
            vec![coming(world, account, channel)]
        });
    }

    /// Gives a channel one more public name, as if it had been bought.
    ///
    /// # Panics
    ///
    /// When it is none, or taken.
    pub fn give_username(&self, channel: i64, username: &str) {
        self.tell(|world| {
            let named = world.directory.name_channel(channel, username);
            named.unwrap_or_else(|error| panic!("no such name can be given: {error}"));
            if let Some(it) = world.channels.get_mut(&channel) {
                it.rules.usernames.push((username.to_owned(), true));
            }
            Vec::new()
        });
    }

    /// Gives an account so many boosts for channels, for a month.
    pub fn give_boosts(&self, account: i64, boosts: i32) {
        self.tell(|world| {
            let had = world.boosts.iter().filter(|it| it.user == account).count();
            let had = i32::try_from(had).unwrap_or(0);
            let (date, month) = (world.now(), 30 * 24 * 3600);
            world.boosts.extend((1..=boosts).map(|number| Slot {
                user: account,
                slot: had + number,
                channel: None,
                date,
                expires: date + month,
            }));
            Vec::new()
        });
    }

    /// Has a channel tell a story that stays on its profile. Gives its id.
    pub fn tell_story(&self, channel: i64, caption: impl Into<String>) -> i32 {
        let (caption, mut id) = (caption.into(), 0);
        self.tell(|world| {
            let date = world.date();
            let told = world.stories.entry(Peer::Channel(channel)).or_default();
            id = told.last().map_or(1, |last| last.id + 1);
            told.push(types::StoryItem {
                pinned: true,
                public: true,
                id,
                date,
                expire_date: date + 24 * 3600,
                caption: Some(caption),
                ..Default::default()
            });
            Vec::new()
        });
        id
    }

    /// From now on an account knows a channel by another access hash: the one that its clients have
    /// is refused with `CHANNEL_INVALID`.
    pub fn change_channel_hash(&self, account: i64, channel: i64) {
        self.world().rehash(account, -channel);
    }

    fn write(&self, author: i64, to: Peer, text: String) -> Option<i32> {
        self.changed(|world| {
            let told = world.deliver(author, to, Letter::new(words(text)));
            let own = told.iter().find(|told| told.user == author);
            (own.and_then(Told::message_id), told)
        })
    }

    /// Changes the world, and tells everybody concerned before anything else happens.
    fn changed<T>(&self, change: impl FnOnce(&mut World) -> (T, Vec<Told>)) -> T {
        let mut value = None;
        self.tell(|world| {
            let (made, told) = change(world);
            value = Some(made);
            announce(world, &told)
        });
        value.expect("the change was made")
    }

    /// Changes the world, and sends the updates that follow.
    pub(crate) fn tell(&self, change: impl FnOnce(&mut World) -> Vec<Push>) {
        let hub = self.hub();
        let now = hub.clock.now();
        let mut world = hub.world();
        world.set_now(i64::from(seconds(now)));
        let pushes = change(&mut world);
        let lines = hub.logins.deliver(&pushes, &hub.ids, now);
        drop(world);
        for line in lines {
            line.flush();
        }
    }
}

fn words(text: String) -> Content {
    Content::Text(Text {
        text,
        ..Text::default()
    })
}
