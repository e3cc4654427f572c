//! Taking the account's data out.
use std::fmt;

use crate::client::{Client, Rest, Wrapping};
use crate::error::Result;
use crate::peers::Chat;
use crate::tl::enums::account::Takeout as Answer;
use crate::tl::enums::{MessageRange, messages};
use crate::tl::functions as f;
use crate::tl::functions::account::{FinishTakeoutSession, InitTakeoutSession};

/// What is to be taken out. What is not named, the server need not give.
///
/// See <https://core.telegram.org/method/account.initTakeoutSession>.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TakeoutOptions {
    request: InitTakeoutSession,
}

impl TakeoutOptions {
    /// Nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Everything, and files up to so many bytes.
    #[must_use]
    pub fn all(file_max_size: i64) -> Self {
        let chats = Self::new().private_chats().groups().supergroups();
        chats.channels().contacts().files(file_max_size)
    }

    /// The contacts.
    #[must_use]
    pub fn contacts(mut self) -> Self {
        self.request.contacts = true;
        self
    }

    /// The messages of private chats.
    #[must_use]
    pub fn private_chats(mut self) -> Self {
        self.request.message_users = true;
        self
    }

    /// The messages of basic groups.
    #[must_use]
    pub fn groups(mut self) -> Self {
        self.request.message_chats = true;
        self
    }

    /// The messages of supergroups.
    #[must_use]
    pub fn supergroups(mut self) -> Self {
        self.request.message_megagroups = true;
        self
    }

    /// The messages of channels.
    #[must_use]
    pub fn channels(mut self) -> Self {
        self.request.message_channels = true;
        self
    }

    /// Files up to so many bytes.
    #[must_use]
    pub fn files(mut self, max_size: i64) -> Self {
        self.request.files = true;
        self.request.file_max_size = Some(max_size);
        self
    }
}

/// An export of the account's data: a client whose requests the server counts more generously, as
/// they only take out what is the account's. One is begun with [`Client::begin_takeout`].
///
/// Everything that [`client`](Self::client) does belongs to the export, lists and downloads too. It
/// goes on after the program has ended, until [`finish`](Self::finish) or until the server ends it;
/// by its [`id`](Self::id), it is [taken up](Client::resume_takeout) again.
///
/// ```
/// # let client = localdc::LocalDc::shared().user();
/// use ferogram_sync::TakeoutOptions;
///
/// client.send_message("me", "A note")?;
/// let takeout = client.begin_takeout(TakeoutOptions::new().private_chats().contacts())?;
/// for dialog in takeout.client().iter_dialogs() {
///     for message in takeout.client().iter_messages(&dialog?) {
///         println!("{}", message?.text());
///     }
/// }
/// assert!(takeout.client().saved_contacts()?.is_empty());
/// takeout.finish(true)?;
/// # Ok::<(), ferogram_sync::Error>(())
/// ```
///
/// See <https://core.telegram.org/api/takeout>.
#[must_use = "it has to be finished"]
pub struct Takeout {
    id: i64,
    client: Client,
    wrapping: Wrapping,
}

impl Takeout {
    fn new(client: &Client, takeout_id: i64) -> Self {
        let query = Rest;
        let wrapping = Wrapping::new(&f::InvokeWithTakeout { takeout_id, query });
        Self {
            id: takeout_id,
            client: client.with_wrapping(wrapping.clone()),
            wrapping,
        }
    }

