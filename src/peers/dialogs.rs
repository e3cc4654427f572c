//! Whom the list of dialogs shows.
use std::time::Instant;

use super::dialog_page::DialogPage;
use super::dialog_walk::{DialogWalk, Offset};
use super::marked_id::named_by;
use crate::client::Client;
use crate::error::Result;
use crate::tl::functions::messages::GetDialogs;

/// The most that the server gives at once.
///
/// See <https://core.telegram.org/method/messages.getDialogs>.
const PAGE: i32 = 100;

/// So many pages are read to find somebody whom a call names: with more, the limit on such requests
/// would soon be reached.
const PAGES_TO_FIND: usize = 10;

impl Client {
    /// Reads the account's list of dialogs, so that everybody in it can be named by the id: for
    /// programs that begin with a session from elsewhere. How many dialogs it has read.
    ///
    /// Where an id is named of which nothing is known, a thousand of the newest are read anyway, at
    /// most once an hour.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// # let bob_id = bob.my_id().expect("he is signed in");
    /// # let name = client.get_me()?.username().map(str::to_owned).expect("everybody has one");
    /// # bob.send_message(format!("@{name}"), "Hello")?;
    /// assert_eq!(client.learn_peers_from_dialogs()?, 1);
    /// client.send_message(bob_id, "How are you?")?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots), as bots have
    /// no such list. What was read before a failure stays known.
    ///
    /// # Blocking
    ///
    /// Until all pages are read, at most for the client's timeout: an account in many chats wants
    /// a [longer one](Self::with_timeout).
    ///
    /// See <https://core.telegram.org/method/messages.getDialogs>.
    pub fn learn_peers_from_dialogs(&self) -> Result<usize> {
        let deadline = self.begin()?;
        let login = self.core.imports.login();
        let read = self.walk_dialogs(usize::MAX, deadline)?;
        self.core.has_met_dialogs(login);
        Ok(read)
    }

    /// Reads the newest, to find somebody.
    pub(super) fn read_dialogs(&self, deadline: Instant) -> Result<usize> {
        self.walk_dialogs(PAGES_TO_FIND, deadline)
    }

    fn walk_dialogs(&self, pages: usize, deadline: Instant) -> Result<usize> {
        let mut walk = DialogWalk::default();
        for _ in 0..pages {
            let request = self.dialogs_after(walk.offset(), deadline);
            let page = DialogPage::from(self.ask_until(&request, deadline)?);
            walk.admit(&page.stands(), page.whole);
            if walk.is_over() {
                break;
            }
        }
        Ok(walk.seen())
    }

    /// The request for a part of the list. Who the last part has ended with was just seen.
    ///
    /// See <https://core.telegram.org/method/messages.getDialogs>.
    pub(crate) fn dialogs_after(&self, offset: Offset, deadline: Instant) -> GetDialogs {
        let mut request = GetDialogs {
            exclude_pinned: offset.pinned_came,
            limit: PAGE,
            ..Default::default()
        };
        if let Some(after) = offset.after {
            let known = named_by(after.peer).map(|id| self.as_known(id, deadline));
            request.offset_peer = known
                .and_then(|known| known.ok().flatten())
                .unwrap_or_default();
            (request.offset_id, request.offset_date) = (after.id, after.date);
        }
        request
    }
}
