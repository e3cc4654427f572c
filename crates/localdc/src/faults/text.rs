//! Rules as text: for command lines.
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::direction::Direction;
use super::effect::Effect;
use super::rule::Rule;

/// Why a text is no rule.
///
/// `Debug` shows the same sentence as `Display`.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct RuleError(String);

impl fmt::Debug for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// An effect, then what narrows it down, all separated by commas.
///
/// The effects are `refuse`, `cut=BYTES`, `stall=BYTES`, `tear=BYTES`, `corrupt`, `change-salt`,
/// `forget-session`, `lose`, `delay=MILLISECONDS`, `duplicate`, `reorder`, `wrong-salt`,
/// `wrong-session`, `withhold`, `repeat`, `flood-wait=SECONDS`, `migrate=WHAT:DC`, `internal=CODE`,
/// `internal-after=CODE` (the method runs), `error=CODE:NAME` and `drop-answer`. What follows may
/// be `method=NAME`, `constructor=HEX`, `updates`, `update=HEX`, `dc=N`, `connection=N`, `in`, `out`, `after=N`,
/// `every=N`, `times=N`, `chance=P` and `seed=N`.
///
/// ```
/// use localdc::{Effect, Rule};
///
/// let rule: Rule = "flood-wait=3,method=messages.sendMessage,every=10".parse()?;
/// let same = Rule::new(Effect::flood_wait(3)).method("messages.sendMessage").every(10);
/// assert_eq!(rule, same);
/// # Ok::<_, localdc::RuleError>(())
/// ```
impl FromStr for Rule {
    type Err = RuleError;

    fn from_str(text: &str) -> Result<Self, RuleError> {
        let mut parts = text.split(',').map(|part| match part.split_once('=') {
            Some((name, value)) => (name.trim(), Some(value.trim())),
            None => (part.trim(), None),
        });
        let (name, value) = parts.next().unwrap_or_default();
        let mut rule = Self::new(effect(name, value)?);
        let (mut chance, mut seed) = (None, 0);
        for (name, value) in parts {
            rule = match name {
                "method" => rule.method(text_of(name, value)?),
                "constructor" => rule.constructor(hex(text_of(name, value)?)?),
                "updates" => rule.updates(),
                "update" => rule.update_of(hex(text_of(name, value)?)?),
                "dc" => rule.dc(number(name, value)?),
                "connection" => rule.connection(number(name, value)?),
                "in" => rule.direction(Direction::In),
                "out" => rule.direction(Direction::Out),
                "after" => rule.after(number(name, value)?),
                "every" => rule.every(number(name, value)?),
                "times" => rule.times(number(name, value)?),
                "chance" => {
                    chance = Some(number(name, value)?);
                    rule
                }
                "seed" => {
                    seed = number(name, value)?;
                    rule
                }
                other => return Err(RuleError(format!("a rule cannot say {other:?}"))),
            };
        }
        if let Some(chance) = chance {
            rule = rule.chance(chance, seed);
        }
        match rule.problem() {
            None => Ok(rule),
            Some(problem) => Err(RuleError(problem)),
        }
    }
}

fn effect(name: &str, value: Option<&str>) -> Result<Effect, RuleError> {
    Ok(match name {
        "refuse" => Effect::Refuse,
        "cut" => Effect::Cut {
            after: number(name, value)?,
        },
        "stall" => Effect::Stall {
            after: number(name, value)?,
        },
        "tear" => Effect::Tear {
            after: number(name, value)?,
        },
        "corrupt" => Effect::Corrupt,
        "change-salt" => Effect::ChangeSalt,
        "forget-session" => Effect::ForgetSession,
        "lose" => Effect::Lose,
        "delay" => Effect::Delay(Duration::from_millis(number(name, value)?)),
        "duplicate" => Effect::Duplicate,
        "reorder" => Effect::Reorder,
        "wrong-salt" => Effect::WrongSalt,
        "wrong-session" => Effect::WrongSession,
        "flood-wait" => Effect::flood_wait(number(name, value)?),
        "migrate" => {
            let (what, dc) = pair(name, value)?;
            Effect::migrate(what, number(name, Some(dc))?)
        }
        "internal" => Effect::internal(number(name, value)?, false),
        "internal-after" => Effect::internal(number(name, value)?, true),
        "error" => {
            let (code, error) = pair(name, value)?;
            Effect::error(number(name, Some(code))?, error)
        }
        "withhold" => Effect::Withhold,
        "repeat" => Effect::Repeat,
        "drop-answer" => Effect::DropAnswer,
        other => return Err(RuleError(format!("there is no effect {other:?}"))),
    })
}

