//! What all handles of one client share.
use std::collections::VecDeque;
use std::mem;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Instant;

use crossbeam_channel::{Receiver, Sender, bounded};
use parking_lot::Mutex;

use super::annex::Annex;
use super::announced::Announced;
use super::budget::Budgets;
use super::cdns::Cdns;
use super::feed::Feed;
use super::header;
use super::imports::Imports;
use super::keeper::{Keeper, StorePlace};
use super::kept::{Announcements, Kept};
use super::lanes::Lanes;
use super::ledger::Ledger;
use super::links::{Links, Reading};
use super::login_end::LoginEnd;
use super::network::Network;
use super::paces::Paces;
use super::peer_cache::{Called, PeerCache};
use super::servers;
use super::settings::Settings;
use super::shared::Shared;
use crate::crypto::AuthKey;
use crate::dc::DcId;
use crate::error::{BuilderError, Result};
use crate::mtproto::{Attention, FutureSalt, LinkConfig, RpcError, StoredKey};
use crate::net::{self, Handle, Incoming, LinkId, NetError};
use crate::store::{Account, Change, KeyPlace, PeerKey, Records, Store};
use crate::tl::types;

/// What all handles of one client share. It ends with the last strong reference.
pub(crate) struct Core {
    pub(crate) config: Settings,
    pub(crate) handle: Handle,
    pub(crate) keeper: Keeper,
    pub(crate) imports: Imports,
    /// Names that are being looked up, for a login.
    pub(super) look_ups: Shared<(u64, Called), Result<PeerKey, RpcError>>,
    /// Logins whose dialogs are being read.
    pub(super) dialog_reads: Shared<u64, ()>,
    pub(crate) login_end: LoginEnd,
    pub(super) server_config: Kept<types::Config>,
    pub(super) app_config: Kept<types::help::AppConfig>,
    pub(super) cdns: Cdns,
    pub(super) announcements: Announcements,
    pub(super) budgets: Budgets,
    pub(super) lanes: Lanes,
    pub(super) paces: Paces,
    pub(crate) incoming: Receiver<Incoming>,
    /// What was in the queue when somebody signed in; streams read it first.
    pub(crate) early: Mutex<VecDeque<Incoming>>,
    pub(crate) announced: Announced,
    pub(crate) feed: Feed,
    /// What the rooms above keep here: the updates thread, once somebody reads.
    pub(crate) annex: Annex,
    links: Mutex<Links>,
    /// How many handles there are.
    handles: AtomicUsize,
    /// Dropped when the client closes: whoever sleeps on `closed` wakes up.
    open: Mutex<Option<Sender<()>>>,
    /// The updates thread, and those that feed receivers.
    pumps: Mutex<Vec<JoinHandle<()>>>,
    pub(crate) closed: Receiver<()>,
}

impl Core {
    /// Loads the session and starts the threads. Does not wait for the network.
    pub(crate) fn start(config: Settings, mut store: Box<dyn Store>) -> Result<Self> {
        let records = store.load()?;
        let budgets = Budgets::new(&store.notes(Budgets::ROOM)?);
        let paces = Paces::new(&store.notes(Paces::ROOM)?);
        let home = config.home_override.or(records.home_dc);
        let home = home.unwrap_or(config.first_dc);
        let unnamed = records.account.is_none() && has_key(&records, home);
        let peers = Arc::new(Mutex::new(PeerCache::new(config.peer_cache)));
        let network = config.network.as_ref();
        let shared = network.filter(|_| !store.needs_own_thread());
        let place = StorePlace::new(shared.map(Network::office))?;
        let (notices, notice_queue) = place.notices();
        let (handle, incoming) = match network {
            Some(network) => Handle::enter(network.inner(), notices, config.update_queue)?,
            None => Handle::start(notices, config.update_queue)?,
        };
        let keeper = Keeper::start(
            place,
            Ledger::new(store),
            records,
            peers,
            notice_queue,
            handle.clone(),
            config.pfs,
        )?;
        let (open, closed) = bounded(0);
        Ok(Self {
            config,
            handle,
            keeper,
            imports: Imports::default(),
            look_ups: Shared::default(),
            dialog_reads: Shared::default(),
            login_end: LoginEnd::default(),
            server_config: Kept::default(),
            app_config: Kept::default(),
            cdns: Cdns::default(),
            announcements: Announcements::default(),
            budgets,
            lanes: Lanes::default(),
            paces,
            incoming,
            early: Mutex::default(),
            announced: Announced::default(),
            feed: Feed::new(),
            annex: Annex::default(),
            links: Mutex::new(Links::new(home, unnamed)),
            handles: AtomicUsize::new(0),
            open: Mutex::new(Some(open)),
            pumps: Mutex::default(),
            closed,
        })
    }

    /// The data centre that the account lives on.
    pub(crate) fn home(&self) -> DcId {
        self.links.lock().home
    }

    /// From now on the account lives there.
    pub(crate) fn move_home(&self, dc: DcId) {
        self.links.lock().home = dc;
        self.keeper.apply(vec![Change::HomeDc(dc)]);
        self.attend();
    }

