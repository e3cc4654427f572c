//! What all data centres of one process share.
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use ferogram_sync::crypto::DhGroup;
use parking_lot::{Mutex, MutexGuard};

use super::logins::Logins;
use super::settling::Settling;
use crate::clock::Clock;
use crate::exchange::Forced;
use crate::faults::{Book, Later};
use crate::line::Means;
use crate::rsa::PrivateKey;
use crate::session::Key;
use crate::wire::MsgIds;
use crate::world::{Program, World};

/// A method that ran, for who wants to watch.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Call<'a> {
    /// The number of the data centre that was asked.
    pub dc: i32,
    /// The method's name in the schema, such as `messages.sendMessage`; empty if it has none.
    pub method: &'a str,
    /// The method's constructor id.
    pub constructor_id: u32,
    /// The layer that the client speaks; 0 if it did not say.
    pub layer: i32,
    /// What the client says it is.
    pub program: &'a Program,
    /// The account that called it.
    pub user: Option<i64>,
    /// How long it took, without encryption and sending.
    pub took: Duration,
    /// The code and name of the error, if it was refused.
    pub error: Option<(i32, &'a str)>,
}

/// Who watches.
pub(crate) type LogHook = Box<dyn Fn(&Call<'_>) + Send + Sync>;

/// What may be switched.
pub(crate) struct Options {
    /// Whether a key that is used over two connections at once loses its login.
    pub(crate) duplicate_check: AtomicBool,
    /// Answers longer than this are compressed.
    pub(crate) gzip_above: Option<usize>,
    /// Whether updates go to every connection of an account, whatever was asked for over it.
    pub(crate) updates_everywhere: bool,
    /// Watches every method.
    pub(crate) log: Option<LogHook>,
}

/// The clock, the key pair, the world, and who is logged in.
pub(crate) struct Hub {
    pub(crate) clock: Arc<Clock>,
    pub(crate) ids: Arc<MsgIds>,
    pub(crate) means: Means,
    pub(crate) rsa: PrivateKey,
    pub(crate) cdn_rsa: PrivateKey,
    pub(crate) group: DhGroup,
    pub(crate) forced: Forced,
    pub(crate) options: Options,
    pub(crate) logins: Logins,
    pub(crate) settling: Settling,
    world: Mutex<World>,
    lines: AtomicU64,
}

impl Hub {
    /// Brings all together.
    pub(crate) fn new(world: World, clock: Arc<Clock>, group: DhGroup, options: Options) -> Self {
        let ids = Arc::new(MsgIds::default());
        let means = Means {
            ids: Arc::clone(&ids),
            clock: Arc::clone(&clock),
            faults: Arc::new(Book::default()),
            later: Arc::new(Later::new(Arc::clone(&clock))),
        };
        let faults = Arc::clone(&means.faults);
        Self {
            clock,
            ids,
            means,
            rsa: PrivateKey::built_in(),
            cdn_rsa: PrivateKey::of_cdn(),
            group,
            forced: Forced::default(),
            options,
            logins: Logins::new(faults),
            settling: Settling::default(),
            world: Mutex::new(world),
            lines: AtomicU64::new(0),
        }
    }

    /// The world, for as long as a method works. No key and no connection may be locked before.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock()
    }

    /// Ends the login of a permanent key, here and in the world.
    pub(crate) fn end_login(&self, key: &Key) {
        self.logins.sign_out(key);
        self.world().revoke(key.id);
    }

    /// A number for a connection, never 0.
    pub(crate) fn next_line(&self) -> u64 {
        self.lines.fetch_add(1, Ordering::Relaxed) + 1
    }
}
