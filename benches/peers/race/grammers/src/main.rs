//! The runner that is grammers. Its session is in memory, the key comes from a file and goes there.
use std::net::{Ipv6Addr, SocketAddr, SocketAddrV6};
use std::sync::Arc;
use std::{error, fs};

use grammers_client::message::InputMessage;
use grammers_client::update::Update;
use grammers_client::{Client, tl};
use grammers_mtsender::{SenderPool, UpdatesConfiguration};
use grammers_session::types::DcOption;
use grammers_session::{Session, SessionData, storages::MemorySession};
use tokio::time::timeout;
use track::{CODE, FileTask, HOME, Heard, List, Orders, PHONE, READER, Task, reach, tasks, token};

type Result<T> = std::result::Result<T, Box<dyn error::Error + Send + Sync>>;

const CALL: tl::functions::help::GetNearestDc = tl::functions::help::GetNearestDc {};
/// What a bot may ask beside a file.
const SMALL: tl::functions::updates::GetState = tl::functions::updates::GetState {};

fn session(orders: &Orders, auth_key: Option<[u8; 256]>) -> Result<Arc<MemorySession>> {
    let SocketAddr::V4(ipv4) = orders.address else {
        return Err("the address is not of IPv4".into());
    };
    let ipv6 = SocketAddrV6::new(Ipv6Addr::LOCALHOST, ipv4.port(), 0, 0);
    let mut data = SessionData {
        home_dc: HOME,
        ..SessionData::default()
    };
    data.dc_options.insert(
        HOME,
        DcOption {
            id: HOME,
            ipv4,
            ipv6,
            auth_key,
        },
    );
    Ok(Arc::new(MemorySession::from(data)))
}

async fn connected(
    orders: &Orders,
    auth_key: Option<[u8; 256]>,
) -> Result<(Client, Arc<MemorySession>)> {
    let session = session(orders, auth_key)?;
    let pool = SenderPool::new(session.clone(), 1);
    tokio::spawn(pool.runner.run());
    let client = Client::new(pool.handle);
    client.invoke(&CALL).await?;
    Ok((client, session))
}

/// From the stream.
async fn listen(orders: &Orders, count: usize) -> Result<()> {
    let pool = SenderPool::new(session(orders, None)?, 1);
    let client = Client::new(pool.handle);
    tokio::spawn(pool.runner.run());
    client.bot_sign_in(&token("grammers"), "local").await?;
    let configuration = UpdatesConfiguration { catch_up: false };
    let mut updates = client.stream_updates(pool.updates, configuration).await?;
    let mut heard = Heard::begin(count);
    while let Ok(update) = timeout(Heard::PATIENCE, updates.next()).await {
        if matches!(update?, Update::NewMessage(_)) && heard.note() {
            break;
        }
    }
    heard.done();
    Ok(())
}

#[tokio::main]
async fn main() -> Result<()> {
    let orders = Orders::given();
    if let Task::Updates(count) = orders.task {
        return listen(&orders, count).await;
    }
    if let Task::Idle(count) = orders.task {
        let mut clients = Vec::new();
        for _ in 0..count {
            clients.push(connected(&orders, None).await?);
        }
        reach("idle");
        return Ok(());
    }
    let saved = fs::read(&orders.session).ok();
    let key = saved.map(|key| key.try_into().expect("256 bytes"));
    let (client, session) = connected(&orders, key).await?;
    match orders.task {
        Task::First => {
            reach("answered");
            let kept = session.dc_option(HOME)?.and_then(|dc| dc.auth_key);
            fs::write(&orders.session, kept.ok_or("there is no key")?)?;
        }
        Task::Latency => tasks::latency(|| ask(client.clone())).await,
        Task::Calls(count) => tasks::calls(count, move || ask(client.clone())).await,
        Task::Lists => lists(&client).await?,
        Task::File(task) => file(&client, &task).await?,
        Task::Threads(_) | Task::Idle(_) | Task::Updates(_) | Task::Handled(_) => {
            return Err("this client does not do that".into());
        }
    }
    Ok(())
}

async fn ask(client: Client) {
    client.invoke(&CALL).await.expect("answered");
}

/// A small call beside a file.
async fn small(client: Client) {
    client.invoke(&SMALL).await.expect("answered");
}

/// Sends a file to whoever has opened the bot, and fetches it from that chat.
async fn file(client: &Client, task: &FileTask) -> Result<()> {
    client.bot_sign_in(&token("grammers"), "local").await?;
    let reader = client.resolve_username(READER).await?.ok_or("it is there")?;
    let reader = reader.to_ref().await?.ok_or("it is known")?;
    let (one, other) = (client.clone(), client.clone());
    let up = client.upload_file(&task.path);
    let file = tasks::way(task.beside, move || small(one.clone()), up).await?;
    let message = client
        .send_message(reader, InputMessage::new().document(file))
        .await?;
    let media = message.media().ok_or("it carries the file")?;
    let down = client.download_media(&media, task.back());
    tasks::way(task.beside, move || small(other.clone()), down).await?;
    Ok(())
}

/// Reads long lists to their ends, and ten of one.
async fn lists(client: &Client) -> Result<()> {
    let token = client.request_login_code(PHONE, "local").await?;
    client.sign_in(&token, CODE).await?;
    let mut chats = Vec::new();
    for name in ["the_long", "the_crowd"] {
        let chat = client.resolve_username(name).await?.ok_or("it is there")?;
        chats.push(chat.to_ref().await?.ok_or("it is known")?);
    }
    let list = List::begin("messages");
    let (mut items, mut count) = (client.iter_messages(chats[0]), 0);
    while items.next().await?.is_some() {
        count += 1;
    }
    list.done(count);
    let list = List::begin("dialogs");
    let (mut items, mut count) = (client.iter_dialogs(), 0);
    while items.next().await?.is_some() {
        count += 1;
    }
    list.done(count);
    let list = List::begin("participants");
    let (mut items, mut count) = (client.iter_participants(chats[1]), 0);
    while items.next().await?.is_some() {
        count += 1;
    }
    list.done(count);
    let list = List::begin("ten");
    let (mut items, mut count) = (client.iter_messages(chats[0]).limit(10), 0);
    while items.next().await?.is_some() {
        count += 1;
    }
    list.done(count);
    Ok(())
}
