//! Quick replies: messages kept under a name
//! (<https://core.telegram.org/api/business#quick-reply-shortcuts>).
use std::collections::BTreeMap;

use super::waiting::Waiting;

/// The quick replies of one account.
#[derive(Debug, Default)]
pub(crate) struct Shortcuts {
    last_id: i32,
    last_message: i32,
    pub(crate) list: Vec<Shortcut>,
}

/// Messages kept under a name.
#[derive(Debug)]
pub(crate) struct Shortcut {
    pub(crate) id: i32,
    pub(crate) name: String,
    pub(crate) messages: BTreeMap<i32, Waiting>,
}

impl Shortcuts {
    /// One by its id.
    pub(crate) fn get(&self, id: i32) -> Option<&Shortcut> {
        self.list.iter().find(|it| it.id == id)
    }

    /// The same, to change it.
    pub(crate) fn get_mut(&mut self, id: i32) -> Option<&mut Shortcut> {
        self.list.iter_mut().find(|it| it.id == id)
    }

    /// Whether a name is taken.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.list.iter().any(|it| it.name == name)
    }

    /// The one of a name, made if need be.
    pub(crate) fn named(&mut self, name: &str) -> i32 {
        if let Some(there) = self.list.iter().find(|it| it.name == name) {
            return there.id;
        }
        self.last_id += 1;
        self.list.push(Shortcut {
            id: self.last_id,
            name: name.to_owned(),
            messages: BTreeMap::new(),
        });
        self.last_id
    }

    /// Adds a message to one: its id.
    pub(crate) fn add(&mut self, id: i32, message: Waiting) -> Option<i32> {
        self.last_message += 1;
        let number = self.last_message;
        self.get_mut(id)?.messages.insert(number, message);
        Some(number)
    }
}
