//! grammers on the local data centre. With `files` it sends files and fetches ours.
mod files;

use std::net::{Ipv6Addr, SocketAddr, SocketAddrV6};
use std::sync::Arc;

use grammers_client::client::UpdateStream;
use grammers_client::update::Update;
use grammers_client::{Client, SignInError, tl};
use grammers_mtsender::{SenderPool, UpdatesConfiguration};
use grammers_session::types::DcOption;
use grammers_session::{SessionData, storages::MemorySession};
use interop_report::{FOR_FILES, Facts, Failure, attempt, attempt_within, expect};
use tokio::sync::mpsc::{self, UnboundedReceiver};

const API_ID: i32 = 1;
const API_HASH: &str = "local";

/// Somebody who is connected; the pool with the connections runs beside.
struct Person {
    client: Client,
    updates: Option<UpdateStream>,
}

impl Person {
    async fn new(facts: &Facts) -> Result<Self, Failure> {
        let mut session = SessionData::default();
        let dcs = facts.dcs();
        session.home_dc = dcs[0].0;
        for (id, address) in dcs {
            let SocketAddr::V4(ipv4) = address else {
                return Err(format!("{address} is not of IPv4").into());
            };
            let ipv6 = SocketAddrV6::new(Ipv6Addr::LOCALHOST, ipv4.port(), 0, 0);
            let option = DcOption {
                id,
                ipv4,
                ipv6,
                auth_key: None,
            };
            session.dc_options.insert(id, option);
        }
        let session = Arc::new(MemorySession::from(session));
        let pool = SenderPool::new(session, API_ID);
        let client = Client::new(pool.handle.clone());
        tokio::spawn(pool.runner.run());
        let configuration = UpdatesConfiguration { catch_up: false };
        let updates = Some(client.stream_updates(pool.updates, configuration).await?);
        Ok(Self { client, updates })
    }

    async fn sign_in(&self, facts: &Facts, who: &str) -> Result<String, Failure> {
        let phone = facts.text(who, "phone");
        let token = self.client.request_login_code(phone, API_HASH).await?;
        let mut asked = false;
        match self.client.sign_in(&token, facts.text(who, "code")).await {
            Err(SignInError::PasswordRequired(token)) => {
                asked = true;
                let password = facts.text(who, "password");
                self.client.check_password(token, password).await?;
            }
            other => drop(other?),
        }
        expect("whether a password is asked for", asked, facts.guards(who))?;
        let id = self.client.get_me().await?.id().bare_id();
        expect("whose login it is", id, Some(facts.id(who)))
    }

    /// From now on what is said to this person is given out, after `answer` was sent for it.
    fn listen(&mut self, answer: fn(&str) -> Option<String>) -> UnboundedReceiver<String> {
        let mut updates = self.updates.take().expect("it listens once");
        let client = self.client.clone();
        let (heard, hearing) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            loop {
                match updates.next().await {
                    Ok(Update::NewMessage(message)) if !message.outgoing() => {
                        let _ = heard.send(message.text().to_owned());
                        let peer = message.peer_ref().await.expect("a session in memory");
                        if let (Some(text), Some(peer)) = (answer(message.text()), peer)
                            && let Err(error) = client.send_message(peer, text).await
                        {
                            eprintln!("answering: {error}");
                        }
                    }
                    Ok(_) => {}
                    Err(error) => return eprintln!("listening: {error}"),
                }
            }
        });
        hearing
    }
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let facts = Facts::given();
    if std::env::args().nth(1).as_deref() == Some("files") {
        let user = Person::new(&facts).await?;
        user.sign_in(&facts, "user").await?;
        attempt_within(
            FOR_FILES,
            "files both ways",
            files::both_ways(&facts, &user.client),
        )
        .await;
        user.client.sign_out().await?;
        return Ok(());
    }
    let mut alice = Person::new(&facts).await?;
    let reached = attempt("key exchange", async {
        let tl::enums::Config::Config(config) = alice
            .client
            .invoke(&tl::functions::help::GetConfig {})
            .await?;
        expect("this_dc", config.this_dc, facts.dcs()[0].0)
    });
    if !reached.await {
        return Ok(());
    }
    // It has no other, and the exchange went over it.
    attempt("transports", async { Ok("full".to_owned()) }).await;

    let (mut bot, robert) = (Person::new(&facts).await?, Person::new(&facts).await?);
    attempt("bot login", async {
        bot.client
            .bot_sign_in(facts.text("bot", "token"), API_HASH)
            .await?;
        Ok(String::new())
    })
    .await;
    attempt("code login", alice.sign_in(&facts, "user")).await;
    attempt("password login", robert.sign_in(&facts, "guarded")).await;

    attempt("get_me", async {
        let name = bot.client.get_me().await?.username().map(str::to_owned);
        expect(
            "the bot's name",
            name.as_deref(),
            Some(facts.text("bot", "username")),
        )?;
        let id = alice.client.get_me().await?.id().bare_id();
        expect("the user's id", id, Some(facts.id("user")))
    })
    .await;

    let mut heard = bot.listen(|text| Some(format!("you said {text}")));
    let mut answers = alice.listen(|_| None);
    let friend = async {
        let name = facts.text("bot", "username");
        let found = alice
            .client
            .resolve_username(name)
            .await?
            .ok_or("there is no such name")?;
        Ok::<_, Failure>(found.to_ref().await?.ok_or("it cannot be addressed")?)
    };
    let friend = friend.await?;
    attempt("send", async {
        let message = alice.client.send_message(friend, "good morning").await?;
        expect("the text", message.text(), "good morning")
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
        let mut messages = alice.client.iter_messages(friend);
        for wanted in ["you said good morning", "good morning"] {
            let message = messages.next().await?.ok_or("the history ends early")?;
            expect("the history", message.text(), wanted)?;
        }
        Ok(String::new())
    })
    .await;
    attempt("log out", async {
        for one in [&alice, &robert, &bot] {
            one.client.sign_out().await?;
            expect("being signed in", one.client.is_authorized().await?, false)?;
        }
        Ok(String::new())
    })
    .await;
    Ok(())
}
