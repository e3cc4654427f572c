//! ferogram on the local data centre.
use std::sync::Arc;

use ferogram::update::Update;
use ferogram::{Client, InMemoryBackend, SendCodeOutcome, SignInError, TransportKind, tl};
use interop_report::{Facts, Failure, attempt, expect};
use tokio::sync::mpsc::{self, UnboundedReceiver};

const TRANSPORTS: [(&str, TransportKind); 5] = [
    ("full", TransportKind::Full),
    ("abridged", TransportKind::Abridged),
    ("intermediate", TransportKind::Intermediate),
    ("obfuscated", TransportKind::Obfuscated { secret: None }),
    (
        "padded obfuscated",
        TransportKind::PaddedIntermediate { secret: None },
    ),
];

/// Padding that a peer cannot take off does not show in every packet: one call may pass by luck.
const CALLS: usize = 20;

async fn connected(facts: &Facts, transport: TransportKind) -> Result<Client, Failure> {
    let (id, address) = facts.dcs()[0];
    let (client, _) = Client::builder()
        .api_id(1)
        .api_hash("local")
        .session_backend(Arc::new(InMemoryBackend::new()))
        .dc_addr(address.to_string())
        .dc_id_override(id)
        .transport(transport)
        .connect()
        .await?;
    Ok(client)
}

async fn config(facts: &Facts, client: &Client) -> Result<String, Failure> {
    for _ in 0..CALLS {
        let tl::enums::Config::Config(config) =
            client.invoke(&tl::functions::help::GetConfig {}).await?;
        expect("this_dc", config.this_dc, facts.dcs()[0].0)?;
    }
    Ok(String::new())
}

async fn sign_in(facts: &Facts, client: &Client, who: &str) -> Result<String, Failure> {
    let SendCodeOutcome::CodeRequired(token) =
        client.request_login_code(facts.text(who, "phone")).await?
    else {
        return Err("no code is asked for".into());
    };
    let mut asked = false;
    match client.sign_in(&token, facts.text(who, "code")).await {
        Err(SignInError::PasswordRequired(token)) => {
            asked = true;
            client
                .check_password(*token, facts.text(who, "password"))
                .await?;
        }
        other => drop(other?),
    }
    expect("whether a password is asked for", asked, facts.guards(who))?;
    expect(
        "whose login it is",
        client.get_me().await?.id,
        facts.id(who),
    )
}

/// From now on what is said to a client is given out, after `answer` was sent for it.
fn listen(client: &Client, answer: fn(&str) -> Option<String>) -> UnboundedReceiver<String> {
    let mut updates = client.stream_updates();
    let (heard, hearing) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Some(update) = updates.next().await {
            if let Update::NewMessage(message) = update
                && !message.outgoing()
            {
                let text = message.text().unwrap_or_default();
                let _ = heard.send(text.to_owned());
                if let Some(text) = answer(text)
                    && let Err(error) = message.respond(text).await
                {
                    eprintln!("answering: {error}");
                }
            }
        }
    });
    hearing
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let facts = Facts::given();
    let reached = attempt("key exchange", async {
        let client = connected(&facts, TransportKind::Full).await?;
        config(&facts, &client).await
    });
    if !reached.await {
        return Ok(());
    }
    attempt("transports", async {
        for (name, transport) in TRANSPORTS {
            let tried = async { config(&facts, &connected(&facts, transport).await?).await };
            tried
                .await
                .map_err(|failure| format!("{name}: {failure}"))?;
        }
        Ok(TRANSPORTS.map(|(name, _)| name).join(", "))
    })
    .await;

    let bot = connected(&facts, TransportKind::Full).await?;
    let alice = connected(&facts, TransportKind::Full).await?;
    let robert = connected(&facts, TransportKind::Full).await?;
    attempt("bot login", async {
        bot.bot_sign_in(facts.text("bot", "token")).await?;
        Ok(String::new())
    })
    .await;
    attempt("code login", sign_in(&facts, &alice, "user")).await;
    attempt("password login", sign_in(&facts, &robert, "guarded")).await;
    attempt("get_me", async {
        let name = bot.get_me().await?.username;
        expect(
            "the bot's name",
            name.as_deref(),
            Some(facts.text("bot", "username")),
        )?;
        expect("the user's id", alice.get_me().await?.id, facts.id("user"))
    })
    .await;

    let mut heard = listen(&bot, |text| Some(format!("you said {text}")));
    let mut answers = listen(&alice, |_| None);
    let friend = facts.text("bot", "username");
    attempt("send", async {
        let message = alice.send_message(friend, "good morning").await?;
        expect("the text", message.text(), Some("good morning"))
    })
    .await;
    attempt("receive", async {
        expect(
            "what the bot hears",
            heard.recv().await.as_deref(),
            Some("good morning"),
        )?;
        let answer = answers.recv().await;
        expect(
            "what the user hears",
            answer.as_deref(),
            Some("you said good morning"),
        )
    })
    .await;
    attempt("history", async {
        let mut messages = alice.iter_messages(friend);
        for wanted in ["you said good morning", "good morning"] {
            let message = messages
                .next(&alice)
                .await?
                .ok_or("the history ends early")?;
            expect("the history", message.text(), Some(wanted))?;
        }
        Ok(String::new())
    })
    .await;
    attempt("log out", async {
        for one in [&alice, &robert, &bot] {
            expect("logging out", one.sign_out().await?, true)?;
        }
        Ok(String::new())
    })
    .await;
    Ok(())
}
