//! How groups and channels come to be.
use std::collections::BTreeSet;

use ferogram_sync::tl::{enums, types};

use super::channel::Channel;
use super::chat::{Chat, Member};
use super::delivery::Told;
use super::directory::Taken;
use super::looks::{Looks, Rules};
use super::new_channel::NewChannel;
use super::participant::{Participant, Role, all_rights, chat_admin_rights, no_bans};
use super::peer::Peer;
use super::post::Letter;
use super::state::World;

impl World {
    /// Founds a basic group and sends the message that says so.
    pub(crate) fn found(&mut self, creator: i64, title: String, users: &[i64]) -> (i64, Vec<Told>) {
        let id = self.chats.last_key_value().map_or(1, |(id, _)| id + 1);
        let date = self.now();
        let member = Member {
            inviter: creator,
            date,
        };
        let members = users
            .iter()
            .chain([&creator])
            .map(|user| (*user, member))
            .collect();
        let title_said = title.clone();
        self.chats.insert(
            id,
            Chat {
                id,
                title,
                about: String::new(),
                looks: Looks::default(),
                rules: Rules::default(),
                creator,
                date,
                version: 1,
                members,
                admins: BTreeSet::new(),
                default_rights: no_bans(),
                migrated_to: None,
            },
        );
        let users = users.to_vec();
        let letter = Letter::service(
            types::MessageActionChatCreate {
                title: title_said,
                users: users.clone(),
            },
            &users,
        );
        (id, self.deliver(creator, Peer::Chat(id), letter))
    }

    /// Adds a channel as a test wants it.
    pub(crate) fn add_channel(&mut self, new: NewChannel) -> Result<i64, Taken> {
        let id = self.free_channel_id();
        if !new.username.is_empty() {
            self.directory.name_channel(id, &new.username)?;
        }
        let now = self.now();
        let mut channel = Channel::new(id, new.title, new.megagroup, now);
        channel.username = Some(new.username).filter(|name| !name.is_empty());
        channel.slow_mode = new.slow_mode;
        channel.signatures = new.signatures;
        channel.noforwards = new.protected;
        channel.hidden_history = new.hidden_history;
        channel.default_rights = new.default_rights.unwrap_or_else(no_bans);
        if new.forum {
            channel.open_topics(new.owner.unwrap_or(0), now);
        }
        let inviter = new.owner.unwrap_or(0);
        let title = channel.title.clone();
        self.channels.insert(id, channel);
        for user in new
            .members
            .iter()
            .chain(new.admins.iter().map(|(user, _)| user))
        {
            self.enter(id, inviter, *user);
        }
        for (user, rights) in new.admins {
            let role = Role::Admin {
                rights,
                promoted_by: inviter,
            };
            self.appoint(id, user, role);
        }
        if let Some(owner) = new.owner {
            self.enter(id, owner, owner);
            self.appoint(id, owner, Role::Creator(all_rights()));
            let letter = Letter::service(types::MessageActionChannelCreate { title }, &[]);
            self.put_up(owner, id, letter);
        }
        Ok(id)
    }

    /// Ends a channel: nobody is in it any more, and nobody sees it.
    pub(crate) fn close(&mut self, id: i64) {
        let Some(channel) = self.channels.get_mut(&id) else {
            return;
        };
        let members: Vec<i64> = channel.members().map(|(user, _)| user).collect();
        let name = channel.username.take();
        for participant in channel.participants.values_mut() {
            participant.here = false;
        }
        for user in members {
            self.note_membership(user, id, false);
        }
        // A name that was the channel's is free again.
        let _ = self.directory.rename_channel(id, name.as_deref(), None);
    }

    fn appoint(&mut self, channel: i64, user: i64, role: Role) {
        let it = self.channels.get_mut(&channel);
        if let Some(participant) = it.and_then(|it| it.participants.get_mut(&user)) {
            participant.role = role;
        }
    }

    /// Founds a channel or a supergroup, and puts up the message that says so.
    pub(crate) fn found_channel(
        &mut self,
        creator: i64,
        title: String,
        megagroup: bool,
    ) -> (i64, Vec<Told>) {
        let id = self.free_channel_id();
        let date = self.now();
        let mut channel = Channel::new(id, title.clone(), megagroup, date);
        let owner = Participant {
            role: Role::Creator(all_rights()),
            ..Participant::new(creator, date)
        };
        channel.participants.insert(creator, owner);
        self.channels.insert(id, channel);
        self.note_membership(creator, id, true);
        let letter = Letter::service(types::MessageActionChannelCreate { title }, &[]);
        (id, self.put_up(creator, id, letter))
    }

    /// Makes a supergroup of a basic group, which ends with that
    /// (<https://core.telegram.org/api/channel#migration>): its id, and what is told in the boxes
    /// and on the new board.
    pub(crate) fn migrate(&mut self, by: i64, chat: i64) -> Option<(i64, Vec<Told>)> {
        let old = self.chats.get(&chat)?.clone();
        let id = self.free_channel_id();
        let date = self.now();
        let mut channel = Channel::new(id, old.title.clone(), true, date);
        channel.default_rights = old.default_rights.clone();
        channel.about.clone_from(&old.about);
        channel.looks = old.looks.clone();
        channel.rules = old.rules.clone();
        for (user, member) in &old.members {
            let mut participant = Participant::new(member.inviter, date);
            if *user == old.creator {
                participant.role = Role::Creator(all_rights());
            } else if old.admins.contains(user) {
                participant.role = Role::Admin {
                    rights: chat_admin_rights(),
                    promoted_by: old.creator,
                };
            }
            channel.participants.insert(*user, participant);
        }
        self.channels.insert(id, channel);
        for user in old.members.keys() {
            self.note_membership(*user, id, true);
        }
        let action = types::MessageActionChatMigrateTo { channel_id: id };
        let mut told = self.deliver(by, Peer::Chat(chat), Letter::service(action, &[]));
        let max_id = told.first().and_then(Told::message_id).unwrap_or(0);
        if let Some(chat) = self.chats.get_mut(&chat) {
            chat.migrated_to = Some(id);
            chat.version += 1;
        }
        if let Some(channel) = self.channels.get_mut(&id) {
            channel.migrated_from = Some((chat, max_id));
        }
        let action: enums::MessageAction = types::MessageActionChannelMigrateFrom {
            title: old.title,
            chat_id: chat,
        }
        .into();
        told.extend(self.put_up(by, id, Letter::service(action, &[])));
        Some((id, told))
    }
}
