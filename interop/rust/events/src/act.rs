//! Our client does what another's has to be told, while that is away for most of it.
use std::collections::HashMap;

use ferogram_sync::{Client, NewChat, PeerRef};
use serde_json::Value;

use super::plan::{Deed, plan};
use super::{Result, builder, say, sign_in, told};

/// The guarded user, who is told.
const WHOM: &str = "@robert";

pub(crate) fn act(facts: &Value, count: usize) -> Result<()> {
    let client = builder(facts, None)?.connect()?;
    sign_in(&client, &facts["user"])?;
    let places = found(&client)?;
    let (mut sent, early) = (HashMap::new(), count / 10);
    for (at, step) in plan(count).into_iter().enumerate() {
        if at == early {
            say("away?");
            told()?;
        }
        let place = &places[step.label.place];
        match step.deed {
            Deed::Send => {
                let message = client.send_message(place, step.text())?;
                sent.insert(step.label, message.id());
            }
            Deed::Edit => {
                client.edit_message(place, sent[&step.label], step.text())?;
            }
            Deed::Delete => {
                client.delete_messages(place, &[sent[&step.label]], true)?;
            }
        }
    }
    client.sign_out()?;
    say("done");
    Ok(())
}

/// Makes the chats of the plan.
fn found(client: &Client) -> Result<[PeerRef; 4]> {
    let (group, _) = client.create_group("A group", [WHOM])?;
    let supergroup = client.create_channel(NewChat::supergroup("A supergroup"))?;
    let channel = client.create_channel(NewChat::channel("A channel"))?;
    for chat in [&supergroup, &channel] {
        client.invite_users(chat, [WHOM])?;
    }
    Ok([
        WHOM.into(),
        (&group).into(),
        (&supergroup).into(),
        (&channel).into(),
    ])
}
