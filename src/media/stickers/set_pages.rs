//! Long lists of sticker sets.
use std::fmt;

use super::sets::listed;
use super::sticker_kind::StickerKind;
use super::sticker_set::StickerSet;
use crate::client::{Call, Client, List, PAGE, Pages, Pending};
use crate::error::Result;
use crate::tl::enums::messages::{ArchivedStickers, MyStickers};
use crate::tl::functions::messages::{GetArchivedStickers, GetMyStickers};
use crate::tl::{Deserialize, RemoteCall, enums};

/// Sticker sets that the account has put away, or has made, the newest first. A set that comes
/// twice, because the list has changed meanwhile, is given once.
///
/// It ends after an error, and does not keep the client alive.
#[must_use = "it asks for nothing before it is read"]
pub struct StickerSetPages(Which);

enum Which {
    Archived(Pages<Sets<GetArchivedStickers>>),
    Own(Pages<Sets<GetMyStickers>>),
}

/// A list of sets that begins behind one of them.
struct Sets<R> {
    request: R,
    last: i64,
    seen: std::collections::HashSet<i64>,
    is_over: bool,
}

/// What asks for a page of such a list.
trait Paged: RemoteCall {
    fn behind(&self, offset_id: i64, limit: i32) -> Self;
    fn sets(answer: Self::Return) -> Vec<enums::StickerSetCovered>;
}

impl Paged for GetArchivedStickers {
    fn behind(&self, offset_id: i64, limit: i32) -> Self {
        Self {
            offset_id,
            limit,
            ..self.clone()
        }
    }

    fn sets(answer: ArchivedStickers) -> Vec<enums::StickerSetCovered> {
        let ArchivedStickers::Stickers(it) = answer;
        it.sets
    }
}

impl Paged for GetMyStickers {
    fn behind(&self, offset_id: i64, limit: i32) -> Self {
        Self { offset_id, limit }
    }

    fn sets(answer: MyStickers) -> Vec<enums::StickerSetCovered> {
        let MyStickers::Stickers(it) = answer;
        it.sets
    }
}

impl<R: Paged> List for Sets<R>
where
    R::Return: Deserialize,
{
    type Item = StickerSet;
    type Answer = R::Return;

    fn submit(&self, call: &Call, wanted: usize) -> Pending<R::Return> {
        let limit = i32::try_from(wanted.min(PAGE)).unwrap_or(i32::MAX);
        let request = self.request.behind(self.last, limit);
        call.client.submit_until(&request, call.deadline)
    }

    fn read(&mut self, _: &Call, answer: R::Return) -> Result<Vec<StickerSet>> {
        let mut sets = listed(R::sets(answer));
        let before = self.last;
        self.last = sets.last().map_or(before, StickerSet::id);
        sets.retain(|set| self.seen.insert(set.id()));
        self.is_over = sets.is_empty();
        Ok(sets)
    }

    fn is_over(&self) -> bool {
        self.is_over
    }
}

impl Client {
    /// The sticker sets that the account has put away.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let client = telegram.user();
    /// # let name = telegram.add_sticker_set("Animals", &["🐱", "🐶"]);
    /// use ferogram_sync::StickerKind;
    ///
    /// client.install_sticker_set(&name[..], true)?;
    /// let mut sets = client.archived_sticker_sets(StickerKind::Stickers);
    /// assert_eq!(sets.next().expect("there is one")?.short_name(), name);
    /// assert!(sets.next().is_none());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// They come out of the iterator: as [`invoke`](Self::invoke), and
    /// [`Error::NotForBots`](crate::Error::NotForBots).
    ///
    /// # Blocking
    ///
    /// While a page is on its way, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getArchivedStickers>.
    pub fn archived_sticker_sets(&self, kind: StickerKind) -> StickerSetPages {
        let request = GetArchivedStickers {
            masks: kind == StickerKind::Masks,
            emojis: kind == StickerKind::Emoji,
            ..Default::default()
        };
        StickerSetPages(Which::Archived(Pages::new(self, Sets::of(request))))
    }

    /// The sticker sets that the account has made.
    ///
    /// # Errors
    ///
    /// As [`archived_sticker_sets`](Self::archived_sticker_sets).
    ///
    /// # Blocking
    ///
    /// While a page is on its way, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getMyStickers>.
    pub fn own_sticker_sets(&self) -> StickerSetPages {
        let request = GetMyStickers::default();
        StickerSetPages(Which::Own(Pages::new(self, Sets::of(request))))
    }
}

impl<R> Sets<R> {
    fn of(request: R) -> Self {
        Self {
            request,
            last: 0,
            seen: std::collections::HashSet::new(),
            is_over: false,
        }
    }
}

impl Iterator for StickerSetPages {
    type Item = Result<StickerSet>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            Which::Archived(pages) => pages.next(),
            Which::Own(pages) => pages.next(),
        }
    }
}

impl fmt::Debug for StickerSetPages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StickerSetPages").finish_non_exhaustive()
    }
}
