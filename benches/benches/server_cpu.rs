//! What the local data centre costs beside its client: CPU per small call, each in a process of its
//! own. It must not be what a benchmark of calls measures.
use std::error::Error;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use ferogram_sync::{Client, tl};
use localdc::{LocalDc, NewBot};

const TOKEN: &str = "1000:server-cpu";
/// `getconf CLK_TCK`, which Linux has fixed for programs.
const TICKS_PER_SECOND: u64 = 100;
/// How much CPU both sides together have to use before a figure counts: some hundred ticks.
const ENOUGH: Duration = Duration::from_secs(6);

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("serve") => serve(),
        _ => measure(),
    }
}

/// The other process.
fn serve() -> Result<(), Box<dyn Error>> {
    let dc = LocalDc::builder().dcs(1).start()?;
    dc.add_bot(NewBot::new(TOKEN, "server_cpu_bot"));
    println!("{}", dc.address(1));
    loop {
        thread::park();
    }
}

/// The server's process; it ends with this value.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, which the calls have shown.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn measure() -> Result<(), Box<dyn Error>> {
    let program = std::env::current_exe()?;
    let mut child = Command::new(program)
        .arg("serve")
        .stdout(Stdio::piped())
        .spawn()?;
    let output = child.stdout.take().ok_or("the server has an output")?;
    let server = Server(child);
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    let address: SocketAddr = line.trim().parse()?;
    let connect = || {
        Client::builder()
            .api_id(1)
            .api_hash("local")
            .in_memory()
            .first_dc(1)
            .dc_addr(1, address)
            .rsa_key(localdc::PUBLIC_KEY_PEM)
            .connect()
    };
    let client = connect()?;
    client.bot_sign_in(TOKEN)?;
    let nobody = connect()?; // Bots may not ask for the nearest data centre.

    let me = tl::functions::users::GetUsers {
        id: vec![tl::enums::InputUser::UserSelf],
    };
    let nearest = tl::functions::help::GetNearestDc {};
    println!("| small calls | client µs | server µs | server / client |");
    println!("|---|---|---|---|");
    for threads in [1, 16] {
        let what = format!("`users.getUsers`, {threads} thread(s), blocking");
        row(&server, &what, || blocking(&client, &me, threads))?;
    }
    row(&server, "`users.getUsers`, 256 in flight", || {
        in_flight(&client, &me)
    })?;
    row(&server, "`help.getNearestDc`, 1 thread, blocking", || {
        blocking(&nobody, &nearest, 1)
    })?;
    row(&server, "`help.getNearestDc`, 256 in flight", || {
        in_flight(&nobody, &nearest)
    })
}

/// Runs rounds of calls until they have cost enough, and prints what one of them cost.
fn row(
    server: &Server,
    what: &str,
    round: impl Fn() -> Result<u64, ferogram_sync::Error>,
) -> Result<(), Box<dyn Error>> {
    let server = server.0.id();
    let own = std::process::id();
    round()?;
    let (client_before, server_before) = (ticks(own)?, ticks(server)?);
    let mut calls = 0;
    let (client, server) = loop {
        calls += round()?;
        let client = ticks(own)? - client_before;
        let server = ticks(server)? - server_before;
        if Duration::from_secs((client + server) / TICKS_PER_SECOND) >= ENOUGH {
            break (client, server);
        }
    };
    let each = |ticks: u64| ticks as f64 * 1e6 / TICKS_PER_SECOND as f64 / calls as f64;
    let (client, server) = (each(client), each(server));
    println!(
        "| {what} | {client:.1} | {server:.1} | {:.2} |",
        server / client
    );
    Ok(())
}

fn blocking<R>(client: &Client, request: &R, threads: u64) -> Result<u64, ferogram_sync::Error>
where
    R: tl::RemoteCall + Sync,
{
    const CALLS: u64 = 8192;
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    (0..CALLS / threads).try_for_each(|_| client.invoke(request).map(drop))
                })
            })
            .collect();
        let mut ended = workers.into_iter().map(|worker| worker.join());
        ended.try_for_each(|ended| ended.expect("no call panics"))
    })?;
    Ok(CALLS)
}

fn in_flight<R>(client: &Client, request: &R) -> Result<u64, ferogram_sync::Error>
where
    R: tl::RemoteCall,
{
    const ROUNDS: u64 = 64;
    const WINDOW: u64 = 256;
    for _ in 0..ROUNDS {
        let pending: Vec<_> = (0..WINDOW).map(|_| client.submit(request)).collect();
        for pending in pending {
            pending.wait()?;
        }
    }
    Ok(ROUNDS * WINDOW)
}

/// The user and system time of a process, in ticks: fields 14 and 15 of its `stat`, counted after
/// the name, which may hold anything.
fn ticks(process: u32) -> Result<u64, Box<dyn Error>> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    let (_, fields) = stat.rsplit_once(") ").ok_or("no name in the stat file")?;
    let mut times = fields.split(' ').skip(11).map(str::parse::<u64>);
    let (Some(user), Some(system)) = (times.next(), times.next()) else {
        return Err("the stat file is too short".into());
    };
    Ok(user? + system?)
}
