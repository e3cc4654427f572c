//! What all handles of one client share.
use std::collections::{HashMap, VecDeque};
use std::mem;
use std::net::SocketAddr;
use std::thread::{self, JoinHandle};
use std::time::Instant;

use crossbeam_channel::{Receiver, Sender, bounded};
use parking_lot::Mutex;

use super::header;
use super::imports::Imports;
use super::keeper::Keeper;
use super::peer_cache::PeerCache;
use super::servers;
use super::settings::Settings;
use crate::crypto::AuthKey;
use crate::dc::DcId;
use crate::error::{Error, Result};
use crate::mtproto::{FutureSalt, LinkConfig, StoredKey};
use crate::net::{self, Handle, Incoming, LinkId, NetError};
use crate::store::{Account, Change, KeyPlace, Records, Store};

/// What all handles of one client share. It ends with the last strong reference.
pub(crate) struct Core {
    pub(crate) config: Settings,
    pub(crate) handle: Handle,
    pub(crate) keeper: Keeper,
    pub(crate) imports: Imports,
    pub(crate) peers: Mutex<PeerCache>,
    pub(crate) incoming: Receiver<Incoming>,
    /// What was in the queue when somebody signed in; streams read it first.
    pub(crate) early: Mutex<VecDeque<Incoming>>,
    links: Mutex<Links>,
    /// Dropped when the client closes: whoever sleeps on `closed` wakes up.
    open: Mutex<Option<Sender<()>>>,
    /// Threads that feed receivers of updates.
    pumps: Mutex<Vec<JoinHandle<()>>>,
    pub(crate) closed: Receiver<()>,
}

struct Links {
    home: DcId,
    open: HashMap<DcId, LinkId>,
}

impl Core {
    /// Loads the session and starts the threads. Does not wait for the network.
    pub(crate) fn start(config: Settings, mut store: Box<dyn Store>) -> Result<Self> {
        let records = store.load()?;
        let home = config.home_override.or(records.home_dc);
        let home = home.unwrap_or(config.first_dc);
        let peers = Mutex::new(PeerCache::load(&records));
        let (notices, notice_queue) = crossbeam_channel::unbounded();
        let (handle, incoming) = Handle::start(notices, config.update_queue)?;
        let keeper = Keeper::start(store, records, notice_queue, handle.clone(), config.pfs)?;
        let (open, closed) = bounded(0);
        Ok(Self {
            config,
            handle,
            keeper,
            imports: Imports::default(),
            peers,
            incoming,
            early: Mutex::default(),
            links: Mutex::new(Links {
                home,
                open: HashMap::new(),
            }),
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
        let moved = {
            let mut links = self.links.lock();
            let left = mem::replace(&mut links.home, dc);
            // A link that was opened for single requests takes no updates: it is opened anew.
            if left != dc {
                links.open.remove(&dc)
            } else {
                None
            }
        };
        if let Some(link) = moved {
            self.handle.close(link);
        }
        self.keeper.apply(vec![Change::HomeDc(dc)]);
    }

    /// The link to a data centre, opened at its first use.
    pub(crate) fn link(&self, dc: DcId) -> Result<LinkId> {
        let mut links = self.links.lock();
        if let Some(link) = links.open.get(&dc) {
            return Ok(*link);
        }
        let config = self.link_config(dc, links.home == dc)?;
        let link = self.keeper.open_link(dc, || self.handle.open(config))?;
        links.open.insert(dc, link);
        Ok(link)
    }

    /// Whether a key for this data centre was there before this client first spoke to it.
    pub(crate) fn has_key(&self, dc: DcId) -> bool {
        self.keeper.look(|records| {
            records
                .keys
                .iter()
                .any(|k| k.place == KeyPlace::permanent(dc))
        })
    }

    pub(crate) fn account(&self) -> Option<Account> {
        self.keeper.look(|records| records.account)
    }

    /// Where a data centre can be reached, in the order to try.
    pub(crate) fn endpoints(&self, dc: DcId) -> Vec<SocketAddr> {
        let told: Vec<SocketAddr> = if self.config.fixed_addresses {
            Vec::new()
        } else {
            self.keeper.look(|records| {
                let usable = |a: &&crate::store::DcAddress| {
                    a.dc == dc && !a.media_only && !a.cdn && !a.tcpo_only && a.secret.is_none()
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
            return Err(Error::Config(format!(
                "no address of {dc} is known: check the number, or give one with `dc_addr`"
            )));
        }
        Ok(endpoints)
    }

    fn link_config(&self, dc: DcId, home: bool) -> Result<LinkConfig> {
        let endpoints = self.known_endpoints(dc)?;
        Ok(self.keeper.look(|records| LinkConfig {
            dc,
            test: self.config.test,
            media: false,
            endpoints,
            transport: self.config.transport,
            rsa_keys: self.config.rsa_keys.clone(),
            permanent: stored_key(records, KeyPlace::permanent(dc)),
            temporary: None,
            salts: match self.config.pfs {
                true => Vec::new(), // Those that are kept belong to the permanent key.
                false => salts(records, KeyPlace::permanent(dc)),
            },
            pfs: self.config.pfs,
            prefix: header::prefix(&self.config),
            receives_updates: home,
            // Updates come only while a connection stands.
            eager: home && records.account.is_some(),
        }))
    }

    /// Somebody has signed in: what was lost before that was not theirs.
    pub(crate) fn forget_losses(&self) {
        let mut early = self.early.lock();
        early.extend(self.incoming.try_iter());
        early.retain(|incoming| !matches!(incoming, Incoming::Lost { .. }));
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

    /// Ends everything: calls in flight fail at once, threads are joined, the session is written.
    /// In a child of `fork` there is nothing to end.
    pub(crate) fn close(&self) {
        if self.handle.process().check().is_err() {
            self.keeper.abandon();
            // Joining or detaching threads that are not here is not possible.
            if let Some(mut pumps) = self.pumps.try_lock() {
                mem::forget(mem::take(&mut *pumps));
            }
            return;
        }
        self.open.lock().take();
        self.imports.close();
        self.handle.shutdown();
        self.keeper.close();
        let pumps = mem::take(&mut *self.pumps.lock());
        for pump in pumps {
            // The last reference may go on such a thread itself, while it reads an update.
            if pump.thread().id() != thread::current().id() {
                pump.join().ok();
            }
        }
    }
}

impl Drop for Core {
    fn drop(&mut self) {
        self.close();
    }
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
