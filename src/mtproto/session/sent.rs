//! What was sent under which message id.
use std::collections::VecDeque;

use super::ids::MsgId;
use super::service::Service;
use crate::mtproto::{IdMap, RequestId};

/// How many service messages are remembered. They matter for as long as the server may still reject
/// them: about one round trip.
const SERVICES_MAX: usize = 256;

/// How many containers are remembered: as many as may hold one request each that is still out, and
/// as many again.
const CONTAINERS_MAX: usize = 2048;

/// A message of ours that the server may still refer to.
#[derive(Debug)]
pub(super) struct Message {
    pub(super) content: Content,
    /// The message that travelled by itself: this one, or the container around it.
    pub(super) carrier: MsgId,
}

#[derive(Debug)]
pub(super) enum Content {
    Request(RequestId),
    Container,
    Service(Service),
    /// `auth.bindTempAuthKey`.
    Bind,
    /// What begins the updates.
    Greeting,
}

/// The messages that were sent in this session.
pub(super) struct Sent {
    messages: IdMap<MsgId, Message>,
    services: VecDeque<MsgId>,
    containers: VecDeque<MsgId>,
}

impl Sent {
    pub(super) fn new() -> Self {
        Self {
            messages: IdMap::default(),
            services: VecDeque::new(),
            containers: VecDeque::new(),
        }
    }

    /// Notes a message. Those with requests stay until they are removed.
    pub(super) fn insert(&mut self, id: MsgId, message: Message) {
        let (order, limit) = match message.content {
            Content::Request(_) => {
                self.messages.insert(id, message);
                return;
            }
            Content::Container => (&mut self.containers, CONTAINERS_MAX),
            Content::Service(_) | Content::Bind | Content::Greeting => {
                (&mut self.services, SERVICES_MAX)
            }
        };
        if order.len() >= limit
            && let Some(oldest) = order.pop_front()
        {
            self.messages.remove(&oldest);
        }
        order.push_back(id);
        self.messages.insert(id, message);
    }

    pub(super) fn get(&self, id: MsgId) -> Option<&Message> {
        self.messages.get(&id)
    }

    pub(super) fn remove(&mut self, id: MsgId) -> Option<Message> {
        self.messages.remove(&id)
    }

    /// Forgets a container, but not what was in it.
    pub(super) fn remove_container(&mut self, id: MsgId) {
        if let Some(message) = self.messages.get(&id)
            && matches!(message.content, Content::Container)
        {
            self.messages.remove(&id);
        }
    }

    /// The messages that travelled in this container, or under this id by themselves, in order.
    pub(super) fn carried_by(&self, carrier: MsgId) -> Vec<MsgId> {
        let mut ids: Vec<MsgId> = self
            .messages
            .iter()
            .filter(|(id, message)| message.carrier == carrier && **id != carrier)
            .map(|(id, _)| *id)
            .collect();
        if ids.is_empty() && self.messages.contains_key(&carrier) {
            ids.push(carrier);
        }
        ids.sort_unstable();
        ids
    }

    /// The connection is gone: nobody will refer to anything but requests any more.
    pub(super) fn forget_services(&mut self) {
        for id in self.services.drain(..).chain(self.containers.drain(..)) {
            self.messages.remove(&id);
        }
    }

    /// Forgets all but these messages, and the containers in which they travelled.
    pub(super) fn keep(&mut self, ids: &[MsgId]) {
        let mut old = std::mem::replace(self, Self::new());
        for id in ids {
            let Some(message) = old.messages.remove(id) else {
                continue;
            };
            if let Some(container) = old.messages.remove(&message.carrier) {
                self.insert(message.carrier, container);
            }
            self.insert(*id, message);
        }
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.messages.len()
    }

    /// Under how many ids requests are remembered.
    pub(super) fn requests(&self) -> usize {
        let messages = self.messages.values();
        messages
            .filter(|message| matches!(message.content, Content::Request(_)))
            .count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(content: Content, carrier: i64) -> Message {
        Message {
            content,
            carrier: MsgId(carrier),
        }
    }

    #[test]
    fn a_container_leads_to_its_members() {
        let mut sent = Sent::new();
        sent.insert(MsgId(8), message(Content::Request(RequestId(2)), 12));
        sent.insert(MsgId(4), message(Content::Request(RequestId(1)), 12));
        sent.insert(MsgId(12), message(Content::Container, 12));
        sent.insert(MsgId(16), message(Content::Bind, 16));
        assert_eq!(sent.carried_by(MsgId(12)), [MsgId(4), MsgId(8)]);
        assert_eq!(sent.carried_by(MsgId(16)), [MsgId(16)]);
        assert!(sent.carried_by(MsgId(20)).is_empty());
        sent.forget_services();
        assert_eq!(sent.len(), 2);
        assert_eq!(sent.carried_by(MsgId(12)), [MsgId(4), MsgId(8)]);
    }

    #[test]
    fn services_and_containers_are_forgotten_in_time() {
        let mut sent = Sent::new();
        for i in 0..10_000 {
            sent.insert(MsgId(i * 8), message(Content::Container, 0));
            let ping = Service::FutureSalts(1);
            sent.insert(MsgId(i * 8 + 4), message(Content::Service(ping), 0));
        }
        assert_eq!(sent.len(), SERVICES_MAX + CONTAINERS_MAX);
    }
}