fn hex(text: &str) -> Result<u32, RuleError> {
    let digits = text.trim_start_matches("0x");
    let id = u32::from_str_radix(digits, 16);
    id.map_err(|_| RuleError(format!("{digits} is no hex id")))
}

fn text_of<'a>(name: &str, value: Option<&'a str>) -> Result<&'a str, RuleError> {
    value.ok_or_else(|| RuleError(format!("{name} wants a value: {name}=…")))
}

fn number<T: FromStr>(name: &str, value: Option<&str>) -> Result<T, RuleError> {
    let text = text_of(name, value)?;
    text.parse()
        .map_err(|_| RuleError(format!("{name}: {text:?} is no number that fits here")))
}

fn pair<'a>(name: &str, value: Option<&'a str>) -> Result<(&'a str, &'a str), RuleError> {
    let text = text_of(name, value)?;
    text.split_once(':')
        .ok_or_else(|| RuleError(format!("{name} wants two values with a colon between them")))
}

#[cfg(test)]
mod tests {
    use ferogram_sync::tl::types;

    use super::*;

    #[test]
    fn every_word_is_understood() {
        let new = Rule::new;
        for (text, rule) in [
            ("refuse,connection=3", new(Effect::Refuse).connection(3)),
            (
                "cut=10, in, times=1",
                new(Effect::Cut { after: 10 })
                    .direction(Direction::In)
                    .times(1),
            ),
            ("stall=0,dc=2", new(Effect::Stall { after: 0 }).dc(2)),
            ("tear=7,out", new(Effect::Tear { after: 7 })),
            ("corrupt,after=5", new(Effect::Corrupt).after(5)),
            ("change-salt", new(Effect::ChangeSalt)),
            ("forget-session", new(Effect::ForgetSession)),
            ("lose,updates", new(Effect::Lose).updates()),
            ("delay=20", new(Effect::Delay(Duration::from_millis(20)))),
            ("duplicate", new(Effect::Duplicate)),
            ("reorder", new(Effect::Reorder)),
            ("repeat,updates", new(Effect::Repeat).updates()),
            (
                "withhold,update=1f2b0afd",
                new(Effect::Withhold).update::<types::UpdateNewMessage>(),
            ),
            ("wrong-salt", new(Effect::WrongSalt)),
            (
                "wrong-session,seed=9,chance=0.5",
                new(Effect::WrongSession).chance(0.5, 9),
            ),
            ("migrate=USER:2", new(Effect::error(303, "USER_MIGRATE_2"))),
            (
                "internal=-503,constructor=0x1fb33026",
                new(Effect::error(-503, "Timeout")).constructor(0x1fb3_3026),
            ),
            ("internal-after=500", new(Effect::internal(500, true))),
            (
                "error=400:NO,every=2",
                new(Effect::error(400, "NO")).every(2),
            ),
            (
                "drop-answer,method=help.getConfig",
                new(Effect::DropAnswer).method("help.getConfig"),
            ),
        ] {
            assert_eq!(text.parse(), Ok(rule), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (text, said) in [
            ("", "no effect"),
            ("explode", "explode"),
            ("cut", "cut wants a value"),
            ("cut=x", "\"x\""),
            ("migrate=2", "colon"),
            ("lose,often", "often"),
            ("lose,in", "direction"),
            ("lose,chance=2", "2 is no probability"),
            ("refuse,updates", "does not know updates"),
            ("drop-answer,updates", "for calls"),
            ("drop-answer,method=no.such", "no.such"),
            ("withhold,method=help.getConfig", "does not know methods"),
            ("lose,update=c4f9186b", "no update c4f9186b"),
            ("duplicate,constructor=xyz", "xyz"),
        ] {
            let error = text.parse::<Rule>().expect_err(text).to_string();
            assert!(error.contains(said), "{text}: {error}");
        }
    }
}
