//! Pages of long lists (<https://core.telegram.org/api/offsets>).

/// Items of a list that one call may ask for.
pub(crate) const PAGE: i32 = 100;

/// The part of a list that a client wants to see.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Window {
    pub(crate) offset_id: i32,
    pub(crate) offset_date: i32,
    pub(crate) add_offset: i32,
    pub(crate) limit: i32,
    pub(crate) max_id: i32,
    pub(crate) min_id: i32,
}

/// One page: its items, and how many items of the list come before it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) ids: Vec<i32>,
    pub(crate) before: usize,
}

impl Window {
    /// Cuts the page out of a list of ids, the oldest first; `date` tells when each was sent. On
    /// the page, the newest comes first.
    ///
    /// `add_offset` moves the page from where the offsets point: negative towards newer items.
    pub(crate) fn cut(&self, list: &[i32], date: impl Fn(i32) -> i32) -> Page {
        let oldest = list.partition_point(|id| *id <= self.min_id);
        let newest = match self.max_id {
            ..=0 => list.len(),
            max_id => list.partition_point(|id| *id < max_id).max(oldest),
        };
        let too_new = list.len() - newest;
        let list = &list[oldest..newest];
        let older = if self.offset_id > 0 {
            list.partition_point(|id| *id < self.offset_id)
        } else if self.offset_date > 0 {
            list.partition_point(|id| date(*id) < self.offset_date)
        } else {
            list.len()
        };
        let position = |from_newest: i64| usize::try_from(from_newest).unwrap_or(0).min(list.len());
        let start = i64::try_from(list.len() - older).unwrap_or(i64::MAX);
        let start = start.saturating_add(i64::from(self.add_offset));
        let from = position(start);
        let to = position(start.saturating_add(i64::from(self.limit.clamp(0, PAGE)))).max(from);
        let ids = list[list.len() - to..list.len() - from]
            .iter()
            .rev()
            .copied();
        Page {
            ids: ids.collect(),
            before: too_new + from,
        }
    }

    /// Whether the page begins with the newest item, and no limit but its size cuts it.
    pub(crate) fn is_plain(&self) -> bool {
        self.offset_id <= 0
            && self.offset_date <= 0
            && self.add_offset == 0
            && self.max_id <= 0
            && self.min_id <= 0
    }
}

/// The hash that clients compare lists by
/// (<https://core.telegram.org/api/offsets#hash-generation>).
pub(crate) fn hash(ids: impl Iterator<Item = i64>) -> i64 {
    ids.fold(0u64, |mut hash, id| {
        hash ^= hash >> 21;
        hash ^= hash << 35;
        hash ^= hash >> 4;
        hash.wrapping_add(id.cast_unsigned())
    })
    .cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of ten messages, sent one a second.
    fn cut(window: Window) -> Page {
        let list: Vec<i32> = (1..=10).collect();
        window.cut(&list, |id| 100 + id)
    }

    fn window(offset_id: i32, offset_date: i32, add_offset: i32) -> Window {
        let (limit, max_id, min_id) = (3, 0, 0);
        Window {
            offset_id,
            offset_date,
            add_offset,
            limit,
            max_id,
            min_id,
        }
    }

    #[test]
    fn offsets_say_where_a_page_begins() {
        assert_eq!(cut(window(0, 0, 0)).ids, [10, 9, 8]);
        assert_eq!(cut(window(8, 0, 0)).ids, [7, 6, 5]);
        assert_eq!(cut(window(0, 105, 0)).ids, [4, 3, 2]);
        assert_eq!(cut(window(8, 0, -2)).ids, [9, 8, 7]);
        assert_eq!(cut(window(8, 0, 2)).ids, [5, 4, 3]);
        assert_eq!(cut(window(0, 0, -2)).ids, [10]);
        assert!(cut(window(1, 0, 0)).ids.is_empty());
        assert!(cut(window(0, 0, i32::MAX)).ids.is_empty());
        assert!(cut(window(0, 0, i32::MIN)).ids.is_empty());
        assert_eq!(cut(window(8, 0, 0)).before, 3);
    }

    #[test]
    fn ids_bound_a_page() {
        let all = window(0, 0, 0);
        assert_eq!(
            cut(Window {
                max_id: 10,
                min_id: 8,
                ..all
            })
            .ids,
            [9]
        );
        assert_eq!(cut(Window { max_id: 8, ..all }).ids, [7, 6, 5]);
        assert_eq!(
            cut(Window {
                limit: i32::MAX,
                ..all
            })
            .ids
            .len(),
            10
        );
        assert!(cut(Window { limit: -1, ..all }).ids.is_empty());
    }

    #[test]
    fn a_hash_depends_on_the_order() {
        assert_eq!(hash([].into_iter()), 0);
        assert_ne!(hash([1, 2].into_iter()), hash([2, 1].into_iter()));
    }
}
