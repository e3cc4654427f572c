//! Checklists: sent, read, and their tasks marked as done.
use super::input_checklist::{InputChecklist, item};
use super::input_message::InputMessage;
use super::message::Message;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::peers::PeerRef;
use crate::text::FormattedText;
use crate::tl::enums::{MessageMedia, Peer, TodoCompletion, TodoItem, TodoList};
use crate::tl::functions::messages::{AppendTodoList, ToggleTodoCompleted};
use crate::tl::types;

/// A checklist that was sent, and what of it is done.
///
/// See [`InputChecklist`], and <https://core.telegram.org/constructor/messageMediaToDo>.
#[derive(Clone, Debug, PartialEq)]
pub struct Checklist {
    /// Everything that the server told.
    pub raw: types::MessageMediaToDo,
}

/// A task of a checklist.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Task {
    /// By which requests name it.
    pub id: i32,
    /// What is to be done.
    pub text: FormattedText,
    /// Who has marked it as done, if somebody has.
    pub done_by: Option<Peer>,
}

impl Checklist {
    /// What it is about.
    #[must_use]
    pub fn title(&self) -> FormattedText {
        self.list().title.clone().into()
    }

    /// Its tasks, in order.
    #[must_use]
    pub fn tasks(&self) -> Vec<Task> {
        let done = self.raw.completions.as_deref().unwrap_or_default();
        let done_by = |id: i32| {
            let mut done = done.iter().map(|TodoCompletion::Completion(it)| it);
            done.find(|it| it.id == id)
                .map(|it| it.completed_by.clone())
        };
        let items = self.list().list.iter();
        let tasks = items.map(|TodoItem::Item(it)| Task {
            id: it.id,
            text: it.title.clone().into(),
            done_by: done_by(it.id),
        });
        tasks.collect()
    }

    /// Whether others than who has sent it may mark tasks as done.
    #[must_use]
    pub fn others_can_complete(&self) -> bool {
        self.list().others_can_complete
    }

    /// Whether others than who has sent it may add tasks.
    #[must_use]
    pub fn others_can_append(&self) -> bool {
        self.list().others_can_append
    }

    fn list(&self) -> &types::TodoList {
        let TodoList::List(list) = &self.raw.todo;
        list
    }
}

impl Client {
    /// Sends a checklist. The account needs Premium for it.
    ///
    /// # Errors
    ///
    /// As [`send_message`](Self::send_message), and [`InputChecklist::into_media`]. Common answers:
    /// `PREMIUM_ACCOUNT_REQUIRED`, `TODO_ITEMS_TOO_MUCH`, `MEDIA_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has the checklist, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/constructor/inputMediaTodo>.
    pub fn send_checklist(
        &self,
        peer: impl Into<PeerRef>,
        checklist: InputChecklist,
    ) -> Result<Message> {
        let message = InputMessage::default().media(checklist.into_media()?);
        self.send_message(peer, message)
    }

    /// Marks tasks of a checklist as done, by their ids, and others as not done. A message in the
    /// chat says so.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `MESSAGE_ID_INVALID`, `TODO_NOT_MODIFIED`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.toggleTodoCompleted>.
    pub fn complete_tasks(
        &self,
        peer: impl Into<PeerRef>,
        message_id: i32,
        done: &[i32],
        undone: &[i32],
    ) -> Result<()> {
        let deadline = self.begin_for::<ToggleTodoCompleted>()?;
        self.ask_about(&peer.into(), deadline, |peer| {
            let request = ToggleTodoCompleted {
                peer: peer.clone(),
                msg_id: message_id,
                completed: done.to_vec(),
                incompleted: undone.to_vec(),
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Adds tasks to a checklist, each with an id above 0 that no other has. A message in the chat
    /// says so.
    ///
    /// # Errors
    ///
    /// As [`complete_tasks`](Self::complete_tasks). Common answers: `TODO_ITEM_DUPLICATE`,
    /// `TODO_ITEMS_TOO_MUCH`, `TODO_NOT_MODIFIED`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.appendTodoList>.
    pub fn append_tasks<T: Into<FormattedText>>(
        &self,
        peer: impl Into<PeerRef>,
        message_id: i32,
        tasks: impl IntoIterator<Item = (i32, T)>,
    ) -> Result<()> {
        let deadline = self.begin_for::<AppendTodoList>()?;
        let list: Vec<TodoItem> = tasks
            .into_iter()
            .map(|(id, text)| item(id, text.into()))
            .collect();
        self.ask_about(&peer.into(), deadline, |peer| {
            let request = AppendTodoList {
                peer: peer.clone(),
                msg_id: message_id,
                list: list.clone(),
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }
}

impl Message {
    /// The checklist in it.
    #[must_use]
    pub fn checklist(&self) -> Option<Checklist> {
        match self.raw.media.as_ref()? {
            MessageMedia::ToDo(media) => Some(Checklist { raw: media.clone() }),
            _ => None,
        }
    }

    /// Marks tasks of its checklist as done, and others as not done. As
    /// [`Client::complete_tasks`].
    ///
    /// # Errors
    ///
    /// As [`Client::complete_tasks`]; [`Error::Argument`] where there is no checklist in it.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    pub fn complete_tasks(&self, done: &[i32], undone: &[i32]) -> Result<()> {
        self.own_checklist()?;
        self.client()?
            .complete_tasks(self, self.sent_id()?, done, undone)
    }

    /// Adds tasks to its checklist, with the ids behind those that it had when it came. As
    /// [`Client::append_tasks`].
    ///
    /// # Errors
    ///
    /// As [`Client::append_tasks`]; [`Error::Argument`] where there is no checklist in it.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    pub fn append_tasks<T: Into<FormattedText>>(
        &self,
        texts: impl IntoIterator<Item = T>,
    ) -> Result<()> {
        let list = self.own_checklist()?;
        let items = list.list().list.iter();
        let last = items.map(|TodoItem::Item(it)| it.id).max().unwrap_or(0);
        let ids = last.saturating_add(1)..=i32::MAX;
        self.client()?
            .append_tasks(self, self.sent_id()?, ids.zip(texts))
    }

    fn own_checklist(&self) -> Result<Checklist> {
        let none = Error::Argument("there is no checklist in this message");
        self.checklist().ok_or(none)
    }
}
