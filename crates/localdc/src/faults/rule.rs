//! A rule: an effect, where it applies, and how often.
use ferogram_sync::tl::{Deserialize, Identifiable, Serialize, enums, name_of, types};

use super::direction::Direction;
use super::effect::{Effect, Stage};
use super::occasion::{Occasion, Subject};
use crate::api::method_id;

/// What goes wrong, where, and how often: each time and everywhere unless said otherwise.
///
/// ```
/// use localdc::{Effect, LocalDc, Rule};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let telegram = LocalDc::start()?;
/// let flood = Rule::new(Effect::flood_wait(0)).method("help.getNearestDc").times(2);
/// let flood = telegram.faults().add(flood);
///
/// let client = telegram.client_builder().connect()?;
/// client.invoke(&ferogram_sync::tl::functions::help::GetNearestDc {})?;
/// assert_eq!(telegram.faults().fired(flood), 2);
/// assert_eq!(telegram.executed("help.getNearestDc"), 1);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a rule does nothing before it is added"]
pub struct Rule {
    pub(super) effect: Effect,
    pub(super) dc: Option<i32>,
    pub(super) connection: Option<u64>,
    pub(super) direction: Direction,
    pub(super) target: Target,
    pub(super) after: u64,
    pub(super) every: u64,
    pub(super) times: u64,
    pub(super) chance: Option<(f64, u64)>,
}

/// What messages or calls a rule is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    All,
    Named(String),
    Id(u32),
    Updates,
    Update(u32),
}

impl Rule {
    /// This effect, everywhere and always.
    pub fn new(effect: Effect) -> Self {
        Self {
            effect,
            dc: None,
            connection: None,
            direction: Direction::Out,
            target: Target::All,
            after: 0,
            every: 1,
            times: u64::MAX,
            chance: None,
        }
    }

    /// Only in this data centre.
    pub fn dc(mut self, dc: i32) -> Self {
        self.dc = Some(dc);
        self
    }

    /// Only on this connection. They are counted from 1, over all data centres.
    pub fn connection(mut self, number: u64) -> Self {
        self.connection = Some(number);
        self
    }

    /// Of bytes, only of those that go this way. From the data centre to the client, if not told.
    pub fn direction(mut self, direction: Direction) -> Self {
        self.direction = direction;
        self
    }

    /// Only for calls of this method, or for their answers, by its name in the schema:
    /// `messages.sendMessage`.
    pub fn method(mut self, name: impl Into<String>) -> Self {
        self.target = Target::Named(name.into());
        self
    }

    /// Only for calls of the method of this constructor id, or for their answers.
    pub fn constructor(mut self, id: u32) -> Self {
        self.target = Target::Id(id);
        self
    }

    /// Of messages, only of those that the client did not ask for.
    pub fn updates(mut self) -> Self {
        self.target = Target::Updates;
        self
    }

    /// Of messages, only of those that the client did not ask for and that bring an update of this
    /// kind. Messages in short forms are of the kind `UpdateNewMessage`.
    ///
    /// ```
    /// use localdc::{Effect, LocalDc, NewChannel, Rule};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use ferogram_sync::tl::types::UpdateNewChannelMessage;
    ///
    /// let telegram = LocalDc::start()?;
    /// let bot = telegram.bot();
    /// let mut updates = bot.updates();
    /// let ann = telegram.user().get_me()?.id();
    /// let news = NewChannel::private("News").owner(ann);
    /// let news = telegram.add_channel(news.admin(bot.get_me()?.id(), Default::default()));
    /// telegram.post(news, ann, "one");
    /// // The next post is not sent: the client has to notice, and to ask for it.
    /// let withhold = Rule::new(Effect::Withhold).update::<UpdateNewChannelMessage>().times(1);
    /// let withhold = telegram.faults().add(withhold);
    /// telegram.post(news, ann, "two");
    /// assert_eq!(telegram.faults().fired(withhold), 1);
    /// telegram.post(news, ann, "three");
    /// let mut texts = Vec::new();
    /// for update in updates.iter() {
    ///     if let ferogram_sync::Update::NewMessage(message) = update {
    ///         texts.push(message.text().to_owned());
    ///     }
    ///     if texts.len() == 3 {
    ///         break;
    ///     }
    /// }
    /// assert_eq!(texts, ["one", "two", "three"]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn update<U: Identifiable>(self) -> Self
    where
        enums::Update: From<U>,
    {
        self.update_of(U::CONSTRUCTOR_ID)
    }

