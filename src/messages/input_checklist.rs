//! A checklist to be sent.
use crate::error::{Error, Result};
use crate::text::FormattedText;
use crate::tl::enums::{InputMedia, TextWithEntities, TodoItem};
use crate::tl::types;

/// A checklist to be sent: a title, and tasks that are numbered from 1.
///
/// ```
/// # let telegram = localdc::LocalDc::shared();
/// # let client = telegram.user();
/// # telegram.make_premium(client.my_id().expect("it is signed in"));
/// use ferogram_sync::InputChecklist;
///
/// let list = InputChecklist::new("Picnic").tasks(["Bread", "Tea"]);
/// let message = client.send_checklist("me", list)?;
/// message.complete_tasks(&[2], &[])?;
/// let message = message.fetch_again()?.expect("it is there");
/// let list = message.checklist().expect("it is one");
/// assert_eq!(list.title().text, "Picnic");
/// let done: Vec<bool> = list.tasks().iter().map(|task| task.done_by.is_some()).collect();
/// assert_eq!(done, [false, true]);
/// # Ok::<(), ferogram_sync::Error>(())
/// ```
///
/// See <https://core.telegram.org/api/todo>.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct InputChecklist {
    raw: types::TodoList,
}

impl InputChecklist {
    /// What it is about.
    pub fn new(title: impl Into<FormattedText>) -> Self {
        let title: FormattedText = title.into();
        Self {
            raw: types::TodoList {
                title: title.into(),
                ..Default::default()
            },
        }
    }

    /// Adds a task.
    pub fn task(mut self, text: impl Into<FormattedText>) -> Self {
        let id = i32::try_from(self.raw.list.len() + 1).unwrap_or(i32::MAX);
        self.raw.list.push(item(id, text.into()));
        self
    }

    /// Adds tasks.
    pub fn tasks<T: Into<FormattedText>>(self, texts: impl IntoIterator<Item = T>) -> Self {
        texts.into_iter().fold(self, Self::task)
    }

    /// Whether others may add tasks.
    pub fn others_can_append(mut self, others: bool) -> Self {
        self.raw.others_can_append = others;
        self
    }

    /// Whether others may mark tasks as done.
    pub fn others_can_complete(mut self, others: bool) -> Self {
        self.raw.others_can_complete = others;
        self
    }

    /// What a message has attached to it then; editing a message takes it too.
    ///
    /// # Errors
    ///
    /// [`Error::Argument`] without a title, without tasks, and for a task without a text.
    pub fn into_media(self) -> Result<InputMedia> {
        let is_empty =
            |TextWithEntities::Entities(it): &TextWithEntities| it.text.trim().is_empty();
        if is_empty(&self.raw.title) {
            return Err(Error::Argument("a checklist has a title"));
        }
        let mut items = self.raw.list.iter();
        let is_bare = items.any(|TodoItem::Item(item)| is_empty(&item.title));
        if self.raw.list.is_empty() || is_bare {
            return Err(Error::Argument("a checklist has tasks, and each a text"));
        }
        let todo = self.raw.into();
        Ok(types::InputMediaTodo { todo }.into())
    }
}

/// A task with its number.
pub(super) fn item(id: i32, text: FormattedText) -> TodoItem {
    let title = text.into();
    types::TodoItem { id, title }.into()
}
