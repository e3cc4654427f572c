//! The program of `hello-ours`, on `grammers-client` with its session in memory.
use std::error::Error;
use std::sync::Arc;

use grammers_client::Client;
use grammers_mtsender::SenderPool;
use grammers_session::storages::MemorySession;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> Result<()> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(hello())
}

async fn hello() -> Result<()> {
    let session = Arc::new(MemorySession::default());
    let SenderPool { runner, handle, .. } = SenderPool::new(session, 12345);
    let client = Client::new(handle.clone());
    let running = tokio::spawn(runner.run());

    let me = client.get_me().await?;
    println!("signed in as {}", me.full_name());
    let peer = me.to_ref().await?.ok_or("we cannot be addressed")?;
    let message = client.send_message(peer, "Hello, World!").await?;
    println!("sent message {}", message.id());

    handle.quit();
    running.await?;
    Ok(())
}