    /// Who is signed in has changed.
    pub(crate) fn change_login(&self, changes: Vec<Change>) {
        self.keeper.apply(changes);
        self.login_end.forget();
        self.links.lock().unnamed = false;
        self.attend();
    }

    /// Whether a login was found and nobody knows whose it is.
    pub(crate) fn is_unnamed(&self) -> bool {
        self.links.lock().unnamed
    }

    /// Whether this link goes to where the account lives.
    pub(crate) fn is_home(&self, link: LinkId) -> bool {
        let links = self.links.lock();
        links.get(links.home) == Some(link)
    }

    /// Whether the word has been taken that home is connected.
    pub(crate) fn is_home_announced(&self) -> bool {
        let links = self.links.lock();
        let home = links.get(links.home);
        home.is_some_and(|home| self.announced.has(home))
    }

    /// Somebody begins or ceases to read.
    pub(crate) fn count_reader(&self, reading: Reading, change: isize) {
        let mut links = self.links.lock();
        let count = links.readers(reading);
        *count = count.saturating_add_signed(change);
        drop(links);
        self.attend();
    }

    /// Tells each link what updates mean to it now, and opens the one to home if somebody waits for
    /// them. It follows everything that this depends on, and does not wait.
    pub(super) fn attend(&self) {
        let mut links = self.links.lock();
        let signed_in = self.may_be_signed_in(&links);
        for (link, attention) in links.changed(signed_in) {
            self.handle.attend(link, attention);
        }
        let home = links.home;
        let missing =
            links.get(home).is_none() && links.attention(home, signed_in) == Attention::Listens;
        let opened = missing.then(|| self.open_link(&mut links, home));
        drop(links);
        if let Some(Err(error)) = opened {
            tracing::warn!(%error, "no updates can come");
        }
        self.feed.ring();
    }

    /// Whether somebody is signed in, or may be.
    fn may_be_signed_in(&self, links: &Links) -> bool {
        let is_over = self.login_end.trouble().is_some();
        !is_over
            && self.keeper.look(|records| {
                records.account.is_some() || links.unnamed && has_key(records, links.home)
            })
    }

    /// The link to a data centre, opened at its first use.
    pub(crate) fn link(&self, dc: DcId) -> Result<LinkId> {
        self.open_in(&mut self.links.lock(), dc)
    }

    /// The same, but only as long as the login is still that one.
    pub(crate) fn link_of_login(&self, dc: DcId, login: u64) -> Result<Option<LinkId>> {
        let mut links = self.links.lock();
        match self.imports.login() == login {
            true => self.open_in(&mut links, dc).map(Some),
            false => Ok(None),
        }
    }

    fn open_in(&self, links: &mut Links, dc: DcId) -> Result<LinkId> {
        match links.get(dc) {
            Some(link) => Ok(link),
            None => self.open_link(links, dc),
        }
    }

    fn open_link(&self, links: &mut Links, dc: DcId) -> Result<LinkId> {
        let attention = links.attention(dc, self.may_be_signed_in(links));
        let config = self.link_config(dc, attention)?;
        let link = self.keeper.open_link(dc, || self.handle.open(config))?;
        links.insert(dc, link, attention);
        Ok(link)
    }

    /// The login ends, and with it all that was the account's, in memory and, by `changes`, in the
    /// store. Links to other data centres are closed, for their keys know the account and go too.
    pub(crate) fn end_login(&self, mut changes: Vec<Change>) {
        changes.extend(self.outliving());
        let left: Vec<LinkId> = {
            let mut links = self.links.lock();
            links.unnamed = false;
            let mut left = links.leave_all_but_home();
            left.extend(self.lanes.leave_all());
            // All at once, so that nothing of the old login is opened or learnt in between.
            self.imports.forget();
            self.keeper.forget(changes);
            self.budgets.forget();
            self.paces.forget();
            self.login_end.forget();
            left
        };
        for link in left {
            self.handle.close(link);
        }
        self.attend();
    }

    /// Whether a key for this data centre was there before this client first spoke to it.
    pub(crate) fn has_key(&self, dc: DcId) -> bool {
        self.keeper.look(|records| has_key(records, dc))
    }

    pub(crate) fn account(&self) -> Option<Account> {
        self.keeper.look(|records| records.account)
    }

    /// Where a data centre can be reached, in the order to try.
    pub(crate) fn endpoints(&self, dc: DcId) -> Vec<SocketAddr> {
        let is_cdn = self.cdns.has(dc);
        let told: Vec<SocketAddr> = if self.config.fixed_addresses {
            Vec::new()
        } else {
            self.keeper.look(|records| {
                let usable = |a: &&crate::store::DcAddress| {
                    let is_plain = !a.media_only && !a.tcpo_only && a.secret.is_none();
                    a.dc == dc && a.cdn == is_cdn && is_plain
                };
                records
                    .dcs
                    .iter()
                    .filter(usable)
                    .map(|a| a.address)
                    .collect()
            })
        };
        let known = self.config.addresses.iter();
        let known = known.filter(|(d, _)| *d == dc).map(|(_, address)| *address);
        // The order in which they were given is wanted, too.
        let preferred = (!self.config.fixed_addresses).then_some(self.config.ipv6);
        servers::in_turn(told.into_iter().chain(known), preferred)
    }

