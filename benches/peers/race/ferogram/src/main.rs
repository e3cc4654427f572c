//! The runner that is ferogram.
use std::error;
use std::process;
use std::sync::Arc;

use ferogram::filters::{Dispatcher, all};
use ferogram::update::Update;
use ferogram::{Client, ClientBuilder, InMemoryBackend, InputMessage, MediaQuality, tl};
use tokio::sync::mpsc;
use tokio::time::timeout;
use track::{FileTask, HOME, Heard, Orders, READER, Task, reach, tasks, token};

type Result<T> = std::result::Result<T, Box<dyn error::Error + Send + Sync>>;

const CALL: tl::functions::help::GetNearestDc = tl::functions::help::GetNearestDc {};
/// What a bot may ask beside a file.
const SMALL: tl::functions::updates::GetState = tl::functions::updates::GetState {};

fn builder(orders: &Orders) -> ClientBuilder {
    Client::builder()
        .api_id(1)
        .api_hash("local")
        .dc_addr(orders.address.to_string())
        .dc_id_override(HOME)
}

/// From the stream, or through the dispatcher.
async fn listen(orders: &Orders, count: usize, dispatched: bool) -> Result<()> {
    let memory = Arc::new(InMemoryBackend::new());
    let (client, _) = builder(orders).session_backend(memory).connect().await?;
    client.bot_sign_in(&token("ferogram")).await?;
    let mut updates = client.stream_updates();
    let (tell, mut told) = mpsc::unbounded_channel();
    let mut dispatcher = Dispatcher::new();
    let by_handler = tell.clone();
    dispatcher.on_message(all(), move |_| {
        let tell = by_handler.clone();
        async move {
            tell.send(()).ok();
        }
    });
    tokio::spawn(async move {
        while let Some(update) = updates.next().await {
            match update {
                update if dispatched => dispatcher.dispatch(update).await,
                Update::NewMessage(_) => drop(tell.send(())),
                _ => {}
            }
        }
    });
    let mut heard = Heard::begin(count);
    while let Ok(Some(())) = timeout(Heard::PATIENCE, told.recv()).await {
        if heard.note() {
            break;
        }
    }
    heard.done();
    Ok(())
}

#[tokio::main]
async fn main() -> Result<()> {
    let orders = Orders::given();
    match orders.task {
        Task::Updates(count) => return listen(&orders, count, false).await,
        Task::Handled(count) => return listen(&orders, count, true).await,
        _ => {}
    }
    if let Task::Idle(count) = orders.task {
        let mut clients = Vec::new();
        for _ in 0..count {
            let memory = Arc::new(InMemoryBackend::new());
            let (client, _) = builder(&orders).session_backend(memory).connect().await?;
            client.invoke(&CALL).await?;
            clients.push(client);
        }
        reach("idle");
        return Ok(());
    }
    let (client, _) = builder(&orders).session(&orders.session).connect().await?;
    client.invoke(&CALL).await?;
    match orders.task {
        Task::First => {
            reach("answered");
            client.save_session().await?;
        }
        Task::Latency => tasks::latency(|| ask(client.clone())).await,
        Task::Calls(count) => tasks::calls(count, move || ask(client.clone())).await,
        Task::File(task) => file(&client, &task).await?,
        Task::Lists => return Err("it is not in that race".into()),
        Task::Threads(_) | Task::Idle(_) | Task::Updates(_) | Task::Handled(_) => {
            return Err("an async client does not block, and the others are done above".into());
        }
    }
    Ok(())
}

/// Sends a file to whoever has opened the bot, and fetches it from that chat.
async fn file(client: &Client, task: &FileTask) -> Result<()> {
    client.bot_sign_in(&token("ferogram")).await?;
    let (one, other) = (client.clone(), client.clone());
    let up = client.upload_file(&task.path);
    let file = tasks::way(task.beside, move || small(one.clone()), async { up.await }).await?;
    let text = InputMessage::text("");
    let message = client
        .send_file(READER, file.as_document_media(), &text)
        .await?;
    let media = message.media().ok_or("it carries the file")?;
    let down = client.download_media(media, MediaQuality::Original, task.back(), None);
    tasks::way(task.beside, move || small(other.clone()), down).await?;
    Ok(())
}

async fn ask(client: Client) {
    client.invoke(&CALL).await.expect("answered");
}

/// A small call beside a file.
async fn small(client: Client) {
    // A panic would end this task only, and whoever waits for it would wait on.
    if let Err(error) = client.invoke(&SMALL).await {
        eprintln!("a small call: {error}");
        process::exit(1);
    }
}
