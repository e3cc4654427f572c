//! Phone numbers that become contacts.
use std::collections::{HashMap, HashSet};

use super::contacts::users;
use crate::client::Client;
use crate::error::Result;
use crate::peers::User;
use crate::tl::enums::{self, InputContact};
use crate::tl::functions::contacts::ImportContacts;
use crate::tl::types;

/// So many go in one request.
const AT_ONCE: usize = 500;

/// How often what the server does not take at once is tried again.
const ROUNDS_MAX: usize = 3;

/// A phone number and a name, to become a contact.
///
/// See <https://core.telegram.org/constructor/inputPhoneContact>.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhoneContact {
    phone: String,
    first_name: String,
    last_name: String,
}

impl PhoneContact {
    /// A phone number with its country code, and the first name.
    #[must_use]
    pub fn new(phone: impl Into<String>, first_name: impl Into<String>) -> Self {
        Self {
            phone: phone.into(),
            first_name: first_name.into(),
            last_name: String::new(),
        }
    }

    /// The last name too.
    #[must_use]
    pub fn last_name(mut self, name: impl Into<String>) -> Self {
        self.last_name = name.into();
        self
    }

    /// The number.
    #[must_use]
    pub fn phone(&self) -> &str {
        &self.phone
    }

    fn input(&self, client_id: i64) -> InputContact {
        types::InputPhoneContact {
            client_id,
            phone: self.phone.clone(),
            first_name: self.first_name.clone(),
            last_name: self.last_name.clone(),
            ..Default::default()
        }
        .into()
    }
}

/// What became of phone numbers.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ImportedContacts {
    /// For each, who has it, if that one may be found by it.
    pub found: Vec<Option<User>>,
    /// Those that the server would not take, although it was asked again: their places.
    pub refused: Vec<usize>,
    /// How many other accounts have the same number among their contacts, where it is many and
    /// nobody is found: by the place.
    pub popular: HashMap<usize, i32>,
}

impl Client {
    /// Makes contacts of phone numbers, and says who has them. The server takes only so many of a
    /// new account: what it does not take at once is tried again, and what it does not take then
    /// stands in the answer.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::PhoneContact;
    ///
    /// let people = [
    ///     PhoneContact::new("+1 555 0002", "Bob"),
    ///     PhoneContact::new("+1 555 9999", "Nobody"),
    /// ];
    /// let imported = client.import_contacts(&people)?;
    /// assert_eq!(imported.found[0].as_ref().and_then(|user| user.first_name()), Some("Bob"));
    /// assert!(imported.found[1].is_none() && imported.refused.is_empty());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots). After an
    /// error, some may be contacts; to import them again does no harm.
    ///
    /// # Blocking
    ///
    /// Until the server has taken them, which for many takes several requests, at most for the
    /// client's timeout.
    ///
    /// See <https://core.telegram.org/api/contacts>.
    pub fn import_contacts(&self, contacts: &[PhoneContact]) -> Result<ImportedContacts> {
        let deadline = self.begin_for::<ImportContacts>()?;
        let mut import = Import::new(contacts.len());
        while let Some(batch) = import.next() {
            let input = batch.iter().filter_map(|place| {
                let client_id = i64::try_from(*place).ok()?;
                Some(contacts.get(*place)?.input(client_id))
            });
            let contacts = input.collect();
            let enums::contacts::ImportedContacts::Contacts(answer) =
                self.ask_until(&ImportContacts { contacts }, deadline)?;
            import.take(&batch, *answer);
        }
        Ok(import.done)
    }
}

/// An import under way. It knows nothing of the server: numbers go by their places.
struct Import {
    waiting: Vec<usize>,
    again: Vec<usize>,
    rounds: usize,
    done: ImportedContacts,
}

impl Import {
    fn new(count: usize) -> Self {
        Self {
            waiting: (0..count).rev().collect(),
            again: Vec::new(),
            rounds: 0,
            done: ImportedContacts {
                found: vec![None; count],
                ..ImportedContacts::default()
            },
        }
    }

    /// What is to be asked for now.
    fn next(&mut self) -> Option<Vec<usize>> {
        if self.waiting.is_empty() && !self.again.is_empty() {
            self.rounds += 1;
            let again = std::mem::take(&mut self.again);
            match self.rounds < ROUNDS_MAX {
                true => self.waiting = again.into_iter().rev().collect(),
                false => self.done.refused = again,
            }
        }
        let rest = self.waiting.len().saturating_sub(AT_ONCE);
        let mut batch = self.waiting.split_off(rest);
        batch.reverse();
        (!batch.is_empty()).then_some(batch)
    }

    /// What the server has said of a batch; what it says of others counts for nothing.
    fn take(&mut self, batch: &[usize], answer: types::contacts::ImportedContacts) {
        let asked: HashSet<usize> = batch.iter().copied().collect();
        let place = |client_id: i64| {
            let place = usize::try_from(client_id).ok();
            place.filter(|place| asked.contains(place))
        };
        let users = users(answer.users);
        for enums::ImportedContact::Contact(it) in answer.imported {
            if let Some(place) = place(it.client_id) {
                let user = users.iter().find(|user| user.id() == it.user_id);
                self.done.found[place] = user.cloned();
            }
        }
        for enums::PopularContact::Contact(it) in answer.popular_invites {
            if let Some(place) = place(it.client_id) {
                self.done.popular.insert(place, it.importers);
            }
        }
        let again: HashSet<usize> = answer
            .retry_contacts
            .into_iter()
            .filter_map(place)
            .collect();
        let again = batch.iter().filter(|place| again.contains(place));
        self.again.extend(again);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Imports so many at a server that takes none of those in `never`, and those in `later` when
    /// they come again.
    fn run(count: usize, never: &[usize], later: &[usize]) -> (ImportedContacts, Vec<usize>) {
        let mut import = Import::new(count);
        let (mut asked, mut sizes) = (HashMap::new(), Vec::new());
        while let Some(batch) = import.next() {
            sizes.push(batch.len());
            let mut answer = types::contacts::ImportedContacts::default();
            for place in &batch {
                let id = i64::try_from(*place).unwrap();
                let times = asked.entry(*place).or_insert(0);
                *times += 1;
                if never.contains(place) || (later.contains(place) && *times == 1) {
                    answer.retry_contacts.push(id);
                    continue;
                }
                let (client_id, user_id) = (id, id + 1);
                let contact = types::ImportedContact { user_id, client_id };
                answer.imported.push(contact.into());
                let user = types::User {
                    id: user_id,
                    ..Default::default()
                };
                answer.users.push(user.into());
            }
            // A server that speaks of what nobody asked for.
            answer.retry_contacts.extend([-1, 9_999_999]);
            import.take(&batch, answer);
        }
        (import.done, sizes)
    }

    #[test]
    fn batches_are_bounded_and_what_is_refused_is_tried_again_but_not_for_ever() {
        let (done, sizes) = run(1200, &[], &[]);
        assert_eq!(sizes, [500, 500, 200]);
        assert!(done.refused.is_empty());
        let (done, sizes) = run(600, &[7], &[3, 501]);
        assert_eq!(sizes, [500, 100, 3, 1]);
        assert_eq!(done.refused, [7]);
        for (place, user) in done.found.iter().enumerate() {
            let id = user.as_ref().map(User::id);
            let expected = (place != 7).then(|| i64::try_from(place + 1).unwrap());
            assert_eq!(id, expected, "{place}");
        }
        assert!(run(0, &[], &[]).1.is_empty());
    }
}
