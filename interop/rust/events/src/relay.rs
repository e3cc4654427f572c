//! A line to the data centre that is cut at random.
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use super::Result;

/// A connection ends when so many bytes have gone over it, drawn anew for each.
const BYTES: std::ops::Range<i64> = 8_000..48_000;

/// How long it takes at most until the next one is let through.
const OUTAGE_MS: u64 = 300;

/// It passes on what comes, both ways, until its thread ends with the program.
pub(crate) struct Relay {
    pub(crate) address: SocketAddr,
    cuts: Arc<AtomicUsize>,
}

impl Relay {
    pub(crate) fn start(server: SocketAddr) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let cuts = Arc::new(AtomicUsize::new(0));
        let counted = cuts.clone();
        thread::spawn(move || {
            let mut dice = 88_172_645_463_325_252_u64;
            for here in listener.incoming().flatten() {
                dice ^= dice << 13;
                dice ^= dice >> 7;
                dice ^= dice << 17;
                if counted.load(Ordering::Relaxed) > 0 {
                    thread::sleep(Duration::from_millis(dice % OUTAGE_MS));
                }
                let bytes = BYTES.start + (dice % BYTES.end.abs_diff(BYTES.start)) as i64;
                let left = Arc::new(AtomicI64::new(bytes));
                if let Ok(there) = TcpStream::connect(server) {
                    pass(&here, &there, &left, &counted);
                    pass(&there, &here, &left, &counted);
                }
            }
        });
        Ok(Self { address, cuts })
    }

    /// How often it has cut the line.
    pub(crate) fn cuts(&self) -> usize {
        self.cuts.load(Ordering::Relaxed)
    }
}

/// Passes on what comes from one side until it ends, or both have used up what was left.
fn pass(from: &TcpStream, to: &TcpStream, left: &Arc<AtomicI64>, cuts: &Arc<AtomicUsize>) {
    let (Ok(mut from), Ok(mut to)) = (from.try_clone(), to.try_clone()) else {
        return;
    };
    let (left, cuts) = (left.clone(), cuts.clone());
    thread::spawn(move || {
        let mut buffer = [0; 2048];
        while let Ok(count @ 1..) = from.read(&mut buffer) {
            let before = left.fetch_sub(count as i64, Ordering::Relaxed);
            // The last of it goes through in part: a packet may be cut anywhere.
            let through = usize::try_from(before).unwrap_or(0).min(count);
            if to.write_all(&buffer[..through]).is_err() {
                break;
            }
            if through < count {
                cuts.fetch_add(usize::from(through > 0), Ordering::Relaxed);
                break;
            }
        }
        from.shutdown(Shutdown::Both).ok();
        to.shutdown(Shutdown::Both).ok();
    });
}
