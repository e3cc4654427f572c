//! One entry of the log of a channel.
use std::fmt;
use std::sync::Arc;

use super::admin_action::{AdminAction, Change};
use super::invite_link::InviteLink;
use super::participant::Participant;
use super::topic::ForumTopic;
use crate::client::WeakClient;
use crate::media::Photo;
use crate::messages::HistoryEntry;
use crate::peers::{PeerMap, User};
use crate::tl::enums::ChannelAdminLogEventAction as Raw;
use crate::tl::enums::{self, ChatBannedRights};
use crate::tl::types;

/// Something that was done in a channel or supergroup, by whom, and when.
///
/// See <https://core.telegram.org/constructor/channelAdminLogEvent>.
#[derive(Clone)]
pub struct AdminEvent {
    /// Everything that the server told, shared by the clones of this event.
    pub raw: Arc<types::ChannelAdminLogEvent>,
    peers: PeerMap,
    client: WeakClient,
}

impl AdminEvent {
    pub(super) fn new(
        raw: impl Into<Arc<types::ChannelAdminLogEvent>>,
        peers: PeerMap,
        client: WeakClient,
    ) -> Self {
        let raw = raw.into();
        Self { raw, peers, client }
    }

    /// The id: larger than those of all events before. It is none of a message.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.raw.id
    }

    /// When it was done, in seconds since the Unix epoch.
    #[must_use]
    pub fn date(&self) -> i32 {
        self.raw.date
    }

    /// Who has done it.
    #[must_use]
    pub fn user_id(&self) -> i64 {
        self.raw.user_id
    }

    /// The same, as it came with the event.
    #[must_use]
    pub fn user(&self) -> Option<&User> {
        self.peers.user(self.raw.user_id)
    }

    /// The users and chats that came with it.
    #[must_use]
    pub fn peers(&self) -> &PeerMap {
        &self.peers
    }

    /// What was done.
    #[must_use]
    pub fn action(&self) -> AdminAction {
        let raw = || AdminAction::Raw(self.raw.action.clone().into());
        // The parts of the list know what the others do not.
        let action = self.of_looks().or_else(|| self.of_rules());
        let action = action.or_else(|| self.of_messages());
        let action = action.or_else(|| self.of_people());
        action.or_else(|| self.of_rest()).unwrap_or_else(raw)
    }

    /// How the channel looks.
    fn of_looks(&self) -> Option<AdminAction> {
        Some(match &self.raw.action {
            Raw::ChangeTitle(it) => AdminAction::Title(change(&it.prev_value, &it.new_value)),
            Raw::ChangeAbout(it) => AdminAction::About(change(&it.prev_value, &it.new_value)),
            Raw::ChangeUsername(it) => AdminAction::Username(change(&it.prev_value, &it.new_value)),
            Raw::ChangeUsernames(it) => {
                AdminAction::Usernames(change(&it.prev_value, &it.new_value))
            }
            Raw::ChangePhoto(it) => AdminAction::Photo(Change {
                old: photo(&it.prev_photo),
                new: photo(&it.new_photo),
            }),
            Raw::ChangePeerColor(it) => AdminAction::Color(change(&it.prev_value, &it.new_value)),
            Raw::ChangeProfilePeerColor(it) => {
                AdminAction::ProfileColor(change(&it.prev_value, &it.new_value))
            }
            Raw::ChangeWallpaper(it) => {
                AdminAction::Wallpaper(change(&it.prev_value, &it.new_value).into())
            }
            Raw::ChangeEmojiStatus(it) => {
                AdminAction::EmojiStatus(change(&it.prev_value, &it.new_value))
            }
            Raw::ChangeStickerSet(it) => {
                AdminAction::StickerSet(change(&it.prev_stickerset, &it.new_stickerset))
            }
            Raw::ChangeEmojiStickerSet(it) => {
                AdminAction::EmojiSet(change(&it.prev_stickerset, &it.new_stickerset))
            }
            Raw::ChangeLocation(it) => AdminAction::Location(change(&it.prev_value, &it.new_value)),
            Raw::ChangeLinkedChat(it) => AdminAction::LinkedChat(Change {
                old: Some(it.prev_value).filter(|id| *id != 0),
                new: Some(it.new_value).filter(|id| *id != 0),
            }),
            _ => return None,
        })
    }

    /// What holds in it.
    fn of_rules(&self) -> Option<AdminAction> {
        Some(match &self.raw.action {
            Raw::ToggleInvites(it) => AdminAction::Invites(it.new_value),
            Raw::ToggleSignatures(it) => AdminAction::Signatures(it.new_value),
            Raw::ToggleSignatureProfiles(it) => AdminAction::SignatureProfiles(it.new_value),
            Raw::TogglePreHistoryHidden(it) => AdminAction::HiddenHistory(it.new_value),
            Raw::ToggleNoForwards(it) => AdminAction::NoForwards(it.new_value),
            Raw::ToggleAntiSpam(it) => AdminAction::AntiSpam(it.new_value),
            Raw::ToggleAutotranslation(it) => AdminAction::AutoTranslation(it.new_value),
            Raw::ToggleForum(it) => AdminAction::Forum(it.new_value),
            Raw::ToggleSlowMode(it) => AdminAction::SlowMode(change(&it.prev_value, &it.new_value)),
            Raw::ChangeHistoryTtl(it) => AdminAction::Ttl(change(&it.prev_value, &it.new_value)),
            Raw::ChangeAvailableReactions(it) => {
                AdminAction::Reactions(change(&it.prev_value, &it.new_value))
            }
            Raw::DefaultBannedRights(it) => {
                let ChatBannedRights::Rights(old) = &it.prev_banned_rights;
                let ChatBannedRights::Rights(new) = &it.new_banned_rights;
                let (old, new) = (old.clone().into(), new.clone().into());
                AdminAction::DefaultRights(Change { old, new }.into())
            }
            _ => return None,
        })
    }

    /// What was done to messages.
    fn of_messages(&self) -> Option<AdminAction> {
        Some(match &self.raw.action {
            Raw::UpdatePinned(it) => match self.entry(&it.message) {
                Some(HistoryEntry::Message(message)) if !message.raw.pinned => {
                    AdminAction::Unpinned(Some(HistoryEntry::Message(message)))
                }
                Some(entry) => AdminAction::Pinned(entry),
                None => AdminAction::Unpinned(None),
            },
            Raw::EditMessage(it) => {
                let (old, new) = (self.entry(&it.prev_message)?, self.entry(&it.new_message)?);
                AdminAction::MessageEdited(Change { old, new }.into())
            }
            Raw::DeleteMessage(it) => AdminAction::MessageDeleted(self.entry(&it.message)?),
            Raw::SendMessage(it) => AdminAction::MessageSent(self.entry(&it.message)?),
            Raw::StopPoll(it) => AdminAction::PollClosed(self.entry(&it.message)?),
            _ => return None,
        })
    }

    /// Who has come and gone, and what they may do.
    fn of_people(&self) -> Option<AdminAction> {
        let link = |invite: &enums::ExportedChatInvite| InviteLink::from_raw(invite.clone());
        Some(match &self.raw.action {
            Raw::ParticipantJoin => AdminAction::Joined,
            Raw::ParticipantLeave => AdminAction::Left,
            Raw::ParticipantJoinByInvite(it) => AdminAction::JoinedByLink {
                link: link(&it.invite),
                via_folder: it.via_chatlist,
            },
            Raw::ParticipantJoinByRequest(it) => AdminAction::JoinedByRequest {
                link: link(&it.invite),
                approved_by: it.approved_by,
            },
            Raw::ParticipantInvite(it) => {
                AdminAction::Invited(self.participant(&it.participant).into())
            }
            Raw::ParticipantToggleBan(it) => {
                AdminAction::Banned(self.both(&it.prev_participant, &it.new_participant))
            }
            Raw::ParticipantToggleAdmin(it) => {
                AdminAction::Admin(self.both(&it.prev_participant, &it.new_participant))
            }
            Raw::ParticipantSubExtend(it) => AdminAction::SubscriptionExtended(
                self.both(&it.prev_participant, &it.new_participant),
            ),
            Raw::ParticipantEditRank(it) => AdminAction::Rank {
                user_id: it.user_id,
                rank: change(&it.prev_rank, &it.new_rank),
            },
            _ => return None,
        })
    }

    /// Links, topics and calls.
    fn of_rest(&self) -> Option<AdminAction> {
        let link = |invite: &enums::ExportedChatInvite| InviteLink::from_raw(invite.clone());
        let topic = |raw: &enums::ForumTopic| ForumTopic::from_raw(raw.clone(), self.peers.clone());
        Some(match &self.raw.action {
            Raw::ExportedInviteDelete(it) => AdminAction::LinkDeleted(link(&it.invite)?),
            Raw::ExportedInviteRevoke(it) => AdminAction::LinkRevoked(link(&it.invite)?),
            Raw::ExportedInviteEdit(it) => {
                let (old, new) = (link(&it.prev_invite)?, link(&it.new_invite)?);
                AdminAction::LinkEdited(Change { old, new }.into())
            }
            Raw::CreateTopic(it) => AdminAction::TopicCreated(topic(&it.topic)?.into()),
            Raw::EditTopic(it) => {
                let (old, new) = (topic(&it.prev_topic)?, topic(&it.new_topic)?);
                AdminAction::TopicEdited(Change { old, new }.into())
            }
            Raw::DeleteTopic(it) => AdminAction::TopicDeleted(topic(&it.topic)?.into()),
            Raw::PinTopic(it) => {
                let old = it.prev_topic.as_ref().and_then(topic);
                let new = it.new_topic.as_ref().and_then(topic);
                AdminAction::TopicPinned(Change { old, new }.into())
            }
            Raw::StartGroupCall(it) => AdminAction::CallStarted(it.call.clone()),
            Raw::DiscardGroupCall(it) => AdminAction::CallEnded(it.call.clone()),
            Raw::ParticipantMute(it) => AdminAction::CallMuted(it.participant.clone().into()),
            Raw::ParticipantUnmute(it) => AdminAction::CallUnmuted(it.participant.clone().into()),
            Raw::ParticipantVolume(it) => AdminAction::CallVolume(it.participant.clone().into()),
            Raw::ToggleGroupCallSetting(it) => AdminAction::CallJoinMuted(it.join_muted),
            _ => return None,
        })
    }

    fn entry(&self, message: &enums::Message) -> Option<HistoryEntry> {
        HistoryEntry::new(message.clone(), self.peers.clone(), self.client.clone())
    }

    fn participant(&self, raw: &enums::ChannelParticipant) -> Participant {
        Participant::new(raw.clone(), self.peers.clone())
    }

    fn both(
        &self,
        old: &enums::ChannelParticipant,
        new: &enums::ChannelParticipant,
    ) -> Box<Change<Participant>> {
        let (old, new) = (self.participant(old), self.participant(new));
        Box::new(Change { old, new })
    }
}

