//! A mini app that is open.
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, TryRecvError, at, bounded, select};

use super::init_data::decoded;
use crate::client::{Client, Core, Pending, WeakClient};
use crate::error::Result;
use crate::net::{self, NetError};
use crate::tl::functions::messages::ProlongWebView;
use crate::tl::types::WebViewResultUrl;
use crate::tl::{Identifiable, Serialize};

/// How often the server is told that a mini app is still open.
///
/// See <https://core.telegram.org/method/messages.prolongWebView>.
const PROLONGED_EVERY: Duration = Duration::from_secs(60);

/// A mini app that is open: see [`Client::open_mini_app`].
///
/// `Debug` shows no address: who has it can pass for the user.
#[derive(Clone)]
pub struct MiniAppSession {
    /// The answer.
    pub raw: Box<WebViewResultUrl>,
    prolonging: ProlongWebView,
    client: WeakClient,
}

impl MiniAppSession {
    pub(super) fn new(client: &Client, raw: WebViewResultUrl, prolonging: ProlongWebView) -> Self {
        Self {
            prolonging: ProlongWebView {
                query_id: raw.query_id.unwrap_or_default(),
                ..prolonging
            },
            raw: Box::new(raw),
            client: client.weak(),
        }
    }

    /// The address of its page, with who has opened it behind the `#`. Whoever has it can pass for
    /// the user with the bot's own server.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.raw.url
    }

    /// What the page is told about who has opened it, as its bot's server takes it:
    /// [`InitData::verify`](crate::InitData::verify).
    #[must_use]
    pub fn init_data(&self) -> Option<String> {
        let (_, fragment) = self.raw.url.split_once('#')?;
        let mut fields = fragment.split('&');
        let data = fields.find_map(|field| field.strip_prefix("tgWebAppData="))?;
        decoded(data).ok()
    }

    /// By what the server knows it, where its bot may send a message for the user:
    /// [`MiniAppSent`](crate::updates::update::MiniAppSent) has this id, and then it is over.
    #[must_use]
    pub fn query_id(&self) -> Option<i64> {
        self.raw.query_id
    }

    /// Whether it wants to be as large as the screen.
    #[must_use]
    pub fn is_fullscreen(&self) -> bool {
        self.raw.fullscreen
    }

    /// Tells the server that it is still open, which has to be done once a minute: without it the
    /// bot can send nothing for the user any more. One without a [`query_id`](Self::query_id) needs
    /// none of it, and nothing is asked.
    ///
    /// # Errors
    ///
    /// As [`Client::invoke`], and when the client is not there any more. Common answer:
    /// `QUERY_ID_INVALID`, when it is over: the page is to be closed.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.prolongWebView>.
    pub fn prolong(&self) -> Result<()> {
        if self.raw.query_id.is_none() {
            return Ok(());
        }
        let client = self.client.upgrade()?;
        client.ask(&self.prolonging).map(drop)
    }

    /// Does that by a thread of its own, at once and every minute, until the guard is dropped, the
    /// server says that it is over, or the client ends. It does not keep the client alive.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let token = "2900000003:pots";
    /// # let bot_id = telegram.add_bot(localdc::NewBot::new(token, "shop_of_pots_bot"));
    /// # let client = telegram.user();
    /// # let app = ferogram_sync::MiniApp::url("https://pots.example");
    /// let opened = client.open_mini_app("@shop_of_pots_bot", app)?;
    /// let guard = opened.keep_open()?;
    /// // Whatever is done there.
    /// assert!(guard.is_open());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the client is not there any more, or the operating system has no thread left. Does not
    /// block.
    pub fn keep_open(&self) -> Result<OpenMiniApp> {
        let client = self.client.upgrade()?;
        let core = &client.core;
        if core.closed.try_recv() == Err(TryRecvError::Disconnected) {
            return Err(NetError::Closed.into());
        }
        let (stop, stopped) = bounded(0);
        let is_open = Arc::new(AtomicBool::new(true));
        let (weak, request) = (Arc::downgrade(core), self.prolonging.clone());
        let (closed, told) = (core.closed.clone(), Arc::clone(&is_open));
        let thread = thread::Builder::new()
            .name("ferogram-app".into())
            .spawn(move || {
                let ends = (&closed, &stopped);
                keep(PROLONGED_EVERY, ends, || prolong(&weak, &request));
                told.store(false, Ordering::Release);
            })
            .map_err(NetError::Start)?;
        core.keep_thread(thread);
        Ok(OpenMiniApp {
            is_open,
            _stop: stop,
        })
    }
}

