//! What a local data centre may be told before it starts.
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use ferogram_sync::Entropy;
use ferogram_sync::crypto::DhGroup;

use crate::chance::Chance;
use crate::clock::Clock;
use crate::faults::{Faults, Rule};
use crate::local_dc::LocalDc;
use crate::server::{Call, Centre, Hub, Listener, LogHook, Options};
use crate::world::{World, WorldConfig};

/// More data centres than Telegram has help nobody.
const CENTRES_MAX: i32 = 100;

/// The CDNs' data centres are numbered from here on, as production has its 203.
const FIRST_CDN: i32 = 201;

/// Sets up the data centres. Made by [`LocalDc::builder`].
#[must_use = "nothing runs before start"]
pub struct Builder {
    centres: i32,
    cdns: i32,
    ports: Vec<u16>,
    ipv6: bool,
    generator: i32,
    duplicate_check: bool,
    gzip_above: Option<usize>,
    updates_everywhere: bool,
    seed: Option<[u8; 32]>,
    log: Option<LogHook>,
    count_requests: bool,
    faults: Vec<Rule>,
}

impl Builder {
    fn new() -> Self {
        Self {
            centres: 2,
            cdns: 0,
            ports: Vec::new(),
            ipv6: false,
            generator: 3,
            duplicate_check: true,
            gzip_above: None,
            updates_everywhere: false,
            seed: None,
            log: None,
            count_requests: false,
            faults: Vec::new(),
        }
    }

    /// How many data centres there are, numbered from 1: at least one, at most 100. Two if not
    /// told.
    pub fn dcs(mut self, count: i32) -> Self {
        self.centres = count;
        self
    }

    /// How many data centres of a CDN there are besides, numbered from 201: none if not told, at
    /// most 100. They have a key of their own, know nobody, and give out encrypted files:
    /// [`LocalDc::serve_files_by_cdn`].
    ///
    /// See <https://core.telegram.org/cdn>.
    pub fn cdns(mut self, count: i32) -> Self {
        self.cdns = count;
        self
    }

    /// The port of each data centre, in order, no more than there are data centres. Those without
    /// one, or with 0, get any free port.
    pub fn ports(mut self, ports: impl IntoIterator<Item = u16>) -> Self {
        self.ports = ports.into_iter().collect();
        self
    }

    /// Whether each data centre listens on the IPv6 loopback address too.
    pub fn ipv6(mut self, on: bool) -> Self {
        self.ipv6 = on;
        self
    }

    /// The generator of the Diffie-Hellman group: 3 if not told, as in production; 4 and 7 fit the
    /// same prime.
    pub fn generator(mut self, g: i32) -> Self {
        self.generator = g;
        self
    }

    /// Whether a key that is used over two connections at once loses its login, as in production:
    /// yes if not told. See [`LocalDc::set_duplicate_key_check`].
    pub fn duplicate_key_check(mut self, on: bool) -> Self {
        self.duplicate_check = on;
        self
    }

    /// Compresses the answers that are longer than so many bytes; none if not told.
    pub fn gzip_answers_above(mut self, bytes: usize) -> Self {
        self.gzip_above = Some(bytes);
        self
    }

    /// Whether an account's updates go over every connection that it asks for something on, in each
    /// data centre, also when it says by `invokeWithoutUpdates` that it wants none there: no if not
    /// told. A client shall give each once all the same.
    pub fn updates_everywhere(mut self, on: bool) -> Self {
        self.updates_everywhere = on;
        self
    }

