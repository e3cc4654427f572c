//! Our client is told what another's does, over a line that is cut at random.
use std::time::{Duration, Instant};

use ferogram_sync::Update;
use serde_json::Value;

use super::ledger::Ledger;
use super::relay::Relay;
use super::{Result, address, builder, say, sign_in};

/// How long it may take in all.
const PATIENCE: Duration = Duration::from_secs(200);

/// What comes twice, or though it was never sent, comes soon after the rest.
const AFTER: Duration = Duration::from_secs(1);

pub(crate) fn hear(facts: &Value, count: usize) -> Result<()> {
    let relay = Relay::start(address(&facts["dcs"][0])?)?;
    let client = builder(facts, Some(relay.address))?.connect()?;
    sign_in(&client, &facts["guarded"])?;
    let mut updates = client.updates();
    say("ready");
    let mut ledger = Ledger::new(count);
    let end = Instant::now() + PATIENCE;
    while !ledger.is_complete() {
        let left = end.saturating_duration_since(Instant::now());
        let update = updates.next_timeout(left);
        let update = update.map_err(|why| format!("{why:?}: {}", ledger.missing()))?;
        take(&mut ledger, &update)?;
    }
    while let Ok(update) = updates.next_timeout(AFTER) {
        take(&mut ledger, &update)?;
    }
    if !ledger.is_complete() {
        return Err(ledger.missing().into());
    }
    client.sign_out()?;
    say(&format!("{}, {} cuts", ledger.summary(), relay.cuts()));
    Ok(())
}

fn take(ledger: &mut Ledger, update: &Update) -> Result<()> {
    match update {
        Update::NewMessage(message) if !message.outgoing() => {
            let channel = message.is_in_channel().then(|| message.chat_id());
            ledger.new_message(channel, message.id(), message.text())
        }
        Update::MessageEdited(message) => ledger.edited(message.text()),
        Update::MessagesDeleted(gone) => ledger.deleted(gone.chat_id(), gone.message_ids()),
        Update::Lost(lost) => Err(format!("something was lost: {lost:?}").into()),
        _ => Ok(()),
    }
}
