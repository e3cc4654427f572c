//! What somebody is doing in a chat at the moment.
use crate::client::Client;
use crate::error::Result;
use crate::peers::PeerRef;
use crate::tl::enums::SendMessageAction;
use crate::tl::functions::messages::SetTyping;
use crate::tl::types;

/// What somebody is doing in a chat at the moment: the others see it for about six seconds.
///
/// See <https://core.telegram.org/type/SendMessageAction>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChatAction {
    /// Writing a text.
    Typing,
    /// Nothing any more.
    Cancel,
    /// Recording a video.
    RecordVideo,
    /// Sending a video, of which so many percent are sent.
    UploadVideo(i32),
    /// Recording a voice message.
    RecordAudio,
    /// Sending a voice message or music, of which so many percent are sent.
    UploadAudio(i32),
    /// Sending a picture, of which so many percent are sent.
    UploadPhoto(i32),
    /// Sending a file, of which so many percent are sent.
    UploadDocument(i32),
    /// Choosing a place.
    ChooseLocation,
    /// Choosing somebody's phone number and name.
    ChooseContact,
    /// Playing a game.
    PlayGame,
    /// Recording a round video.
    RecordRound,
    /// Sending a round video, of which so many percent are sent.
    UploadRound(i32),
    /// Choosing a sticker.
    ChooseSticker,
}

impl From<ChatAction> for SendMessageAction {
    fn from(action: ChatAction) -> Self {
        match action {
            ChatAction::Typing => Self::SendMessageTypingAction,
            ChatAction::Cancel => Self::SendMessageCancelAction,
            ChatAction::RecordVideo => Self::SendMessageRecordVideoAction,
            ChatAction::UploadVideo(progress) => {
                types::SendMessageUploadVideoAction { progress }.into()
            }
            ChatAction::RecordAudio => Self::SendMessageRecordAudioAction,
            ChatAction::UploadAudio(progress) => {
                types::SendMessageUploadAudioAction { progress }.into()
            }
            ChatAction::UploadPhoto(progress) => {
                types::SendMessageUploadPhotoAction { progress }.into()
            }
            ChatAction::UploadDocument(progress) => {
                types::SendMessageUploadDocumentAction { progress }.into()
            }
            ChatAction::ChooseLocation => Self::SendMessageGeoLocationAction,
            ChatAction::ChooseContact => Self::SendMessageChooseContactAction,
            ChatAction::PlayGame => Self::SendMessageGamePlayAction,
            ChatAction::RecordRound => Self::SendMessageRecordRoundAction,
            ChatAction::UploadRound(progress) => {
                types::SendMessageUploadRoundAction { progress }.into()
            }
            ChatAction::ChooseSticker => Self::SendMessageChooseStickerAction,
        }
    }
}

impl Client {
    /// Shows the others what this account is doing in a chat, or in a topic of it, once: a
    /// [`TypingGuard`](crate::TypingGuard) shows it for as long as it takes.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::ChatAction;
    ///
    /// client.send_chat_action("me", None, ChatAction::Typing)?;
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `CHAT_WRITE_FORBIDDEN`, `USER_IS_BLOCKED`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.setTyping>.
    pub fn send_chat_action(
        &self,
        peer: impl Into<PeerRef>,
        topic: Option<i32>,
        action: impl Into<SendMessageAction>,
    ) -> Result<()> {
        self.set_typing(&peer.into(), topic, action.into())
            .map(drop)
    }

    /// The same; gives what was asked, to be asked again.
    pub(super) fn set_typing(
        &self,
        peer: &PeerRef,
        topic: Option<i32>,
        action: SendMessageAction,
    ) -> Result<SetTyping> {
        let deadline = self.begin_for::<SetTyping>()?;
        let mut request = SetTyping {
            top_msg_id: topic,
            action,
            ..Default::default()
        };
        self.ask_about(peer, deadline, |peer| {
            request.peer = peer.clone();
            self.ask_until(&request, deadline)
        })?;
        Ok(request)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_uploaded_is_said_with_how_far_it_is() {
        let progress = 7;
        let said = |action: ChatAction| SendMessageAction::from(action);
        for (action, wanted) in [
            (
                ChatAction::UploadVideo(7),
                types::SendMessageUploadVideoAction { progress }.into(),
            ),
            (
                ChatAction::UploadAudio(7),
                types::SendMessageUploadAudioAction { progress }.into(),
            ),
            (
                ChatAction::UploadPhoto(7),
                types::SendMessageUploadPhotoAction { progress }.into(),
            ),
            (
                ChatAction::UploadDocument(7),
                types::SendMessageUploadDocumentAction { progress }.into(),
            ),
            (
                ChatAction::UploadRound(7),
                types::SendMessageUploadRoundAction { progress }.into(),
            ),
        ] {
            assert_eq!(said(action), wanted);
        }
    }
}
