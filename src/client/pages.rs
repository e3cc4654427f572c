//! Reading the server's lists, page by page.
use std::time::Instant;

use super::client::{Client, WeakClient};
use super::pending::Pending;
use super::reel::{Next, Reel};
use crate::error::Result;
use crate::tl::Deserialize;

/// The most that the server gives at once of nearly all lists.
///
/// See <https://core.telegram.org/api/offsets>.
pub(crate) const PAGE: usize = 100;

/// So many of a list, as requests for its pages have it.
pub(crate) fn page_limit(wanted: usize) -> i32 {
    i32::try_from(wanted.min(PAGE)).unwrap_or(i32::MAX)
}

/// One kind of list: how its pages are asked for, and what they bring. Whatever the server's list
/// does meanwhile, each page has to begin where the one before has ended, and the list has to end.
pub(crate) trait List {
    /// What it is a list of.
    type Item;
    /// What a page comes as.
    type Answer: Deserialize;

    /// Asks for the first page, once it is known whose list that is.
    fn first(&mut self, call: &Call, wanted: usize) -> Result<Self::Answer> {
        self.submit(call, wanted).wait()
    }

    /// Asks for the next page, of which so many items are wanted.
    fn submit(&self, call: &Call, wanted: usize) -> Pending<Self::Answer>;

    /// What the page has of the list.
    fn read(&mut self, call: &Call, answer: Self::Answer) -> Result<Vec<Self::Item>>;

    /// Whether no page can follow.
    fn is_over(&self) -> bool;
}

/// Who asks for a page, and until when.
pub(crate) struct Call {
    pub(crate) client: Client,
    pub(crate) deadline: Instant,
}

/// A list that is being read. The next page is asked for when half of this one is read.
pub(crate) struct Pages<L: List> {
    pub(crate) list: L,
    client: WeakClient,
    reel: Reel<L::Item>,
    begun: bool,
    ahead: Option<Pending<L::Answer>>,
}

impl<L: List> Pages<L> {
    pub(crate) fn new(client: &Client, list: L) -> Self {
        Self {
            list,
            client: client.weak(),
            reel: Reel::default(),
            begun: false,
            ahead: None,
        }
    }

    /// No more than so many from now on.
    pub(crate) fn limit(&mut self, limit: usize) {
        self.reel.limit(limit);
    }

    /// Has the first page come, for what it tells of the whole list.
    pub(crate) fn begin(&mut self) -> Result<()> {
        match self.begun {
            true => Ok(()),
            false => self.turn(&mut None),
        }
    }

    /// The next item. Blocks while a page is on its way, at most for the client's timeout, however
    /// many pages it takes.
    pub(crate) fn next(&mut self) -> Option<Result<L::Item>> {
        let mut call = None;
        loop {
            match self.reel.next(!self.list.is_over()) {
                Next::Item(item) => {
                    self.look_ahead();
                    return Some(Ok(item));
                }
                Next::End => {
                    self.ahead = None;
                    return None;
                }
                Next::Page => {
                    if let Err(error) = self.turn(&mut call) {
                        self.reel.fail();
                        return Some(Err(error));
                    }
                }
            }
        }
    }

    /// Turns the page.
    fn turn(&mut self, call: &mut Option<Call>) -> Result<()> {
        let call = match call {
            Some(call) => call,
            None => call.insert(self.call()?),
        };
        let wanted = self.reel.wanted().max(1);
        let ahead = self.ahead.take().map(Pending::wait);
        let answer = match ahead {
            Some(Ok(answer)) => answer,
            _ if !self.begun => self.list.first(call, wanted)?,
            // What was asked ahead may have waited longer than it may for a program that is busy
            // with the items before: it only reads, so it is asked again.
            _ => self.list.submit(call, wanted).wait()?,
        };
        let items = self.list.read(call, answer)?;
        self.begun = true;
        self.reel.put(items);
        Ok(())
    }

    fn look_ahead(&mut self) {
        if self.ahead.is_none()
            && self.reel.is_half_read()
            && !self.list.is_over()
            && let Ok(call) = self.call()
        {
            self.ahead = Some(self.list.submit(&call, self.reel.wanted()));
        }
    }

    fn call(&self) -> Result<Call> {
        let client = self.client.upgrade()?;
        let deadline = client.begin()?;
        Ok(Call { client, deadline })
    }
}
