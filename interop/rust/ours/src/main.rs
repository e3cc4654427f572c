//! Our client on gotd's test server: every transport the server offers, and what it can be asked.
use std::fmt::Debug;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use ferogram_sync::tl::{enums, functions, types};
use ferogram_sync::{Client, ClientBuilder, Error, Tag, Transport, Update};
use serde_json::{Value, json};

type Outcome = Result<(), Box<dyn std::error::Error>>;

const HOME: i32 = 2;
const CAPABILITIES: [&str; 11] = [
    "key exchange",
    "calls",
    "updates",
    "2,000 happenings",
    "messages",
    "files",
    "errors",
    "flood wait",
    "migration",
    "other DC",
    "reconnect",
];
const PATIENCE: Duration = Duration::from_secs(20);

/// Calls one after the other that padded packets have to carry, and how long they may take in all.
const PADDED_CALLS: usize = 20;
const PADDED_PATIENCE: Duration = Duration::from_secs(5);

fn main() {
    let facts = std::env::var("INTEROP_FACTS").expect("interop/run says what to connect to");
    let facts: Value = serde_json::from_str(&facts).expect("and says it in JSON");
    for server in facts.as_array().expect("one for each transport") {
        Row::new(server).fill();
    }
}

/// A row of the table: one transport.
struct Row<'a> {
    server: &'a Value,
    name: String,
    transport: Transport,
}

impl<'a> Row<'a> {
    fn new(server: &'a Value) -> Self {
        let told = server["transport"].as_str().expect("it has a name");
        Self {
            server,
            name: format!("gotd 0.162.0 (Go, layer 229), {told}"),
            transport: match told {
                "abridged" => Transport::Abridged,
                "intermediate" => Transport::Intermediate,
                "padded" => Transport::PaddedIntermediate,
                "full" => Transport::Full,
                "abridged obfuscated" => Transport::Obfuscated(Tag::Abridged),
                "intermediate obfuscated" => Transport::Obfuscated(Tag::Intermediate),
                "padded obfuscated" => Transport::Obfuscated(Tag::PaddedIntermediate),
                other => panic!("no transport of ours is called {other}"),
            },
        }
    }

    fn builder(&self) -> ClientBuilder {
        let mut builder = Client::builder()
            .api_id(1)
            .api_hash("local")
            .in_memory()
            .first_dc(HOME)
            .transport(self.transport)
            .timeout(PATIENCE);
        for dc in self.server["dcs"].as_array().expect("addresses") {
            let port = dc["port"].as_u64().expect("a port") as u16;
            let id = dc["id"].as_i64().expect("a number") as i32;
            builder = builder.dc_addr(id, SocketAddr::from(([127, 0, 0, 1], port)));
        }
        for key in self.server["keys"].as_array().expect("keys") {
            builder = builder.rsa_key(key.as_str().expect("PEM"));
        }
        builder
    }

    fn tell(&self, capability: &str, outcome: Outcome) -> bool {
        let note = outcome.as_ref().err().map(ToString::to_string);
        let line = json!({
            "capability": capability,
            "row": self.name,
            "ok": outcome.is_ok(),
            "note": note.unwrap_or_default(),
        });
        println!("{}", order(&line));
        outcome.is_ok()
    }

    /// One packet can have a padding by chance that a peer takes off: a run of calls cannot.
    fn padded_calls(&self) -> Outcome {
        let mut answered = 0;
        self.answered(&mut answered).map_err(|why| {
            let of = format!("{answered} of {PADDED_CALLS} padded calls were answered in time");
            format!("{of}: {why}").into()
        })
    }

    fn answered(&self, answered: &mut usize) -> Outcome {
        let end = Instant::now() + PADDED_PATIENCE;
        let client = self.builder().timeout(PADDED_PATIENCE).connect()?;
        while *answered < PADDED_CALLS {
            this_dc(&client)?;
            if Instant::now() > end {
                return Err("the time is over".into());
            }
            *answered += 1;
        }
        Ok(())
    }

    /// The packets of the key exchange say their own length. Whether the call behind it is answered
    /// does not matter here: there is a key or there is none.
    fn padded_exchange(&self) -> Outcome {
        let client = self.builder().timeout(PADDED_PATIENCE).connect()?;
        let call = this_dc(&client);
        match client.export_session() {
            Ok(_) => Ok(()),
            Err(_) => Err(format!("there is no key: {call:?}").into()),
        }
    }

