//! The local data centre as a program: prints what a client has to know, and serves until it is
//! stopped.
use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

use localdc::{Builder, LocalDc, NewBot, NewChannel, NewUser, Rule};

const USAGE: &str = "\
Some of Telegram's data centres on this machine, with a few accounts, for tests and bots.

usage: localdc [options]

  --dcs N               how many data centres there are (2)
  --ports P,P,…         their ports, in order (any free ones)
  --ipv6                listen on ::1 too
  --user PHONE[:NAME[:PASSWORD]]
                        add a person; the username is NAME in lower case, 4 letters
                        or more (may be repeated)
  --bot TOKEN[:NAME]    add a bot with a token like 1234:abcdef (may be repeated)
  --crowd NAME:COUNT    add a supergroup with so many members, the first person's own
  --password TEXT       persons added without a second password have this one
  --gzip BYTES          compress answers longer than this
  --no-duplicate-check  let one login be used over several connections at once
  --fault RULE          let something go wrong (may be repeated): an effect, then where and
                        how often, as in flood-wait=3,method=messages.sendMessage,every=10
                        effects: refuse cut=BYTES stall=BYTES tear=BYTES corrupt
                        change-salt forget-session lose delay=MS duplicate reorder
                        wrong-salt wrong-session flood-wait=SECONDS migrate=WHAT:DC
                        internal=CODE internal-after=CODE error=CODE:NAME drop-answer
                        where: method=NAME constructor=HEX updates dc=N connection=N in out
                        how often: after=N every=N times=N chance=P seed=N
  --log                 print every method that is called
  -h, --help            print this

Without --user and --bot there are two persons and a bot. The login code of a number 99966XYYYY is
the digit X five times; nobody can read the codes of other numbers, so use such ones.
";

/// What the arguments say.
#[derive(Default)]
struct Plan {
    builder: Option<Builder>,
    users: Vec<NewUser>,
    bots: Vec<NewBot>,
    crowds: Vec<(String, usize)>,
    password: Option<String>,
    help: bool,
}