impl fmt::Debug for MiniAppSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MiniAppSession")
            .field("query_id", &self.raw.query_id)
            .finish_non_exhaustive()
    }
}

/// Keeps a mini app open until it is dropped: see [`MiniAppSession::keep_open`].
#[must_use = "the mini app is kept open until this is dropped"]
pub struct OpenMiniApp {
    is_open: Arc<AtomicBool>,
    /// Its end is what the thread sees.
    _stop: Sender<()>,
}

impl OpenMiniApp {
    /// False once the server has said that it is over, or the client has ended: the page is to be
    /// closed.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.is_open.load(Ordering::Acquire)
    }
}

impl fmt::Debug for OpenMiniApp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenMiniApp")
            .field("is_open", &self.is_open())
            .finish_non_exhaustive()
    }
}

/// What the thread does that keeps a mini app open: it prolongs at once and from time to time,
/// until it is told to stop or there is nothing to prolong any more.
fn keep(
    every: Duration,
    (closed, stopped): (&Receiver<()>, &Receiver<()>),
    mut prolong: impl FnMut() -> Result<()>,
) {
    loop {
        match prolong() {
            Err(error) if error.is("QUERY_ID_INVALID") => return,
            // What is wrong now may be right in a minute.
            Err(error) => tracing::debug!(%error, "the mini app was not prolonged"),
            Ok(()) => {}
        }
        let due = at(net::after(every));
        select! {
            recv(closed) -> _ => return,
            recv(stopped) -> _ => return,
            recv(due) -> _ => {}
        }
    }
}

/// Asks without ever being the one who holds the client: whoever drops their last handle meanwhile
/// ends it, and not this thread.
fn prolong(core: &Weak<Core>, request: &ProlongWebView) -> Result<()> {
    if request.query_id == 0 {
        return Ok(());
    }
    let core = core.upgrade().ok_or(NetError::Closed)?;
    let method = ProlongWebView::CONSTRUCTOR_ID;
    let deadline = net::after(PROLONGED_EVERY);
    let asked = Pending::<bool>::send(&core, request.to_bytes(), method, deadline);
    drop(core);
    asked.wait().map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use crate::mtproto::RpcError;

    #[test]
    fn it_is_prolonged_until_the_server_says_that_it_is_over() {
        let (_client, closed) = bounded(0);
        let (_guard, stopped) = bounded(0);
        let answers = [Some("FLOOD_WAIT_1"), None, Some("QUERY_ID_INVALID"), None];
        let mut answers = answers.into_iter();
        keep(
            Duration::from_millis(1),
            (&closed, &stopped),
            || match answers.next().flatten() {
                Some(name) => Err(Error::from(RpcError::new(400, name))),
                None => Ok(()),
            },
        );
        assert_eq!(answers.count(), 1, "it was asked three times");
    }

    #[test]
    fn it_ends_with_its_guard_and_with_its_client() {
        for ends_client in [true, false] {
            let (client, closed) = bounded::<()>(0);
            let (guard, stopped) = bounded::<()>(0);
            let kept = match ends_client {
                true => (drop(client), Some(guard)).1,
                false => (drop(guard), Some(client)).1,
            };
            let mut times = 0;
            keep(Duration::from_secs(3600), (&closed, &stopped), || {
                times += 1;
                Ok(())
            });
            assert_eq!(times, 1);
            drop(kept);
        }
    }
}
