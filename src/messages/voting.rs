//! Sending polls, voting in them and closing them.
use super::answers::{all, new_message};
use super::input_message::InputMessage;
use super::input_poll::InputPoll;
use super::message::Message;
use super::poll::{Poll, PollTally};
use crate::client::Client;
use crate::error::{Error, Result};
use crate::peers::PeerRef;
use crate::text::FormattedText;
use crate::tl::enums::{MessageMedia, Update, Updates};
use crate::tl::functions::messages::{
    AddPollAnswer, DeletePollAnswer, EditMessage, GetPollResults, SendVote,
};
use crate::tl::types;

/// What a message without a poll is told.
const NO_POLL: Error = Error::Argument("there is no poll in this message");

const NOT_SHOWN: Error = Error::Unexpected("the answer does not show the poll");

impl Client {
    /// Sends a poll.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::InputPoll;
    ///
    /// let poll = InputPoll::new("Tea?").answers(["Yes", "No"]);
    /// let message = client.send_poll("me", poll)?;
    /// let tally = message.vote(&[0])?;
    /// assert_eq!(tally.total_voters(), 1);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`send_message`](Self::send_message); [`Error::Argument`] for what cannot be a poll.
    /// Common answers: `POLL_ANSWERS_INVALID`, `POLL_OPTION_INVALID`, `QUIZ_CORRECT_ANSWERS_EMPTY`.
    ///
    /// # Blocking
    ///
    /// Until the server has the poll, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/constructor/inputMediaPoll>.
    pub fn send_poll(&self, peer: impl Into<PeerRef>, poll: InputPoll) -> Result<Message> {
        let message = InputMessage::default().media(poll.into_media()?);
        self.send_message(peer, message)
    }

    /// Votes in a poll, by the bytes of the answers ([`PollAnswer`](crate::PollAnswer)); none takes
    /// the vote back. How the poll stands now.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `MESSAGE_POLL_CLOSED`, `OPTION_INVALID`, `OPTIONS_TOO_MUCH`, `REVOTE_NOT_ALLOWED`.
    ///
    /// # Blocking
    ///
    /// Until the server has the vote, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.sendVote>.
    pub fn send_vote(
        &self,
        peer: impl Into<PeerRef>,
        message_id: i32,
        options: Vec<Vec<u8>>,
    ) -> Result<PollTally> {
        let deadline = self.begin_for::<SendVote>()?;
        let mut request = SendVote {
            msg_id: message_id,
            options,
            ..Default::default()
        };
        let updates = self.ask_about(&peer.into(), deadline, |peer| {
            request.peer = peer.clone();
            self.ask_until(&request, deadline)
        })?;
        tally(updates)
    }

    /// How a poll stands.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::InputPoll;
    ///
    /// let poll = InputPoll::new("Tea?").answers(["Yes", "No"]);
    /// let message = client.send_poll("me", poll)?;
    /// message.vote(&[1])?;
    /// let tally = client.poll_results("me", message.id())?;
    /// let answers = message.poll().expect("it is one").answers();
    /// assert_eq!(tally.chosen(), [&answers[1].option[..]]);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answer:
    /// `MESSAGE_ID_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getPollResults>.
    pub fn poll_results(&self, peer: impl Into<PeerRef>, message_id: i32) -> Result<PollTally> {
        let deadline = self.begin_for::<GetPollResults>()?;
        let mut request = GetPollResults {
            msg_id: message_id,
            ..Default::default()
        };
        let updates = self.ask_about(&peer.into(), deadline, |peer| {
            request.peer = peer.clone();
            self.ask_until(&request, deadline)
        })?;
        tally(updates)
    }

    /// Closes a poll that this account has sent: nobody can vote any more. How it has ended.
    ///
    /// # Errors
    ///
    /// As [`edit_message`](Self::edit_message); [`Error::Argument`] where the message has no poll.
    ///
    /// # Blocking
    ///
    /// Until the server has closed it, at most for the client's timeout: the message is asked for
    /// first.
    ///
    /// See <https://core.telegram.org/api/poll#closing-polls>.
    pub fn close_poll(&self, peer: impl Into<PeerRef>, message_id: i32) -> Result<Poll> {
        let (peer, deadline) = (peer.into(), self.begin_for::<EditMessage>()?);
        let found = self.ask_about(&peer, deadline, |peer| {
            self.fetch_sent(peer, message_id, deadline)
        })?;
        match found.as_ref().and_then(Message::poll) {
            Some(poll) => self.close_known_poll(&peer, message_id, &poll),
            None => Err(NO_POLL),
        }
    }