fn main() -> ExitCode {
    let plan = match read(std::env::args().skip(1)) {
        Ok(plan) => plan,
        Err(text) => {
            eprintln!("localdc: {text}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    if plan.help {
        say(format_args!("{}", USAGE.trim_end()));
        return ExitCode::SUCCESS;
    }
    match start(plan) {
        Ok(running) => serve(&running),
        Err(error) => {
            eprintln!("localdc: cannot start: {error}");
            ExitCode::FAILURE
        }
    }
}

fn read(mut arguments: impl Iterator<Item = String>) -> Result<Plan, String> {
    let mut plan = Plan::default();
    let mut builder = LocalDc::builder();
    while let Some(argument) = arguments.next() {
        let mut value = || {
            let missing = || format!("{argument} wants a value");
            arguments.next().ok_or_else(missing)
        };
        builder = match &argument[..] {
            "--dcs" => builder.dcs(number(&value()?)?),
            "--ports" => {
                let ports: Result<Vec<u16>, String> = value()?.split(',').map(number).collect();
                builder.ports(ports?)
            }
            "--ipv6" => builder.ipv6(true),
            "--gzip" => builder.gzip_answers_above(number(&value()?)?),
            "--fault" => {
                let text = value()?;
                let rule = text.parse::<Rule>();
                builder.fault(rule.map_err(|error| format!("--fault {text}: {error}"))?)
            }
            "--no-duplicate-check" => builder.duplicate_key_check(false),
            "--log" => builder.on_call(|call| {
                let error = call.error.map(|(code, name)| format!(" -> {code} {name}"));
                say(format_args!(
                    "DC {} user {} {} ({} µs){}",
                    call.dc,
                    call.user.unwrap_or(0),
                    call.method,
                    call.took.as_micros(),
                    error.unwrap_or_default()
                ));
            }),
            other => {
                match other {
                    "--user" => plan.users.push(person(&value()?)?),
                    "--bot" => plan.bots.push(bot(&value()?)?),
                    "--crowd" => plan.crowds.push(crowd(&value()?)?),
                    "--password" => plan.password = Some(value()?),
                    "-h" | "--help" => plan.help = true,
                    _ => return Err(format!("unknown option {other}")),
                }
                builder
            }
        };
    }
    plan.builder = Some(builder);
    Ok(plan)
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.parse()
        .map_err(|_| format!("{text:?} is no number that fits here"))
}

/// `PHONE`, `PHONE:NAME` or `PHONE:NAME:PASSWORD`.
fn person(text: &str) -> Result<NewUser, String> {
    let mut parts = text.splitn(3, ':');
    let phone = parts.next().unwrap_or_default();
    let name = parts.next();
    let password = parts.next();
    if password == Some("") {
        return Err(format!(
            "{text:?} has an empty password: leave the colon out"
        ));
    }
    Ok(NewUser {
        phone: phone.to_owned(),
        first_name: name.unwrap_or("Somebody").to_owned(),
        username: name.map(str::to_lowercase),
        password: password.map(str::to_owned),
        dc: 1,
    })
}

/// `ID:SECRET` or `ID:SECRET:NAME`.
fn bot(text: &str) -> Result<NewBot, String> {
    let mut parts = text.splitn(3, ':');
    let (Some(id), Some(secret)) = (parts.next(), parts.next()) else {
        return Err(format!("{text:?} is no token: it has no colon"));
    };
    let name = parts.next().unwrap_or("Bot");
    Ok(NewBot {
        token: format!("{id}:{secret}"),
        username: format!("{}_{id}_bot", name.to_lowercase()),
        first_name: name.to_owned(),
        dc: 1,
    })
}

/// `NAME:COUNT`.
fn crowd(text: &str) -> Result<(String, usize), String> {
    let parts = text.split_once(':');
    let (name, count) = parts.ok_or_else(|| format!("{text:?} does not say how many"))?;
    Ok((name.to_owned(), number(count)?))
}

/// Makes a supergroup of very many, whose names begin with all letters.
fn gather(running: &LocalDc, owner: i64, (name, count): &(String, usize)) {
    let members = (0..*count).map(|number| {
        let letter = char::from(b'A' + u8::try_from(number % 26).unwrap_or(0));
        let user = NewUser::new(format!("88811{number:07}"), format!("{letter}. {number}"));
        running.add_user(user)
    });
    let crowd = NewChannel::new(name, name.to_lowercase()).megagroup();
    running.add_channel(crowd.owner(owner).members(members));
    say(format_args!("  @{}, {count} members", name.to_lowercase()));
}

fn start(mut plan: Plan) -> std::io::Result<LocalDc> {
    let builder = plan.builder.take().unwrap_or_else(LocalDc::builder);
    let running = builder.start()?;
    if plan.users.is_empty() && plan.bots.is_empty() {
        for (phone, name) in [("9996612345", "Alice"), ("9996612346", "Robert")] {
            let user = NewUser::new(phone, name).username(name.to_lowercase());
            plan.users.push(user);
        }
        plan.bots
            .push(bot("1000:local-echo-bot:Echo").expect("the token has a colon"));
    }
    say(format_args!("Data centres:"));
    for (dc, address) in running.addresses() {
        say(format_args!("  DC {dc}: {address}"));
    }
    say(format_args!(
        "\nPublic key (fingerprint {:016x}):\n{}",
        running.fingerprint(),
        running.public_key_pem()
    ));
    say(format_args!("Accounts:"));
    let mut first = 0;
    for mut user in plan.users {
        user.password = user.password.or_else(|| plan.password.clone());
        let (phone, name) = (user.phone.clone(), user.first_name.clone());
        let id = running
            .try_add_user(user)
            .map_err(|error| wrong(&format!("--user {phone}:{name}"), &error))?;
        first = if first == 0 { id } else { first };
        say(format_args!("  {name}, phone {phone}, id {id}"));
    }
    for bot in plan.bots {
        let (token, username) = (bot.token.clone(), bot.username.clone());
        let id = running
            .try_add_bot(bot)
            .map_err(|error| wrong(&format!("--bot {token}"), &error))?;
        say(format_args!("  @{username}, token {token}, id {id}"));
    }
    for crowd in &plan.crowds {
        gather(&running, first, crowd);
    }
    Ok(running)
}

/// An error with the option that it comes from.
fn wrong(option: &str, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{option}: {error}"))
}

/// Prints a line. Nobody has to read it: a data centre whose output is closed serves all the same.
fn say(line: fmt::Arguments<'_>) {
    writeln!(io::stdout(), "{line}").ok();
}

fn serve(_running: &LocalDc) -> ExitCode {
    say(format_args!("\nServing until this is stopped (Ctrl-C)."));
    loop {
        std::thread::park();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_has_a_phone_perhaps_a_name_perhaps_a_password() {
        let plain = person("9996612345").unwrap();
        assert_eq!((plain.username, plain.password), (None, None));
        let named = person("9996612345:Alice").unwrap();
        assert_eq!(named.username.as_deref(), Some("alice"));
        assert_eq!(named.password, None);
        let guarded = person("9996612346:Robert:a:colon").unwrap();
        assert_eq!(guarded.phone, "9996612346");
        assert_eq!(guarded.password.as_deref(), Some("a:colon"));
        assert!(person("9996612346:Robert:").is_err());
    }

    #[test]
    fn a_crowd_has_a_name_and_says_how_many_it_is() {
        assert_eq!(crowd("Club:12000"), Ok(("Club".to_owned(), 12_000)));
        assert!(crowd("Club").is_err() && crowd("Club:many").is_err());
    }
}