impl fmt::Debug for AdminEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AdminEvent").field(&self.raw).finish()
    }
}

fn change<T: Clone>(old: &T, new: &T) -> Change<T> {
    let (old, new) = (old.clone(), new.clone());
    Change { old, new }
}

fn photo(raw: &enums::Photo) -> Option<Photo> {
    match raw {
        enums::Photo::Photo(photo) => Some(Photo::from_raw((**photo).clone())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::Client;
    use crate::store::MemoryStore;

    /// Every action of the schema.
    fn all() -> Vec<Raw> {
        fn made<T: Default + Into<Raw>>() -> Raw {
            T::default().into()
        }
        use types as t;
        vec![
            made::<t::ChannelAdminLogEventActionChangeTitle>(),
            made::<t::ChannelAdminLogEventActionChangeAbout>(),
            made::<t::ChannelAdminLogEventActionChangeUsername>(),
            made::<t::ChannelAdminLogEventActionChangePhoto>(),
            made::<t::ChannelAdminLogEventActionToggleInvites>(),
            made::<t::ChannelAdminLogEventActionToggleSignatures>(),
            made::<t::ChannelAdminLogEventActionUpdatePinned>(),
            made::<t::ChannelAdminLogEventActionEditMessage>(),
            made::<t::ChannelAdminLogEventActionDeleteMessage>(),
            Raw::ParticipantJoin,
            Raw::ParticipantLeave,
            made::<t::ChannelAdminLogEventActionParticipantInvite>(),
            made::<t::ChannelAdminLogEventActionParticipantToggleBan>(),
            made::<t::ChannelAdminLogEventActionParticipantToggleAdmin>(),
            made::<t::ChannelAdminLogEventActionChangeStickerSet>(),
            made::<t::ChannelAdminLogEventActionTogglePreHistoryHidden>(),
            made::<t::ChannelAdminLogEventActionDefaultBannedRights>(),
            made::<t::ChannelAdminLogEventActionStopPoll>(),
            made::<t::ChannelAdminLogEventActionChangeLinkedChat>(),
            made::<t::ChannelAdminLogEventActionChangeLocation>(),
            made::<t::ChannelAdminLogEventActionToggleSlowMode>(),
            made::<t::ChannelAdminLogEventActionStartGroupCall>(),
            made::<t::ChannelAdminLogEventActionDiscardGroupCall>(),
            made::<t::ChannelAdminLogEventActionParticipantMute>(),
            made::<t::ChannelAdminLogEventActionParticipantUnmute>(),
            made::<t::ChannelAdminLogEventActionToggleGroupCallSetting>(),
            made::<t::ChannelAdminLogEventActionParticipantJoinByInvite>(),
            made::<t::ChannelAdminLogEventActionExportedInviteDelete>(),
            made::<t::ChannelAdminLogEventActionExportedInviteRevoke>(),
            made::<t::ChannelAdminLogEventActionExportedInviteEdit>(),
            made::<t::ChannelAdminLogEventActionParticipantVolume>(),
            made::<t::ChannelAdminLogEventActionChangeHistoryTtl>(),
            made::<t::ChannelAdminLogEventActionParticipantJoinByRequest>(),
            made::<t::ChannelAdminLogEventActionToggleNoForwards>(),
            made::<t::ChannelAdminLogEventActionSendMessage>(),
            made::<t::ChannelAdminLogEventActionChangeAvailableReactions>(),
            made::<t::ChannelAdminLogEventActionChangeUsernames>(),
            made::<t::ChannelAdminLogEventActionToggleForum>(),
            made::<t::ChannelAdminLogEventActionCreateTopic>(),
            made::<t::ChannelAdminLogEventActionEditTopic>(),
            made::<t::ChannelAdminLogEventActionDeleteTopic>(),
            made::<t::ChannelAdminLogEventActionPinTopic>(),
            made::<t::ChannelAdminLogEventActionToggleAntiSpam>(),
            made::<t::ChannelAdminLogEventActionChangePeerColor>(),
            made::<t::ChannelAdminLogEventActionChangeProfilePeerColor>(),
            made::<t::ChannelAdminLogEventActionChangeWallpaper>(),
            made::<t::ChannelAdminLogEventActionChangeEmojiStatus>(),
            made::<t::ChannelAdminLogEventActionChangeEmojiStickerSet>(),
            made::<t::ChannelAdminLogEventActionToggleSignatureProfiles>(),
            made::<t::ChannelAdminLogEventActionParticipantSubExtend>(),
            made::<t::ChannelAdminLogEventActionToggleAutotranslation>(),
            made::<t::ChannelAdminLogEventActionParticipantEditRank>(),
        ]
    }

    /// A client whose data centre is nowhere.
    fn client() -> Client {
        let builder = Client::builder().api_id(1).api_hash("hash");
        let nowhere = ([127, 0, 0, 1], 1).into();
        let builder = builder.session(MemoryStore::default());
        builder.dc_addr(2, nowhere).connect().expect("it starts")
    }

    #[test]
    fn every_action_of_the_schema_has_a_type() {
        let all = all();
        let schema = include_str!("../../schema/api.tl");
        let lines = schema.lines().filter(|line| {
            let named = line.ends_with("= ChannelAdminLogEventAction;");
            named && line.starts_with("channelAdminLogEventAction")
        });
        assert_eq!(lines.count(), all.len());
        let client = client();
        for raw in all {
            let event = types::ChannelAdminLogEvent {
                action: raw.clone(),
                ..Default::default()
            };
            let event = AdminEvent::new(event, PeerMap::default(), client.weak());
            // What is about a message or the like that is not shown cannot be told otherwise.
            let is_whole =
                !format!("{raw:?}").contains("Empty") && !format!("{raw:?}").contains("Deleted");
            let is_raw = matches!(event.action(), AdminAction::Raw(_));
            assert!(!is_whole || !is_raw, "{raw:?}");
        }
    }

    /// Actions with a before and a now, and how they are told.
    fn changes() -> Vec<(Raw, String)> {
        use types as t;
        let (old, new) = (|| "a".to_owned(), || "b".to_owned());
        let change = r#"Change { old: "a", new: "b" }"#;
        let numbers = "Change { old: 1, new: 2 }";
        vec![
            (
                t::ChannelAdminLogEventActionChangeTitle {
                    prev_value: old(),
                    new_value: new(),
                }
                .into(),
                format!("Title({change})"),
            ),
            (
                t::ChannelAdminLogEventActionChangeAbout {
                    prev_value: old(),
                    new_value: new(),
                }
                .into(),
                format!("About({change})"),
            ),
            (
                t::ChannelAdminLogEventActionChangeUsername {
                    prev_value: old(),
                    new_value: new(),
                }
                .into(),
                format!("Username({change})"),
            ),
            (
                t::ChannelAdminLogEventActionParticipantEditRank {
                    user_id: 3,
                    prev_rank: old(),
                    new_rank: new(),
                }
                .into(),
                format!("Rank {{ user_id: 3, rank: {change} }}"),
            ),
            (
                t::ChannelAdminLogEventActionToggleSlowMode {
                    prev_value: 1,
                    new_value: 2,
                }
                .into(),
                format!("SlowMode({numbers})"),
            ),
            (
                t::ChannelAdminLogEventActionChangeHistoryTtl {
                    prev_value: 1,
                    new_value: 2,
                }
                .into(),
                format!("Ttl({numbers})"),
            ),
            (
                t::ChannelAdminLogEventActionChangeLinkedChat {
                    prev_value: 0,
                    new_value: 7,
                }
                .into(),
                "LinkedChat(Change { old: None, new: Some(7) })".to_owned(),
            ),
        ]
    }

    #[test]
    fn what_was_before_is_old_and_what_holds_now_is_new() {
        let client = client();
        for (action, wanted) in changes() {
            let event = types::ChannelAdminLogEvent {
                action,
                ..Default::default()
            };
            let event = AdminEvent::new(event, PeerMap::default(), client.weak());
            assert_eq!(format!("{:?}", event.action()), wanted);
        }
    }
}