    /// By what the server knows it.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.id
    }

    /// The client whose requests belong to it.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The ranges of message ids by which very long lists of messages and dialogs are to be read.
    ///
    /// # Errors
    ///
    /// As [`Client::invoke`].
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getSplitRanges>.
    pub fn ranges(&self) -> Result<Vec<MessageRange>> {
        self.client.ask(&f::messages::GetSplitRanges {})
    }

    /// The client again, for which there are no messages but those of a range: each list is to be
    /// read once for each range.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// # use ferogram_sync::TakeoutOptions;
    /// # client.send_message("me", "A note")?;
    /// # let takeout = client.begin_takeout(TakeoutOptions::new().private_chats())?;
    /// let mut count = 0;
    /// for range in takeout.ranges()? {
    ///     count += takeout.within(range).iter_messages("me").count();
    /// }
    /// assert_eq!(count, 1);
    /// # takeout.finish(true)?;
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// See <https://core.telegram.org/method/invokeWithMessagesRange>.
    #[must_use]
    pub fn within(&self, range: MessageRange) -> Client {
        let query = Rest;
        let range = f::InvokeWithMessagesRange { range, query };
        self.client.with_wrapping(self.wrapping.around(&range))
    }

    /// The channels and supergroups that the account has left, the last one first.
    ///
    /// # Errors
    ///
    /// As [`Client::invoke`].
    ///
    /// # Blocking
    ///
    /// Until the server has answered, which for many takes several requests, at most for the
    /// client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.getLeftChannels>.
    pub fn left_channels(&self) -> Result<Vec<Chat>> {
        let deadline = self.client.begin()?;
        let (mut left, mut offset) = (Vec::new(), 0_i32);
        loop {
            let request = f::channels::GetLeftChannels { offset };
            let (page, total) = match self.client.ask_until(&request, deadline)? {
                messages::Chats::Chats(all) => (all.chats, 0),
                messages::Chats::Slice(some) => (some.chats, some.count),
                _ => return Ok(left),
            };
            let before = offset;
            offset = offset.saturating_add(i32::try_from(page.len()).unwrap_or(i32::MAX));
            left.extend(page.into_iter().filter_map(Chat::from_raw));
            if offset == before || offset >= total {
                return Ok(left);
            }
        }
    }

    /// Ends the export; `success` says whether all went well. What came of it, messages and chats,
    /// goes on working as if it had come of the client itself.
    ///
    /// # Errors
    ///
    /// As [`Client::invoke`]; `TAKEOUT_INVALID` when it was over already.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.finishTakeoutSession>.
    pub fn finish(self, success: bool) -> Result<()> {
        self.client.ask(&FinishTakeoutSession { success })?;
        self.wrapping.end();
        Ok(())
    }
}

impl fmt::Debug for Takeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Takeout").finish_non_exhaustive()
    }
}

impl Client {
    /// Begins an export of the account's data.
    ///
    /// The server asks the account on its other devices first, if this login is new: then it
    /// answers `TAKEOUT_INIT_DELAY`, and [`Error::wait`](crate::Error::wait) says after how long
    /// to ask again, or at once when the account has agreed.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let client = telegram.user();
    /// # telegram.delay_takeout(client.my_id().expect("somebody is signed in"), 86_400);
    /// use std::time::Duration;
    /// use ferogram_sync::TakeoutOptions;
    ///
    /// let error = client.begin_takeout(TakeoutOptions::all(1 << 20)).expect_err("too early");
    /// assert!(error.is("TAKEOUT_INIT_DELAY"));
    /// assert_eq!(error.wait(), Some(Duration::from_secs(86_400)));
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.initTakeoutSession>.
    pub fn begin_takeout(&self, options: TakeoutOptions) -> Result<Takeout> {
        let Answer::Takeout(begun) = self.ask(&options.request)?;
        Ok(Takeout::new(self, begun.id))
    }

    /// Takes an export up again that was begun before, by its id. Nothing is asked for.
    pub fn resume_takeout(&self, id: i64) -> Takeout {
        Takeout::new(self, id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_asked_for_by_itself_and_all_are_all() {
        let new = TakeoutOptions::new;
        let wanted = |set: fn(&mut InitTakeoutSession)| {
            let mut request = InitTakeoutSession::default();
            set(&mut request);
            TakeoutOptions { request }
        };
        assert_eq!(new().contacts(), wanted(|it| it.contacts = true));
        assert_eq!(new().private_chats(), wanted(|it| it.message_users = true));
        assert_eq!(new().groups(), wanted(|it| it.message_chats = true));
        let supergroups = wanted(|it| it.message_megagroups = true);
        assert_eq!(new().supergroups(), supergroups);
        assert_eq!(new().channels(), wanted(|it| it.message_channels = true));
        let all = TakeoutOptions::all(7).request;
        assert!(all.contacts && all.message_users && all.message_chats);
        assert!(all.message_megagroups && all.message_channels && all.files);
        assert_eq!(all.file_max_size, Some(7));
    }
}