    /// Adds an answer to a poll that lets others do so
    /// ([`InputPoll::open_answers`](crate::InputPoll::open_answers)). A message in the chat says
    /// so; the poll comes back as it is then.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `MESSAGE_ID_INVALID`, `MESSAGE_POLL_CLOSED`, `POLL_ANSWERS_INVALID`,
    /// `POLL_OPTION_DUPLICATE`.
    ///
    /// # Blocking
    ///
    /// Until the server has the answer, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.addPollAnswer>.
    pub fn add_poll_answer(
        &self,
        peer: impl Into<PeerRef>,
        message_id: i32,
        answer: impl Into<FormattedText>,
    ) -> Result<Poll> {
        let deadline = self.begin_for::<AddPollAnswer>()?;
        let text: FormattedText = answer.into();
        let answer = types::InputPollAnswer {
            text: text.into(),
            media: None,
        };
        let mut request = AddPollAnswer {
            msg_id: message_id,
            answer: answer.into(),
            ..Default::default()
        };
        let updates = self.ask_about(&peer.into(), deadline, |peer| {
            request.peer = peer.clone();
            self.ask_until(&request, deadline)
        })?;
        poll(updates)
    }

    /// Takes an answer away again that was added to a poll, by its bytes
    /// ([`PollAnswer`](crate::PollAnswer)): one's own, or any of one's own poll. A message in the
    /// chat says so; the poll comes back as it is then.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `MESSAGE_ID_INVALID`, `MESSAGE_POLL_CLOSED`, `OPTION_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.deletePollAnswer>.
    pub fn delete_poll_answer(
        &self,
        peer: impl Into<PeerRef>,
        message_id: i32,
        option: impl Into<Vec<u8>>,
    ) -> Result<Poll> {
        let deadline = self.begin_for::<DeletePollAnswer>()?;
        let mut request = DeletePollAnswer {
            msg_id: message_id,
            option: option.into(),
            ..Default::default()
        };
        let updates = self.ask_about(&peer.into(), deadline, |peer| {
            request.peer = peer.clone();
            self.ask_until(&request, deadline)
        })?;
        poll(updates)
    }

    fn close_known_poll(&self, peer: &PeerRef, message_id: i32, known: &Poll) -> Result<Poll> {
        let deadline = self.begin_for::<EditMessage>()?;
        let closed = types::Poll {
            id: known.raw.id,
            closed: true,
            ..Default::default()
        };
        let media = types::InputMediaPoll {
            poll: closed.into(),
            ..Default::default()
        };
        let mut edit = EditMessage {
            id: message_id,
            media: Some(media.into()),
            ..Default::default()
        };
        let updates = self.ask_about(peer, deadline, |peer| {
            edit.peer = peer.clone();
            self.ask_until(&edit, deadline)
        })?;
        closed_poll(updates, known)
    }
}

/// How a poll stands, as an answer shows it.
fn tally(updates: Updates) -> Result<PollTally> {
    told(updates).map(|told| PollTally::new(told.results))
}

/// A poll, as an answer shows it.
fn poll(updates: Updates) -> Result<Poll> {
    let told = told(updates)?;
    let poll = told.poll.ok_or(NOT_SHOWN)?;
    Ok(Poll::new(poll, told.results))
}

/// The poll that was closed. The server shows how it stands, with the poll or without it, or the
/// message that it is in.
fn closed_poll(updates: Updates, known: &Poll) -> Result<Poll> {
    let (updates, _) = all(updates);
    let shown = updates.into_iter().find_map(|update| match update {
        Update::MessagePoll(told) if told.poll_id == known.raw.id => {
            let mut poll = known.raw.clone();
            poll.closed = true;
            let poll = told.poll.unwrap_or_else(|| poll.into());
            Some(Poll::new(poll, told.results))
        }
        update => match new_message(update)?.raw.media? {
            MessageMedia::Poll(it) => Some(Poll::new(it.poll, it.results)),
            _ => None,
        },
    });
    shown.ok_or(Error::Unexpected(
        "the poll was closed, but the answer does not show it",
    ))
}

