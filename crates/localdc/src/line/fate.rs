//! What becomes of messages that are about to be sealed, when faults are set.
use std::time::Duration;

use super::item::{Item, Letter};
use crate::faults::{Book, Effect, Fired, Occasion, Place, Stage, Subject};
use crate::wire::{Lead, is_notice};

/// Messages of one batch after their fates are drawn.
#[derive(Default)]
pub(super) struct Fates {
    /// To be sent now.
    pub(super) now: Vec<Item>,
    /// To be sent after something else, or after a moment.
    pub(super) held: Vec<Letter>,
    /// To be sent after a while.
    pub(super) later: Vec<(Duration, Letter)>,
}

impl Fates {
    /// Draws the fate of each message; what is no message goes as it is.
    pub(super) fn draw(book: &Book, place: Place, items: Vec<Item>) -> Self {
        let mut fates = Self::default();
        for item in items {
            match item {
                Item::Letter(letter) if !letter.is_judged => {
                    let subject = subject(&letter);
                    let fired = book.draw(Stage::Message, &Occasion { place, subject });
                    let passed = fired.is_none();
                    fates.meet(letter, fired);
                    if passed {
                        fates.release();
                    }
                }
                other => fates.now.push(other),
            }
        }
        fates
    }

    fn meet(&mut self, mut letter: Letter, fired: Option<Fired>) {
        letter.is_judged = true;
        let Some(Fired { effect, dice }) = fired else {
            return self.now.push(Item::Letter(letter));
        };
        match effect {
            Effect::Lose => {}
            Effect::Delay(duration) => self.later.push((duration, letter)),
            Effect::Duplicate => {
                let mut again = letter.clone();
                again.again = true;
                self.now.push(Item::Letter(letter));
                self.now.push(Item::Letter(again));
            }
            Effect::Reorder => self.held.push(letter),
            Effect::WrongSalt => {
                letter.salt ^= dice.cast_signed() | 1;
                self.now.push(Item::Letter(letter));
            }
            Effect::WrongSession => {
                letter.session_id ^= dice.cast_signed() | 1;
                self.now.push(Item::Letter(letter));
            }
            // Of other stages.
            _ => self.now.push(Item::Letter(letter)),
        }
    }

    /// Another message has gone: those that had to change places with it follow.
    fn release(&mut self) {
        self.now.extend(self.held.drain(..).map(Item::Letter));
    }
}

fn subject(letter: &Letter) -> Subject<'_> {
    let message = &letter.message;
    match message.lead {
        Lead::Result(_) => Subject::Method(message.method),
        Lead::Whole if is_notice(message.msg_id) => Subject::Update(&message.body),
        Lead::Whole => Subject::Other,
    }
}