    fn fill(&self) {
        if self.name.contains("padded")
            && let Err(error) = self.padded_calls()
        {
            self.tell("key exchange", self.padded_exchange());
            for capability in &CAPABILITIES[1..] {
                self.tell(capability, Err(error.to_string().into()));
            }
            return;
        }
        let client = match self.builder().connect() {
            Ok(client) => client,
            Err(error) => {
                self.tell("key exchange", Err(error.into()));
                return;
            }
        };
        if !self.tell("key exchange", key_exchange(&client)) {
            return;
        }
        self.tell("calls", calls(&client));
        self.tell("updates", updates(&client));
        self.tell("2,000 happenings", happenings(&client));
        self.tell("messages", messages(&client));
        self.tell("files", files(&client));
        self.tell("errors", errors(&client));
        self.tell("flood wait", flood_wait(&client));
        self.tell("migration", self.migration());
        self.tell("other DC", other_dc(&client));
        self.tell("reconnect", reconnect(&client));
    }

    /// The bot's account is elsewhere: the client has to follow.
    fn migration(&self) -> Outcome {
        let client = self.builder().first_dc(3).connect()?;
        let me = client.bot_sign_in("1:token")?;
        same("the bot's id", me.id(), 1)?;
        same("the new home", this_dc(&client)?, HOME)
    }
}

/// The harness knows its lines by how they begin.
fn order(line: &Value) -> String {
    let rest: Vec<String> = ["row", "ok", "note"]
        .iter()
        .map(|key| format!("{}: {}", json!(key), line[key]))
        .collect();
    format!(
        "{{\"capability\": {}, {}}}",
        line["capability"],
        rest.join(", ")
    )
}

fn same<T: PartialEq + Debug>(what: &str, got: T, wanted: T) -> Outcome {
    match got == wanted {
        true => Ok(()),
        false => Err(format!("{what} is {got:?}, not {wanted:?}").into()),
    }
}

fn this_dc(client: &Client) -> Result<i32, Error> {
    match client.invoke(&functions::help::GetConfig {})? {
        enums::Config::Config(config) => Ok(config.this_dc),
        _ => Ok(0),
    }
}

/// Asks what the server takes as an order: see the server's program.
fn ask(client: &Client, order: &str) -> Result<i64, Error> {
    let found = client.invoke(&functions::contacts::ResolveUsername {
        username: order.to_owned(),
        ..Default::default()
    })?;
    Ok(number(&found))
}

/// Whom a name belongs to: the number of the data centre that answers.
fn number(found: &enums::contacts::ResolvedPeer) -> i64 {
    match found {
        enums::contacts::ResolvedPeer::Peer(found) => match &found.peer {
            enums::Peer::User(user) => user.user_id,
            _ => 0,
        },
        _ => 0,
    }
}

fn key_exchange(client: &Client) -> Outcome {
    same("the data centre", this_dc(client)?, HOME)
}

/// Small and large, one after the other and many at once, plain and compressed.
fn calls(client: &Client) -> Outcome {
    same("an answer", ask(client, "anybody")?, HOME.into())?;
    same("a compressed answer", ask(client, "packed")?, HOME.into())?;
    let request = functions::help::GetNearestDc {};
    let many: Vec<_> = (0..200).map(|_| client.submit(&request)).collect();
    for pending in many {
        match pending.wait()? {
            enums::NearestDc::Dc(near) => same("the nearest", near.nearest_dc, HOME)?,
            other => return Err(format!("the answer is {other:?}").into()),
        }
    }
    Ok(())
}

/// Updates are an account's: somebody has to be signed in.
fn updates(client: &Client) -> Outcome {
    client.bot_sign_in("1:token")?;
    let mut stream = client.updates();
    ask(client, "push_one")?;
    let end = Instant::now() + PATIENCE;
    loop {
        let left = end.saturating_duration_since(Instant::now());
        let update = stream
            .next_timeout(left)
            .map_err(|why| format!("no update: {why:?}"))?;
        if let Update::Typing(typing) = update {
            return same("who types", typing.sender_id(), 77);
        }
    }
}