fn told(updates: Updates) -> Result<Box<types::UpdateMessagePoll>> {
    let (updates, _) = all(updates);
    let told = updates.into_iter().find_map(|update| match update {
        Update::MessagePoll(told) => Some(told),
        _ => None,
    });
    told.ok_or(NOT_SHOWN)
}

impl Message {
    /// Votes in the poll in it, for the answers with these numbers, counted from 0. How it stands
    /// now.
    ///
    /// # Errors
    ///
    /// As [`Client::send_vote`]; [`Error::Argument`] where there is no such answer.
    ///
    /// # Blocking
    ///
    /// Until the server has the vote, at most for the client's timeout.
    pub fn vote(&self, answers: &[usize]) -> Result<PollTally> {
        let there = self.poll().ok_or(NO_POLL)?.answers();
        let option = |index: &usize| there.get(*index).map(|answer| answer.option.clone());
        let options: Option<_> = answers.iter().map(option).collect();
        let options = options.ok_or(Error::Argument("the poll has no answer of this number"))?;
        self.client()?.send_vote(self, self.sent_id()?, options)
    }

    /// Takes the vote in the poll in it back.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::InputPoll;
    ///
    /// let poll = InputPoll::new("Tea?").answers(["Yes", "No"]);
    /// let message = client.send_poll("me", poll)?;
    /// message.vote(&[1])?;
    /// assert_eq!(message.retract_vote()?.total_voters(), 0);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Client::send_vote`].
    ///
    /// # Blocking
    ///
    /// Until the server has taken it back, at most for the client's timeout.
    pub fn retract_vote(&self) -> Result<PollTally> {
        self.vote(&[])
    }

    /// Closes the poll in it, which this account has sent. How it has ended.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::InputPoll;
    ///
    /// let poll = InputPoll::new("Tea?").answers(["Yes", "No"]);
    /// let message = client.send_poll("me", poll)?;
    /// assert!(message.close_poll()?.is_closed());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Client::close_poll`].
    ///
    /// # Blocking
    ///
    /// Until the server has closed it, at most for the client's timeout.
    pub fn close_poll(&self) -> Result<Poll> {
        let poll = self.poll().ok_or(NO_POLL)?;
        self.client()?
            .close_known_poll(&PeerRef::from(self), self.sent_id()?, &poll)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Poll {
        let poll = types::Poll {
            id: 7,
            ..Default::default()
        };
        Poll::new(poll.into(), types::PollResults::default().into())
    }

    fn told(poll_id: i64, poll: Option<types::Poll>) -> Update {
        let told = types::UpdateMessagePoll {
            poll_id,
            poll: poll.map(Into::into),
            ..Default::default()
        };
        told.into()
    }

    fn closed(updates: Vec<Update>) -> Result<Poll> {
        let answer = types::Updates {
            updates,
            ..Default::default()
        };
        closed_poll(answer.into(), &known())
    }

    #[test]
    fn a_closed_poll_is_seen_in_whatever_the_server_shows_of_it() {
        let whole = types::Poll {
            id: 7,
            closed: true,
            ..Default::default()
        };
        let media = types::MessageMediaPoll {
            poll: whole.clone().into(),
            ..Default::default()
        };
        let message = types::Message {
            media: Some(media.into()),
            ..Default::default()
        };
        let edit = types::UpdateEditMessage {
            message: message.into(),
            ..Default::default()
        };
        for shown in [told(7, Some(whole)), told(7, None), edit.into()] {
            let poll = closed(vec![told(8, None), shown]).unwrap();
            assert!(poll.raw.closed && poll.raw.id == 7, "{poll:?}");
        }
        let nothing = closed(vec![told(8, None)]);
        assert!(matches!(nothing, Err(Error::Unexpected(_))), "{nothing:?}");
    }
}