    /// What codes, ids and access hashes grow from: with the same seed they are the same in each
    /// run. Random if not told. Keys and nonces are always random.
    pub fn seed(mut self, seed: [u8; 32]) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Watches every method that runs. It is called on the connection's thread, so it should be
    /// quick, and it must not call back into the data centre.
    pub fn on_call(mut self, watch: impl Fn(&Call<'_>) + Send + Sync + 'static) -> Self {
        self.log = Some(Box::new(watch));
        self
    }

    /// Whether each single request is counted, for [`LocalDc::executed_request`]: no if not told.
    /// It takes some dozen bytes for each.
    pub fn count_requests(mut self, on: bool) -> Self {
        self.count_requests = on;
        self
    }

    /// A rule by which something goes wrong, from the first connection on. See
    /// [`LocalDc::faults`].
    pub fn fault(mut self, rule: Rule) -> Self {
        self.faults.push(rule);
        self
    }

    /// Starts to listen.
    ///
    /// # Errors
    ///
    /// When a port is taken, the number of data centres or ports, the generator or a fault is
    /// impossible, or the system gives no more sockets or threads.
    pub fn start(self) -> io::Result<LocalDc> {
        if !(1..=CENTRES_MAX).contains(&self.centres) {
            return Err(invalid(format!(
                "{} data centres: there can be 1 to {CENTRES_MAX}",
                self.centres
            )));
        }
        if !(0..=CENTRES_MAX).contains(&self.cdns) {
            return Err(invalid(format!(
                "{} CDNs: there can be 0 to {CENTRES_MAX}",
                self.cdns
            )));
        }
        if self.ports.len() > usize::try_from(self.centres).unwrap_or(0) {
            return Err(invalid(format!(
                "{} ports for {} data centres: there can be one for each",
                self.ports.len(),
                self.centres
            )));
        }
        let mut chance = Chance::new();
        let prime = *DhGroup::known().prime();
        let group = DhGroup::check(&prime, self.generator, &mut chance)
            .map_err(|error| invalid(error.to_string()))?;
        let sockets = self.listen()?;
        let of_cdn = self.cdn_numbers();
        let mut seed = [0; 32];
        chance.fill(&mut seed);
        let mut dcs = Vec::new();
        for (dc, socket) in &sockets {
            dcs.push((*dc, socket.local_addr()?));
        }
        let (cdns, dcs): (Vec<_>, Vec<_>) = dcs.into_iter().partition(|(dc, _)| *dc >= FIRST_CDN);
        let mut world = World::new(WorldConfig {
            dcs: dcs.clone(),
            cdns: cdns.clone(),
            seed: self.seed.unwrap_or(seed),
        });
        if self.count_requests {
            world.ledger.count_requests();
        }
        let options = Options {
            duplicate_check: AtomicBool::new(self.duplicate_check),
            gzip_above: self.gzip_above,
            updates_everywhere: self.updates_everywhere,
            log: self.log,
        };
        let hub = Arc::new(Hub::new(world, Arc::new(Clock::new()), group, options));
        let faults = Faults::new(Arc::clone(&hub.means.faults));
        for rule in self.faults {
            faults.try_add(rule)?;
        }
        let ordinary = (1..=self.centres).map(|dc| Centre::new(dc, Arc::clone(&hub)));
        let of_cdn = of_cdn.map(|dc| Centre::of_cdn(dc, Arc::clone(&hub)));
        let centres: Vec<_> = ordinary.chain(of_cdn).map(Arc::new).collect();
        let mut listeners = Vec::new();
        for (dc, socket) in sockets {
            let centre = centres.iter().find(|centre| centre.dc == dc);
            let centre = centre.expect("there is a centre for each socket");
            listeners.push(Listener::start(socket, Arc::clone(centre))?);
        }
        Ok(LocalDc::new(hub, centres, listeners, dcs, cdns))
    }

    fn listen(&self) -> io::Result<Vec<(i32, TcpListener)>> {
        let mut sockets = Vec::new();
        for dc in 1..=self.centres {
            let at = usize::try_from(dc - 1).expect("data centres are counted from 1");
            let port = self.ports.get(at).copied().unwrap_or(0);
            let v4 = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
                .map_err(|error| io::Error::new(error.kind(), format!("port {port}: {error}")))?;
            let port = v4.local_addr()?.port();
            sockets.push((dc, v4));
            if self.ipv6 {
                sockets.push((dc, bind_v6(port)?));
            }
        }
        for dc in self.cdn_numbers() {
            sockets.push((dc, TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?));
        }
        Ok(sockets)
    }

    fn cdn_numbers(&self) -> std::ops::Range<i32> {
        FIRST_CDN..FIRST_CDN + self.cdns
    }
}

impl LocalDc {
    /// Starts two data centres on free ports of 127.0.0.1.
    ///
    /// # Errors
    ///
    /// When the system gives no sockets or threads.
    pub fn start() -> io::Result<Self> {
        Self::builder().start()
    }

    /// Sets up data centres otherwise.
    pub fn builder() -> Builder {
        Builder::new()
    }
}

/// The same port as for IPv4 where it is free, else any.
fn bind_v6(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind(SocketAddr::from((Ipv6Addr::LOCALHOST, port)))
        .or_else(|_| TcpListener::bind((Ipv6Addr::LOCALHOST, 0)))
}

fn invalid(text: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, text)
}
