//! Files of grammers that our client fetches, and the other way round.
use std::process::Command;

use grammers_client::Client;
use grammers_client::message::InputMessage;
use interop_report::{Facts, Failure, expect};
use sha2::{Digest, Sha256};
use tokio::task::spawn_blocking;

/// Where small files become large ones, parts end, and files do.
const LENGTHS: [usize; 6] = [
    1,
    511,
    (512 << 10) - 1,
    512 << 10,
    (10 << 20) - 1,
    (10 << 20) + 1,
];

/// Only where there is time for it.
const LONG: usize = 100 << 20;

fn sha256(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Runs our client, which fetches so many files and sends some.
async fn ours(facts: &Facts, count: usize) -> Result<(), Failure> {
    let mut command = Command::new(facts.sessions());
    command.args(["files", &count.to_string()]);
    let ended = spawn_blocking(move || command.output()).await??;
    expect("how our client ends", ended.status.code(), Some(0)).map(drop)
}

pub async fn both_ways(facts: &Facts, client: &Client) -> Result<String, Failure> {
    let mut lengths = LENGTHS.to_vec();
    if facts.has_time() {
        lengths.push(LONG);
    }
    let me = client
        .get_me()
        .await?
        .to_ref()
        .await?
        .ok_or("it is known")?;
    for len in &lengths {
        let bytes: Vec<u8> = (0..*len).map(|at| (at * 13 + at / 241) as u8).collect();
        let name = format!("theirs-{len}.bin");
        let file = client.upload_stream(&mut &bytes[..], *len, name).await?;
        let message = InputMessage::new().text(sha256(&bytes)).file(file);
        client.send_message(me, message).await?;
    }
    ours(facts, lengths.len()).await?;
    let mut messages = client.iter_messages(me).limit(lengths.len());
    let mut got = Vec::new();
    while let Some(message) = messages.next().await? {
        let media = message.media().ok_or("it carries a file")?;
        let mut bytes = Vec::new();
        let mut download = client.iter_download(&media);
        while let Some(chunk) = download.next().await? {
            bytes.extend(chunk);
        }
        expect("the hash", sha256(&bytes).as_str(), message.text())?;
        got.push(bytes.len());
    }
    got.reverse();
    expect("the lengths", &got, &lengths)?;
    Ok(format!("{lengths:?} bytes"))
}
