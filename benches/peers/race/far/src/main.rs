//! The local data centre, far away: a line that takes 50 ms each way lies before it. Somebody lives
//! there who has long lists: `MESSAGES DIALOGS PARTICIPANTS` says how long.
//!
//! It prints what a client has to know, and then answers each line on its input: how often these
//! methods were executed so far.
use std::io::{self, BufRead, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use localdc::{LocalDc, NewChannel, NewUser};

/// How long the line takes, one way.
const WAY: Duration = Duration::from_millis(50);

/// Who has the lists; the code of such a number is its sixth digit, five times.
const PHONE: &str = "+9996621234";

/// Where the account lives.
const HOME: i32 = 2;

fn main() -> io::Result<()> {
    let numbers = std::env::args().skip(1).map(|it| it.parse().expect("a number"));
    let [messages, dialogs, participants] = numbers.collect::<Vec<usize>>()[..] else {
        panic!("usage: race-far MESSAGES DIALOGS PARTICIPANTS");
    };
    let dc = LocalDc::start()?;
    let me = dc.add_user(NewUser::new(PHONE, "Ann").username("annann").dc(HOME));
    let long = NewChannel::new("Long", "the_long").megagroup().owner(me);
    let long = dc.add_channel(long);
    for number in 1..messages {
        dc.post(long, me, format!("Message number {number}"));
    }
    let crowd = (1..participants).map(|number| {
        dc.add_user(NewUser::new(format!("+49151{number:07}"), format!("Guest {number}")))
    });
    let crowd: Vec<i64> = crowd.collect();
    let club = NewChannel::new("Crowd", "the_crowd").megagroup().owner(me);
    dc.add_channel(club.members(crowd));
    for number in 2..dialogs {
        let club = dc.add_channel(NewChannel::private(format!("Club {number}")).megagroup().owner(me));
        dc.post(club, me, "Welcome");
    }

    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    println!("address {}", listener.local_addr()?);
    println!("{}", dc.public_key_pem());
    println!("ready");
    let beyond = dc.address(HOME);
    thread::Builder::new().name("line".into()).spawn(move || lay(&listener, beyond))?;
    for line in io::stdin().lock().lines() {
        let line = line?;
        let counts = line.split_whitespace().map(|method| dc.executed(method).to_string());
        println!("{}", counts.collect::<Vec<_>>().join(" "));
        io::stdout().flush()?;
    }
    Ok(())
}

/// Carries each connection on, both ways.
fn lay(listener: &TcpListener, beyond: SocketAddr) -> io::Result<()> {
    for near in listener.incoming() {
        let near = near?;
        let far = TcpStream::connect(beyond)?;
        for (from, to) in [(near.try_clone()?, far.try_clone()?), (far, near)] {
            to.set_nodelay(true)?;
            let (sent, under_way) = channel();
            let end = to.try_clone()?;
            thread::Builder::new().name("in".into()).spawn(move || take(from, &sent))?;
            thread::Builder::new().name("out".into()).spawn(move || {
                // Whoever is not there any more gets nothing.
                let _ = give(&to, &under_way);
                let _ = end.shutdown(Shutdown::Both);
            })?;
        }
    }
    Ok(())
}

fn take(mut from: TcpStream, sent: &Sender<(Instant, Vec<u8>)>) {
    let mut buffer = vec![0; 1 << 16];
    while let Ok(count @ 1..) = from.read(&mut buffer) {
        if sent.send((Instant::now() + WAY, buffer[..count].to_vec())).is_err() {
            return;
        }
    }
}

fn give(mut to: &TcpStream, under_way: &Receiver<(Instant, Vec<u8>)>) -> io::Result<()> {
    for (arrives, bytes) in under_way {
        thread::sleep(arrives.saturating_duration_since(Instant::now()));
        to.write_all(&bytes)?;
    }
    Ok(())
}
