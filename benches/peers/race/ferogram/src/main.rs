//! The runner that is ferogram.
use std::error;
use std::sync::Arc;

use ferogram::{Client, ClientBuilder, InMemoryBackend, tl};
use track::{HOME, Orders, Task, reach, tasks};

type Result<T> = std::result::Result<T, Box<dyn error::Error + Send + Sync>>;

const CALL: tl::functions::help::GetNearestDc = tl::functions::help::GetNearestDc {};

fn builder(orders: &Orders) -> ClientBuilder {
    Client::builder()
        .api_id(1)
        .api_hash("local")
        .dc_addr(orders.address.to_string())
        .dc_id_override(HOME)
}

#[tokio::main]
async fn main() -> Result<()> {
    let orders = Orders::given();
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
        Task::Lists => return Err("it is not in that race".into()),
        Task::Threads(_) | Task::Idle(_) => return Err("an async client does not block".into()),
    }
    Ok(())
}

async fn ask(client: Client) {
    client.invoke(&CALL).await.expect("answered");
}
