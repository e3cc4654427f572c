//! Who is signed in, and what is theirs.
use super::core::Core;
use crate::net::Incoming;
use crate::store::{Account, Change, PeerKey};

impl Core {
    /// Somebody has signed in. Unless it is who was signed in before, nothing of the former account
    /// stays: access hashes, counters and updates are each one account's own.
    ///
    /// See <https://core.telegram.org/api/peers#access-hash>.
    pub(crate) fn signed_in(&self, account: Account) {
        if self.is_another(account) {
            self.replace(account);
        } else {
            self.forget_losses();
            self.keep_account(account);
        }
    }

    /// The server has said whose login it is. A session that was imported may not have known.
    pub(crate) fn identified(&self, account: Account) {
        match self.account() {
            None => self.keep_account(account),
            Some(known) if known.user_id != account.user_id => self.replace(account),
            Some(_) => {}
        }
    }

    /// Nobody is signed in any more.
    pub(crate) fn signed_out(&self) {
        self.end_login(vec![Change::SignedOut]);
        self.drop_updates();
    }

    /// Who was signed in is known, or has at least left something.
    fn is_another(&self, account: Account) -> bool {
        let me = PeerKey::User(account.user_id);
        match self.account() {
            Some(known) => known.user_id != account.user_id,
            // The answer to the login itself shows its own account.
            None => {
                self.is_unnamed()
                    || self.keeper.cached(|peers, _| peers.knows_others(me))
                    || self
                        .keeper
                        .look(|records| records.updates.is_some() || !records.channels.is_empty())
            }
        }
    }

    fn replace(&self, account: Account) {
        self.end_login(vec![
            Change::HomeDc(self.home()),
            Change::SignedOut,
            Change::Account(Some(account)),
        ]);
        // Some may have been the new account's, so it is told.
        if self.drop_updates()
            && let Ok(link) = self.link(self.home())
        {
            self.early.lock().push_back(Incoming::Lost { link });
        }
    }

    fn keep_account(&self, account: Account) {
        let home = Change::HomeDc(self.home());
        self.change_login(vec![home, Change::Account(Some(account))]);
    }

    /// What was lost or refused before anybody was signed in was not theirs.
    fn forget_losses(&self) {
        self.keep_early(|it| matches!(it, Incoming::Update { .. } | Incoming::Retired { .. }));
    }

    /// What nobody has read stays unread; says whether there was any.
    fn drop_updates(&self) -> bool {
        self.keep_early(|it| matches!(it, Incoming::Retired { .. }))
    }

    /// Whether anything was dropped.
    fn keep_early(&self, keep: impl Fn(&Incoming) -> bool) -> bool {
        let mut early = self.early.lock();
        early.extend(self.incoming.try_iter());
        let before = early.len();
        early.retain(|it| {
            if !keep(it) {
                self.announced.took(it);
            }
            keep(it)
        });
        early.len() < before
    }
}
