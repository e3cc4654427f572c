//! The runner that is this library.
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;
use std::{env, sync::mpsc, thread};

use ferogram_sync::filters::all;
use ferogram_sync::{
    Client, ClientBuilder, Dispatcher, Media, Network, Result, Update, Upload, tl,
};
use track::{
    CODE, FileTask, HOME, Heard, Lap, List, Orders, PHONE, READER, Stopwatch, Task, Way, reach,
    token,
};

const CALL: tl::functions::help::GetNearestDc = tl::functions::help::GetNearestDc {};
/// What a bot may ask beside a file.
const SMALL: tl::functions::updates::GetState = tl::functions::updates::GetState {};

fn builder(orders: &Orders) -> ClientBuilder {
    Client::builder()
        .api_id(1)
        .api_hash("local")
        .first_dc(HOME)
        .dc_addr(HOME, orders.address)
        .rsa_key(env::var("RACE_KEY").expect("the server's key, as PEM"))
}

fn main() -> Result<()> {
    let orders = Orders::given();
    if let Task::Idle(count) = orders.task {
        let network = Network::new()?;
        let mut clients = Vec::new();
        for _ in 0..count {
            let client = builder(&orders).network(&network).in_memory().connect()?;
            client.invoke(&CALL)?;
            clients.push(client);
        }
        reach("idle");
        return Ok(());
    }
    if let Task::Updates(count) | Task::Handled(count) = orders.task {
        let client = builder(&orders).in_memory().connect()?;
        client.bot_sign_in(&token("ours"))?;
        return match orders.task {
            Task::Updates(_) => listen(&client, count),
            _ => handle(&client, count),
        };
    }
    let client = builder(&orders)
        .session(orders.session.as_path())
        .connect()?;
    client.invoke(&CALL)?;
    match &orders.task {
        Task::File(task) => file(&client, task)?,
        Task::Lists => lists(&client)?,
        Task::First => reach("answered"),
        Task::Latency => {
            let mut watch = Stopwatch::default();
            let lap = Lap::begin();
            while !lap.is_over() {
                let begun = Instant::now();
                client.invoke(&CALL)?;
                watch.note(begun);
            }
            watch.done();
        }
        Task::Calls(window) => {
            in_flight(&client, *window, &Lap::warm_up())?;
            let lap = Lap::begin();
            let calls = in_flight(&client, *window, &lap)?;
            lap.done(calls);
        }
        Task::Threads(threads) => {
            blocking(&client, *threads, &Lap::warm_up());
            let lap = Lap::begin();
            let calls = blocking(&client, *threads, &lap);
            lap.done(calls);
        }
        Task::Idle(_) | Task::Updates(_) | Task::Handled(_) => unreachable!("done above"),
    }
    Ok(())
}

/// From the stream.
fn listen(client: &Client, count: usize) -> Result<()> {
    let mut updates = client.updates();
    let mut heard = Heard::begin(count);
    while let Ok(update) = updates.next_timeout(Heard::PATIENCE) {
        if matches!(update, Update::NewMessage(_)) && heard.note() {
            break;
        }
    }
    heard.done();
    Ok(())
}

/// By the dispatcher, with the workers that it has if nobody says how many.
fn handle(client: &Client, count: usize) -> Result<()> {
    let (tell, told) = mpsc::channel();
    let dispatcher = Dispatcher::new().on_message(all(), move || tell.send(()).unwrap_or_default());
    let running = dispatcher.start(client)?;
    let mut heard = Heard::begin(count);
    while told.recv_timeout(Heard::PATIENCE).is_ok() && !heard.note() {}
    heard.done();
    running.stop()?;
    Ok(())
}

fn in_flight(client: &Client, window: usize, lap: &Lap) -> Result<usize> {
    let mut pending: VecDeque<_> = (0..window).map(|_| client.submit(&CALL)).collect();
    let mut calls = 0;
    while let Some(oldest) = pending.pop_front() {
        oldest.wait()?;
        calls += 1;
        if !lap.is_over() {
            pending.push_back(client.submit(&CALL));
        }
    }
    Ok(calls)
}

fn blocking(client: &Client, threads: usize, lap: &Lap) -> usize {
    let calls = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while !lap.is_over() {
                    client.invoke(&CALL).expect("answered");
                    calls.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    calls.into_inner()
}

/// Sends a file to whoever has opened the bot, and fetches it from that chat.
fn file(client: &Client, task: &FileTask) -> Result<()> {
    client.bot_sign_in(&token("ours"))?;
    let up = || client.upload(Upload::path(&task.path));
    let file = way(client, task.beside, up)?;
    let message = client.send_media(READER, Media::document(file), "")?;
    let down = || client.download(&message).to_path(task.back());
    way(client, task.beside, down)?;
    Ok(())
}

/// A file's way, and small calls beside it if they are wanted.
fn way<T>(client: &Client, beside: bool, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let over = AtomicBool::new(false);
    let calls = || {
        let mut watch = Stopwatch::default();
        while !over.load(Ordering::Relaxed) {
            let begun = Instant::now();
            client.invoke(&SMALL).expect("answered");
            watch.note(begun);
            thread::sleep(Stopwatch::PAUSE);
        }
        watch
    };
    let way = Way::begin();
    thread::scope(|scope| {
        let calls = beside.then(|| scope.spawn(calls));
        let done = work();
        let seconds = way.seconds();
        over.store(true, Ordering::Relaxed);
        let watch = calls.map(|calls| calls.join().expect("every call is answered"));
        Way::done(seconds, watch);
        done
    })
}

/// Reads long lists to their ends, and ten of one.
fn lists(client: &Client) -> Result<()> {
    let token = client.request_login_code(PHONE)?;
    client.sign_in(&token, CODE).expect("it is the code");
    let (long, crowd) = (
        client.fetch_chat("@the_long")?,
        client.fetch_chat("@the_crowd")?,
    );
    let list = List::begin("messages");
    list.done(read(client.iter_messages(&long).with_service())?);
    let list = List::begin("dialogs");
    list.done(read(client.iter_dialogs())?);
    let list = List::begin("participants");
    list.done(read(client.iter_participants(&crowd))?);
    let list = List::begin("ten");
    list.done(read(client.iter_messages(&long).limit(10))?);
    Ok(())
}

fn read<T>(items: impl Iterator<Item = Result<T>>) -> Result<usize> {
    items.map(|item| item.map(|_| 1)).sum()
}