    /// The same for the update of this constructor id.
    pub fn update_of(mut self, id: u32) -> Self {
        self.target = Target::Update(id);
        self
    }

    /// Not at the first occasions, so many.
    pub fn after(mut self, occasions: u64) -> Self {
        self.after = occasions;
        self
    }

    /// Only at each so many-th occasion; 0 is like 1.
    pub fn every(mut self, nth: u64) -> Self {
        self.every = nth.max(1);
        self
    }

    /// At most so many times; after that the rule is over.
    pub fn times(mut self, most: u64) -> Self {
        self.times = most;
        self
    }

    /// Only with this probability, from 0 to 1. With the same seed the decisions for the first,
    /// second and further occasions are the same in each run.
    pub fn chance(mut self, probability: f64, seed: u64) -> Self {
        self.chance = Some((probability, seed));
        self
    }

    /// What goes wrong.
    #[must_use]
    pub fn effect(&self) -> &Effect {
        &self.effect
    }

    /// Why this rule could never apply.
    pub(super) fn problem(&self) -> Option<String> {
        let stage = self.effect.stage();
        let bytes = stage.has_directions();
        if self.direction == Direction::In && !bytes {
            return Some("only bytes have a direction: cut, stall, tear and corrupt".to_owned());
        }
        match &self.target {
            Target::All => {}
            Target::Updates | Target::Update(_) if stage == Stage::Method => {
                return Some("this effect is for calls, not for updates".to_owned());
            }
            Target::Named(_) | Target::Id(_) if !stage.knows_methods() => {
                return Some("this effect does not know methods".to_owned());
            }
            Target::Updates | Target::Update(_) if !stage.knows_updates() => {
                return Some("this effect does not know updates".to_owned());
            }
            Target::Update(id) if !name_of(*id).is_some_and(|it| it.starts_with("update")) => {
                return Some(format!("there is no update {id:08x}"));
            }
            Target::Named(name) if method_id(name).is_none() => {
                return Some(format!("the data centre has no method {name}"));
            }
            Target::Named(_) | Target::Id(_) | Target::Updates | Target::Update(_) => {}
        }
        match self.chance {
            Some((chance, _)) if !(0.0..=1.0).contains(&chance) => {
                Some(format!("{chance} is no probability"))
            }
            _ => None,
        }
    }

    /// Whether it is for things of this kind at this place.
    pub(super) fn fits(&self, occasion: &Occasion<'_>) -> bool {
        let place = occasion.place;
        let here = self.dc.is_none_or(|dc| dc == place.dc)
            && self
                .connection
                .is_none_or(|number| number == place.connection);
        here && match (&self.target, occasion.subject) {
            (_, Subject::Bytes(direction)) => direction == self.direction,
            (Target::All, _) => true,
            (Target::Named(name), Subject::Method(id)) => method_id(name) == Some(id),
            (Target::Id(wanted), Subject::Method(id)) => *wanted == id,
            (Target::Updates, Subject::Update(_)) => true,
            (Target::Update(id), Subject::Update(body)) => brings(body, *id),
            (Target::Named(_) | Target::Id(_) | Target::Updates | Target::Update(_), _) => false,
        }
    }
}

/// Whether some updates, serialised, have one of this kind among them.
fn brings(updates: &[u8], kind: u32) -> bool {
    use enums::Updates as U;
    let is_kind = |update: &enums::Update| {
        let bytes = update.to_bytes();
        bytes.first_chunk().map(|id| u32::from_le_bytes(*id)) == Some(kind)
    };
    match U::from_bytes(updates) {
        Ok(U::UpdateShortMessage(_) | U::UpdateShortChatMessage(_)) => {
            kind == types::UpdateNewMessage::CONSTRUCTOR_ID
        }
        Ok(U::UpdateShort(short)) => is_kind(&short.update),
        Ok(U::Combined(all)) => all.updates.iter().any(is_kind),
        Ok(U::Updates(all)) => all.updates.iter().any(is_kind),
        _ => false,
    }
}
