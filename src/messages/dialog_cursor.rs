//! Where in the list of dialogs a program has stopped.
use std::fmt;
use std::str::FromStr;

use crate::peers::{Offset, Spot};

/// Where in the list of dialogs a program has stopped, to
/// [go on](crate::Client::iter_dialogs_from) from later. As a text it can be kept.
///
/// ```
/// use ferogram_sync::DialogCursor;
///
/// let begin = DialogCursor::default();
/// assert_eq!(begin.to_string().parse(), Ok(begin));
/// assert!("elsewhere".parse::<DialogCursor>().is_err());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DialogCursor {
    pub(super) offset: Offset,
    /// Which dialog stood at the head when the reading began.
    pub(super) origin: Option<Spot>,
    /// Of the archive alone, or of all but that.
    pub(super) folder: Option<i32>,
}

/// The text is not what a [`DialogCursor`] has written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this text is no place in the list of dialogs")]
#[non_exhaustive]
pub struct NoDialogCursor;

impl fmt::Display for DialogCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1;{}", u8::from(self.offset.pinned_came))?;
        match self.folder {
            Some(folder) => write!(f, ";{folder}")?,
            None => f.write_str(";")?,
        }
        for spot in [self.offset.after, self.origin] {
            match spot {
                Some(it) => write!(f, ";{},{},{}", it.date, it.id, it.peer)?,
                None => f.write_str(";")?,
            }
        }
        Ok(())
    }
}

impl FromStr for DialogCursor {
    type Err = NoDialogCursor;

    fn from_str(text: &str) -> Result<Self, NoDialogCursor> {
        let fields: Vec<&str> = text.trim().split(';').collect();
        let &["1", pinned, folder, after, origin] = &fields[..] else {
            return Err(NoDialogCursor);
        };
        Ok(Self {
            offset: Offset {
                after: spot(after)?,
                pinned_came: match pinned {
                    "0" => false,
                    "1" => true,
                    _ => return Err(NoDialogCursor),
                },
            },
            origin: spot(origin)?,
            folder: match folder {
                "" => None,
                number => Some(number.parse().map_err(|_| NoDialogCursor)?),
            },
        })
    }
}

fn spot(text: &str) -> Result<Option<Spot>, NoDialogCursor> {
    let fields: Vec<&str> = text.split(',').collect();
    match fields[..] {
        [""] => Ok(None),
        [date, id, peer] => Ok(Some(Spot {
            date: date.parse().map_err(|_| NoDialogCursor)?,
            id: id.parse().map_err(|_| NoDialogCursor)?,
            peer: peer.parse().map_err(|_| NoDialogCursor)?,
        })),
        _ => Err(NoDialogCursor),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_again() {
        let spot = |peer| {
            let (date, id) = (1_700_000_000, 7);
            Some(Spot { date, id, peer })
        };
        for (after, origin, folder) in [
            (None, None, None),
            (spot(5), None, Some(1)),
            (spot(-1_000_000_000_001), spot(-5), Some(0)),
        ] {
            let cursor = DialogCursor {
                offset: Offset {
                    after,
                    pinned_came: after.is_some(),
                },
                origin,
                folder,
            };
            assert_eq!(cursor.to_string().parse(), Ok(cursor));
        }
        for text in [
            "",
            "1",
            "1;2;;;",
            "2;0;;;",
            "1;0;;1,2;",
            "1;0;;;1,2,x",
            "1;0;;;;",
        ] {
            assert_eq!(text.parse::<DialogCursor>(), Err(NoDialogCursor), "{text}");
        }
    }
}
