//! The direct messages of a channel: a supergroup in which everybody has a conversation of their
//! own with the channel (<https://core.telegram.org/api/monoforum>).
use super::channel::Channel;
use super::participant::{Participant, Role};
use super::state::World;
use super::talk::FIRST_ID;

impl World {
    /// Lets everybody write to a channel, or nobody any more. At the first time a place for that is
    /// made, which stays.
    pub(crate) fn open_direct(&mut self, channel: i64, open: bool) {
        let date = self.now();
        let last = self.channels.range(FIRST_ID..).next_back();
        let id = last.map_or(FIRST_ID, |(last, _)| last + 1);
        let Some(it) = self.channels.get_mut(&channel) else {
            return;
        };
        it.takes_direct = open;
        if open && it.direct.is_none() {
            it.direct = Some(id);
            let mut place = Channel::new(id, it.title.clone(), true, date);
            (place.monoforum, place.direct) = (true, Some(channel));
            self.channels.insert(id, place);
        }
        self.staff_direct(channel);
    }

    /// Has those see all direct messages to a channel who are its administrators now, and no other.
    pub(crate) fn staff_direct(&mut self, channel: i64) {
        let Some(it) = self.channels.get(&channel).filter(|it| !it.monoforum) else {
            return;
        };
        let Some(id) = it.direct else { return };
        let staff = it.members().filter(|(_, one)| one.admin_rights().is_some());
        let staff: Vec<(i64, Role)> = staff.map(|(user, one)| (user, one.role.clone())).collect();
        let date = self.now();
        let Some(place) = self.channels.get_mut(&id) else {
            return;
        };
        for one in place.participants.values_mut() {
            if one.admin_rights().is_some() {
                one.role = Role::Member;
            }
        }
        for (user, role) in &staff {
            let one = place.participants.entry(*user);
            let one = one.or_insert_with(|| Participant::new(*user, date));
            (one.role, one.here) = (role.clone(), true);
        }
        for (user, _) in staff {
            self.note_membership(user, id, true);
        }
    }
}
