//! Filters by commands.
use crate::dispatch::{Argument, Context, Filter, Key, behind_the_command, command_word};

/// The command to this bot, `/name` or `/name@this_bot`, whatever stands behind it and in whatever
/// case of letters. One that names another bot is not meant.
///
/// See <https://core.telegram.org/api/bots/commands>.
pub fn command(name: impl Into<String>) -> Filter {
    commands([name])
}

/// One of several commands, as [`command`].
pub fn commands(names: impl IntoIterator<Item = impl Into<String>>) -> Filter {
    by_names("/", names.into_iter().map(Into::into).collect())
}

/// A command behind one of these signs, as `command_behind("!.", "ban")` for `!ban` and `.ban`.
pub fn command_behind(signs: &str, name: impl Into<String>) -> Filter {
    by_names(signs, vec![name.into()])
}

/// Any command to this bot that begins with `/`.
pub fn any_command() -> Filter {
    Filter::new(|cx| named(cx).is_some_and(|(sign, _)| sign == '/'))
}

/// Commands behind which this stands: `command("give") & args::<(i64, String)>()`. The handler is
/// given it as [`Args`](crate::Args). [`Argument`] says what can be read.
///
/// ```
/// use ferogram_sync::filters::{args, command};
/// use ferogram_sync::{Args, Dispatcher, Message};
///
/// fn give(message: Message, Args((id, what)): Args<(i64, String)>) -> ferogram_sync::Result<()> {
///     message.reply(format!("{what} for {id}"))?;
///     Ok(())
/// }
///
/// let usage = |message: Message| message.reply("/give ID WHAT");
/// let _dispatcher = Dispatcher::new()
///     .on_message(command("give") & args::<(i64, String)>(), give)
///     .on_message(command("give"), usage);
/// ```
pub fn args<T: Argument + 'static>() -> Filter {
    Filter::new(|cx| {
        let message = cx.message();
        message.is_some_and(|message| T::parse(behind_the_command(message.text())).is_ok())
    })
}

/// `/start` with what a link to the bot has brought, `t.me/bot?start=…`: a handler has it as
/// `Args<String>`.
///
/// See <https://core.telegram.org/api/links#bot-links>.
pub fn deep_link() -> Filter {
    deep_link_with("")
}

/// `/start` with what begins so, as `deep_link_with("ref_")`.
pub fn deep_link_with(begin: impl Into<String>) -> Filter {
    let begin = begin.into();
    let brings = Filter::new(move |cx| {
        let payload = cx.message().map(|it| behind_the_command(it.text()).trim());
        payload.is_some_and(|it| !it.is_empty() && it.starts_with(&begin))
    });
    command("start") & brings
}

fn by_names(signs: &str, names: Vec<String>) -> Filter {
    let signs: Vec<char> = signs.chars().collect();
    let keys: Vec<Key> = names
        .iter()
        .flat_map(|name| signs.iter().map(|sign| Key::command(*sign, name)))
        .collect();
    Filter::keyed(keys, move |cx| {
        named(cx).is_some_and(|(sign, name)| {
            signs.contains(&sign) && names.iter().any(|it| it.eq_ignore_ascii_case(name))
        })
    })
}

/// The command that a message begins with, unless another bot is meant.
fn named(cx: &Context) -> Option<(char, &str)> {
    let message = cx.message()?;
    let (sign, name, bot) = command_word(message.text())?;
    let is_ours = bot.is_none_or(|bot| {
        let names = cx.me().map(|me| me.usernames()).unwrap_or_default();
        names.iter().any(|own| own.eq_ignore_ascii_case(bot))
    });
    is_ours.then_some((sign, name))
}
