//! What is said to a bot, and what it has to answer.
use serde_json::{Value, json};

use super::{Result, say};

/// One thing that is done to the bot.
pub(crate) enum Line {
    /// This is written, and that comes back.
    Say(&'static str, &'static str),
    /// The button of the last message with these data is pressed, and this is told.
    Press(&'static str, &'static str),
}

use Line::{Press, Say};

/// Each capability with what shows it.
pub(crate) const SCRIPT: [(&str, &[Line]); 4] = [
    (
        "a bot's commands",
        &[
            Say("/start", "Hello."),
            Say("/add 40 2", "42"),
            Say("/add 40", "Two numbers, please."),
            Say("a word", "You said: a word"),
        ],
    ),
    (
        "its buttons",
        &[
            Say("/choose", "Left or right?"),
            Press("left", "Left it is."),
            Press("right", "Right it is."),
        ],
    ),
    (
        "its states",
        &[
            Say("/form", "Your name?"),
            Say("Ann", "How old are you, Ann?"),
            Say("old", "A number, please."),
            Say("30", "Ann is 30."),
            Say("Ann", "You said: Ann"),
        ],
    ),
    (
        "its conversation",
        &[
            Say("/sum", "The first number?"),
            Say("20", "The second number?"),
            Say("22", "That makes 42."),
            Say("20", "You said: 20"),
        ],
    ),
];

/// For programs in other languages.
pub(crate) fn print() -> Result<()> {
    let parts = SCRIPT.iter().map(|(capability, lines)| {
        let lines = lines.iter().map(|line| match line {
            Say(text, answer) => json!({"say": text, "hear": answer}),
            Press(data, answer) => json!({"press": data, "hear": answer}),
        });
        json!({"capability": capability, "lines": lines.collect::<Vec<_>>()})
    });
    say(&Value::Array(parts.collect()).to_string());
    Ok(())
}
