//! The thread that accepts connections, and the threads that serve them.
use std::collections::HashMap;
use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use parking_lot::Mutex;

use super::centre::Centre;
use super::connection::Connection;
use crate::faults::{Occasion, Place, Stage, Subject};
use crate::line::Line;

/// How many connections one address serves at once; further ones are closed at once.
const CONNECTIONS_MAX: usize = 4096;

/// How long accepting rests when the system is out of something.
const REST: Duration = Duration::from_millis(50);

/// How long a knock at the own door may take.
const KNOCK_TIMEOUT: Duration = Duration::from_secs(1);

/// Listens on one address. Dropping it closes the address and all its connections, and waits for
/// their threads.
pub(crate) struct Listener {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    closing: AtomicBool,
    served: Mutex<HashMap<u64, Served>>,
    finished: Mutex<Vec<u64>>,
}

struct Served {
    line: Arc<Line>,
    thread: JoinHandle<()>,
}

impl Listener {
    /// Starts to serve a data centre.
    ///
    /// # Errors
    ///
    /// When no thread can be started.
    pub(crate) fn start(socket: TcpListener, centre: Arc<Centre>) -> io::Result<Self> {
        let address = socket.local_addr()?;
        let shared = Arc::new(Shared::default());
        let thread = {
            let shared = Arc::clone(&shared);
            let name = format!("localdc-{}-accept", centre.dc);
            thread::Builder::new()
                .name(name)
                .spawn(move || shared.accept(&socket, &centre))?
        };
        Ok(Self {
            address,
            shared,
            thread: Some(thread),
        })
    }

    /// The connections that are open.
    pub(crate) fn connections(&self) -> usize {
        let served = self.shared.served.lock();
        served
            .values()
            .filter(|served| !served.line.has_ended())
            .count()
    }

    /// Cuts all connections; new ones are accepted.
    pub(crate) fn cut_all(&self) {
        self.shared.cut_all();
    }
}

impl Shared {
    fn accept(self: &Arc<Self>, socket: &TcpListener, centre: &Arc<Centre>) {
        loop {
            let accepted = socket.accept();
            if self.closing.load(Ordering::SeqCst) {
                return;
            }
            self.reap();
            match accepted {
                // A connection that breaks at once is no loss.
                Ok((stream, _)) => drop(self.serve(stream, centre)),
                // Out of descriptors, mostly: some may be free again after a while.
                Err(_) => thread::park_timeout(REST),
            }
        }
    }

    fn serve(self: &Arc<Self>, stream: TcpStream, centre: &Arc<Centre>) -> io::Result<()> {
        let mut served = self.served.lock();
        if served.len() >= CONNECTIONS_MAX {
            return Err(io::ErrorKind::ConnectionRefused.into());
        }
        stream.set_nodelay(true)?;
        let hub = &centre.hub;
        let place = Place {
            dc: centre.dc,
            connection: hub.next_line(),
        };
        let subject = Subject::Any;
        let refused = Occasion { place, subject };
        if hub.means.faults.draw(Stage::Accept, &refused).is_some() {
            return Err(io::ErrorKind::ConnectionRefused.into());
        }
        let line = Line::new(place, stream.try_clone()?, hub.means.clone())?;
        let line = Arc::new(line);
        let connection = Connection::new(stream, Arc::clone(&line), Arc::clone(centre));
        let done = Done {
            id: line.id,
            shared: Arc::clone(self),
        };
        let thread = thread::Builder::new()
            .name(format!("localdc-{}-{}", centre.dc, line.id))
            .spawn(move || {
                let _done = done;
                connection.run();
            })?;
        served.insert(line.id, Served { line, thread });
        Ok(())
    }

    /// Joins the threads that have ended.
    fn reap(&self) {
        let finished = std::mem::take(&mut *self.finished.lock());
        for id in finished {
            let served = self.served.lock().remove(&id);
            if let Some(served) = served {
                // A thread that panicked has said so on the standard error stream.
                let _ = served.thread.join();
            }
        }
    }

    fn cut_all(&self) {
        for served in self.served.lock().values() {
            served.line.cut();
        }
    }
}

/// Says that a connection's thread is about to end, however it does.
struct Done {
    id: u64,
    shared: Arc<Shared>,
}

impl Drop for Done {
    fn drop(&mut self) {
        self.shared.finished.lock().push(self.id);
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.shared.closing.store(true, Ordering::SeqCst);
        // The thread waits for a connection: this is one.
        let knock = TcpStream::connect_timeout(&self.address, KNOCK_TIMEOUT);
        if let Some(thread) = self.thread.take()
            && (knock.is_ok() || thread.is_finished())
        {
            let _ = thread.join();
        }
        self.shared.cut_all();
        let served = std::mem::take(&mut *self.shared.served.lock());
        for served in served.into_values() {
            let _ = served.thread.join();
        }
    }
}
