//! The smallest useful program: connect, ask who we are, write to ourselves.
use ferogram_sync::Client;

fn main() -> ferogram_sync::Result<()> {
    let client = Client::builder()
        .api_id(12345)
        .api_hash("0123456789abcdef")
        .in_memory()
        .connect()?;
    let me = client.get_me()?;
    println!("signed in as {}", me.full_name());
    let message = client.send_message(me.id(), "Hello, World!")?;
    println!("sent message {}", message.id());
    Ok(())
}