/// Two thousand steps that count, of which the server pushes some and tells others only to who asks:
/// each comes once, new messages, changes and deletions in their order. The connection is not cut
/// among them: a word that is still under way on the old one would have gotd's server answer there.
fn happenings(client: &Client) -> Outcome {
    const STEPS: i32 = 2_000;
    client.bot_sign_in("1:token")?;
    let mut stream = client.updates();
    for _ in 0..10 {
        ask(client, "happen_200")?;
    }
    let mut heard: [Vec<i32>; 3] = Default::default();
    let end = Instant::now() + PATIENCE;
    while heard.iter().map(Vec::len).sum::<usize>() < STEPS as usize {
        let left = end.saturating_duration_since(Instant::now());
        let update = stream.next_timeout(left).map_err(|why| {
            let counts = heard.each_ref().map(Vec::len);
            format!("after {counts:?} new, changed and deleted: {why:?}")
        })?;
        match update {
            Update::NewMessage(it) => heard[0].push(it.text().parse()?),
            Update::MessageEdited(it) => heard[1].push(it.text().parse()?),
            Update::MessagesDeleted(it) => heard[2].extend(it.message_ids().iter().map(|id| id + 1)),
            Update::Lost(lost) => return Err(format!("{lost:?}").into()),
            _ => {}
        }
    }
    let is_deletion = |n: &i32| n % 7 == 0;
    let is_change = |n: &i32| n % 7 != 0 && n % 5 == 0;
    let [new, changed, deleted] = heard;
    let all = 1..=STEPS;
    same("deletions", deleted, all.clone().filter(is_deletion).collect())?;
    same("changes", changed, all.clone().filter(is_change).collect())?;
    let others = all.filter(|n| !is_deletion(n) && !is_change(n));
    same("new messages", new, others.collect())
}

/// To somebody else, and read from the history.
fn messages(client: &Client) -> Outcome {
    let peer: enums::InputPeer = types::InputPeerUser {
        user_id: 500,
        access_hash: 0,
    }
    .into();
    client.invoke(&functions::messages::SendMessage {
        peer: peer.clone(),
        message: "good morning".to_owned(),
        random_id: 42,
        ..Default::default()
    })?;
    let history = client.invoke(&functions::messages::GetHistory {
        peer,
        limit: 10,
        ..Default::default()
    })?;
    let enums::messages::Messages::Messages(page) = history else {
        return Err("the history is a page".into());
    };
    let texts: Vec<&str> = page
        .messages
        .iter()
        .filter_map(|message| match message {
            enums::Message::Message(message) => Some(message.message.as_str()),
            _ => None,
        })
        .collect();
    same("the history", texts, vec!["good morning"])
}

/// Two parts of half a megabyte: packets of this size have the long form of every framing.
fn files(client: &Client) -> Outcome {
    const PART: usize = 512 * 1024;
    let part = |seed: usize| {
        (0..PART)
            .map(|i| ((i * 7 + seed) % 251) as u8)
            .collect::<Vec<u8>>()
    };
    for number in 0..2 {
        let saved = client.invoke(&functions::upload::SaveFilePart {
            file_id: 99,
            file_part: number as i32,
            bytes: part(number),
        })?;
        same("a part is saved", saved, true)?;
    }
    for number in 0..2 {
        // The server keeps what is uploaded under the place 10_99.
        let got = client.invoke(&functions::upload::GetFile {
            location: types::InputFileLocation {
                volume_id: 99,
                local_id: 10,
                ..Default::default()
            }
            .into(),
            offset: (number * PART) as i64,
            limit: PART as i32,
            ..Default::default()
        })?;
        let enums::upload::File::File(file) = got else {
            return Err("the file is elsewhere".into());
        };
        same("the part is what it was", file.bytes == part(number), true)?;
    }
    Ok(())
}

fn errors(client: &Client) -> Outcome {
    let refused = ask(client, "refuse").err();
    let name = "USERNAME_NOT_OCCUPIED";
    same("the refusal", refused.is_some_and(|it| it.is(name)), true)?;
    // No service of the server knows this method.
    let unknown = client.invoke(&functions::help::GetSupport {});
    match unknown {
        Err(Error::Rpc(_)) => same("an answer", ask(client, "anybody")?, HOME.into()),
        other => Err(format!("an unknown method gave {other:?}").into()),
    }
}

fn flood_wait(client: &Client) -> Outcome {
    let begun = Instant::now();
    same("the answer", ask(client, "flood_one")?, HOME.into())?;
    let waited = begun.elapsed();
    same("whether it waited", waited >= Duration::from_secs(1), true)
}

/// A call to another data centre, to which the login is carried.
fn other_dc(client: &Client) -> Outcome {
    client.bot_sign_in("1:token")?;
    let request = functions::contacts::ResolveUsername {
        username: "anybody".to_owned(),
        ..Default::default()
    };
    same("who answers", number(&client.invoke_on_dc(3, &request)?), 3)
}

/// The server closes the connection instead of answering: the call is asked again and answered.
fn reconnect(client: &Client) -> Outcome {
    same("the answer", ask(client, "cut_one")?, HOME.into())?;
    same("a later answer", ask(client, "anybody")?, HOME.into())
}