    /// The same, of a data centre that can be reached.
    pub(crate) fn known_endpoints(&self, dc: DcId) -> Result<Vec<SocketAddr>> {
        let endpoints = self.endpoints(dc);
        if endpoints.is_empty() {
            return Err(BuilderError::NoAddress { dc }.into());
        }
        Ok(endpoints)
    }

    pub(super) fn link_config(&self, dc: DcId, attention: Attention) -> Result<LinkConfig> {
        let endpoints = self.known_endpoints(dc)?;
        let cdn_keys = self.cdns.keys(dc);
        let prefix = match &cdn_keys {
            Some(_) => header::anonymous(&self.config),
            None => header::prefix(&self.config),
        };
        let anew = self.cdns.wants_new_key(dc);
        // A CDN has no lasting key that another could be bound to: it knows nobody.
        let pfs = self.config.pfs && cdn_keys.is_none();
        Ok(self.keeper.look(|records| LinkConfig {
            dc,
            test: self.config.test,
            media: false,
            endpoints,
            transport: self.config.transport,
            rsa_keys: cdn_keys.unwrap_or_else(|| self.config.rsa_keys.clone()),
            permanent: match anew {
                true => None,
                false => stored_key(records, KeyPlace::permanent(dc)),
            },
            temporary: None,
            salts: match pfs || anew {
                true => Vec::new(), // Those that are kept belong to the permanent key.
                false => salts(records, KeyPlace::permanent(dc)),
            },
            pfs,
            prefix,
            attention,
            greeting: header::greeting(),
            restarts: self.config.restarts,
        }))
    }

    /// What everything that blocks asks first, before it touches a lock.
    ///
    /// # Errors
    ///
    /// [`NetError::Forked`] in a child process; [`NetError::WouldDeadlock`] on a thread of the
    /// library, which might be the one that is waited for.
    pub(crate) fn may_wait(&self) -> Result<(), NetError> {
        self.handle.process().check()?;
        if net::is_own_thread() {
            return Err(NetError::WouldDeadlock);
        }
        Ok(())
    }

    /// Waits, but not beyond the end of the client.
    ///
    /// # Errors
    ///
    /// [`NetError::Closed`] when the client was closed meanwhile.
    pub(crate) fn sleep(&self, until: Instant) -> Result<()> {
        let pause = until.saturating_duration_since(net::now().instant);
        match self.closed.recv_timeout(pause) {
            Err(crossbeam_channel::RecvTimeoutError::Timeout) => Ok(()),
            _ => Err(NetError::Closed.into()),
        }
    }

    /// Keeps a thread that ends with the client, to join it then.
    pub(crate) fn keep_thread(&self, thread: JoinHandle<()>) {
        let mut pumps = self.pumps.lock();
        pumps.retain(|pump| !pump.is_finished());
        pumps.push(thread);
    }

    /// There is one more handle.
    pub(super) fn hold(&self) {
        self.handles.fetch_add(1, Ordering::Relaxed);
    }

    /// There is one handle less. With the last one the client ends, on this thread: a thread of the
    /// library that is at work may have a reference, but it keeps nothing alive.
    pub(super) fn let_go(&self) {
        if self.handles.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.close();
        }
    }

    /// Ends everything: calls in flight fail at once, threads are joined, the session is written.
    /// In a child of `fork` there is nothing to end.
    pub(crate) fn close(&self) {
        if self.handle.process().check().is_err() {
            // Joining or detaching threads that are not here is not possible.
            if let Some(mut pumps) = self.pumps.try_lock() {
                mem::forget(mem::take(&mut *pumps));
            }
            return;
        }
        self.open.lock().take();
        self.imports.close();
        self.handle.shutdown();
        // The updates thread has something to say to the store in the end.
        let pumps = mem::take(&mut *self.pumps.lock());
        for pump in pumps {
            // The last handle may go on such a thread itself, and on one that it waits for.
            if pump.thread().id() != thread::current().id() && !net::is_own_thread() {
                pump.join().ok();
            }
        }
        self.keeper.close();
    }
}

impl Drop for Core {
    fn drop(&mut self) {
        self.close();
    }
}

fn has_key(records: &Records, dc: DcId) -> bool {
    let place = KeyPlace::permanent(dc);
    records.keys.iter().any(|key| key.place == place)
}

fn stored_key(records: &Records, place: KeyPlace) -> Option<StoredKey> {
    let record = records.keys.iter().find(|k| k.place == place)?;
    Some(StoredKey {
        key: AuthKey::new(*record.key.expose()),
        time_offset: record.time_offset,
        expires_at: None,
    })
}

fn salts(records: &Records, place: KeyPlace) -> Vec<FutureSalt> {
    let of_key = records.salts.iter().filter(|s| s.place == place);
    of_key
        .map(|s| FutureSalt {
            valid_since: s.valid_since,
            valid_until: s.valid_until,
            salt: s.salt,
        })
        .collect()
}
