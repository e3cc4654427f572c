//! The program of `hello-ours`, on `ferogram`.
use std::error::Error;
use std::sync::Arc;

use ferogram::{Client, InMemoryBackend};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(hello())
}

async fn hello() -> Result<()> {
    let (client, _) = Client::builder()
        .api_id(12345)
        .api_hash("0123456789abcdef")
        .session_backend(Arc::new(InMemoryBackend::new()))
        .connect()
        .await?;
    let me = client.get_me().await?;
    println!("signed in as {}", me.first_name.unwrap_or_default());
    let message = client.send_message(me.id, "Hello, World!").await?;
    println!("sent message {}", message.id());
    Ok(())
}
