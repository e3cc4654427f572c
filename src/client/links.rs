//! The links of a client, and what updates mean to each.
use crate::dc::DcId;
use crate::mtproto::{Attention, IdMap};
use crate::net::LinkId;

/// What somebody reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// All updates of the account: there are none before somebody is signed in.
    Stream,
    /// Single updates, some of which come before that.
    Watch,
}

/// The links that are open, where the account lives, and who reads.
pub(crate) struct Links {
    pub(crate) home: DcId,
    /// The store has a key and does not say who is signed in with it: perhaps somebody is.
    pub(crate) unnamed: bool,
    open: IdMap<DcId, Open>,
    streams: usize,
    watches: usize,
}

struct Open {
    link: LinkId,
    /// What the link was told last.
    attention: Attention,
}

impl Links {
    pub(crate) fn new(home: DcId, unnamed: bool) -> Self {
        Self {
            home,
            unnamed,
            open: IdMap::default(),
            streams: 0,
            watches: 0,
        }
    }

    pub(crate) fn get(&self, dc: DcId) -> Option<LinkId> {
        self.open.get(&dc).map(|open| open.link)
    }

    pub(crate) fn insert(&mut self, dc: DcId, link: LinkId, attention: Attention) {
        self.open.insert(dc, Open { link, attention });
    }

    /// The links to other data centres are to be closed.
    pub(crate) fn leave_all_but_home(&mut self) -> Vec<LinkId> {
        let home = self.home;
        let left = self.open.extract_if(|dc, _| *dc != home);
        left.map(|(_, open)| open.link).collect()
    }

    /// Counts those who read.
    pub(crate) fn readers(&mut self, reading: Reading) -> &mut usize {
        match reading {
            Reading::Stream => &mut self.streams,
            Reading::Watch => &mut self.watches,
        }
    }

    /// What updates mean to the link to `dc`, if somebody may be signed in or not. This alone
    /// decides it.
    ///
    /// The account's updates come over the connection to its home, and only while it stands: so it
    /// stands while somebody reads. See
    /// <https://core.telegram.org/api/updates#subscribing-to-updates>.
    pub(crate) fn attention(&self, dc: DcId, signed_in: bool) -> Attention {
        let is_read = self.watches > 0 || self.streams > 0 && signed_in;
        match (dc == self.home, is_read) {
            (true, true) => Attention::Listens,
            (true, false) => Attention::Hears,
            (false, _) => Attention::Deaf,
        }
    }

    /// The links to which updates mean something else now, and what.
    pub(crate) fn changed(&mut self, signed_in: bool) -> Vec<(LinkId, Attention)> {
        let dcs: Vec<DcId> = self.open.keys().copied().collect();
        let mut changed = Vec::new();
        for dc in dcs {
            let attention = self.attention(dc, signed_in);
            if let Some(open) = self.open.get_mut(&dc)
                && open.attention != attention
            {
                open.attention = attention;
                changed.push((open.link, attention));
            }
        }
        // Whoever does not listen any more is told first: one login has one listener.
        changed.sort_by_key(|(_, attention)| *attention == Attention::Listens);
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: DcId = DcId(1);
    const B: DcId = DcId(2);

    #[test]
    fn home_listens_while_somebody_reads_and_can_have_updates() {
        let mut links = Links::new(A, false);
        assert_eq!(links.attention(A, true), Attention::Hears);
        *links.readers(Reading::Stream) += 1;
        assert_eq!(links.attention(A, false), Attention::Hears);
        assert_eq!(links.attention(A, true), Attention::Listens);
        assert_eq!(links.attention(B, true), Attention::Deaf);
        *links.readers(Reading::Stream) -= 1;
        *links.readers(Reading::Watch) += 1;
        assert_eq!(links.attention(A, false), Attention::Listens);
        assert_eq!(links.attention(B, false), Attention::Deaf);
    }

    #[test]
    fn when_home_moves_both_links_are_told_once() {
        let mut links = Links::new(A, false);
        *links.readers(Reading::Watch) += 1;
        links.insert(A, LinkId(0), Attention::Listens);
        links.insert(B, LinkId(1), Attention::Deaf);
        assert_eq!(links.changed(true), []);
        links.home = B;
        let told = [
            (LinkId(0), Attention::Deaf),
            (LinkId(1), Attention::Listens),
        ];
        assert_eq!(links.changed(true), told);
        assert_eq!(links.changed(true), []);
    }
}
