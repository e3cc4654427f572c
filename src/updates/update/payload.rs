//! What the types of updates have in common.

/// The type of a kind of update: what the server told, and who came with it.
macro_rules! payload {
    ($(#[$doc:meta])* $name:ident($raw:ty)) => {
        $(#[$doc])*
        #[derive(Clone)]
        #[non_exhaustive]
        pub struct $name {
            /// Everything that the server told, shared by the clones of this update.
            pub raw: std::sync::Arc<$raw>,
            pub(crate) source: std::sync::Arc<super::source::Source>,
        }

        impl $name {
            pub(super) fn new(
                raw: impl Into<std::sync::Arc<$raw>>,
                source: super::source::Source,
            ) -> Self {
                let raw = raw.into();
                Self {
                    raw,
                    source: source.into(),
                }
            }

            /// The users and chats that came with it.
            #[must_use]
            pub fn peers(&self) -> &$crate::peers::PeerMap {
                &self.source.peers
            }
        }

        impl super::source::Located for $name {
            fn chat_peer(&self) -> Option<$crate::tl::enums::Peer> {
                self.source.chat.clone()
            }

            fn sender_peer(&self) -> Option<$crate::tl::enums::Peer> {
                self.source.sender.clone()
            }

            fn peer_map(&self) -> &$crate::peers::PeerMap {
                &self.source.peers
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.raw).finish()
            }
        }
    };
}

/// It happened in one chat, which it names.
macro_rules! in_chat {
    ($name:ident, $it:ident => $peer:expr) => {
        impl $name {
            /// The chat that it happened in.
            #[must_use]
            pub fn peer(&self) -> $crate::tl::enums::Peer {
                let $it = &*self.raw;
                $peer
            }

            /// The id of the chat, as the Bot API writes it.
            #[must_use]
            pub fn chat_id(&self) -> i64 {
                $crate::peers::marked_id(&self.peer())
            }

            /// The chat, if it came with the update: without a call.
            #[must_use]
            pub fn chat(&self) -> Option<&$crate::peers::Chat> {
                self.source.peers.chat(&self.peer())
            }
        }
    };
}

/// One user has done it, or it is about one user.
macro_rules! by_user {
    ($name:ident, $it:ident => $id:expr) => {
        impl $name {
            /// The id of the user.
            #[must_use]
            pub fn user_id(&self) -> i64 {
                let $it = &*self.raw;
                $id
            }

            /// The user, if they came with the update: without a call.
            #[must_use]
            pub fn user(&self) -> Option<&$crate::peers::User> {
                self.source.peers.user(self.user_id())
            }
        }
    };
}

/// Somebody has done it: a user, or a group or channel in whose name it was done.
macro_rules! by_peer {
    ($name:ident, $it:ident => $peer:expr) => {
        impl $name {
            /// Who has done it: a user, or the group or channel in whose name it was done.
            #[must_use]
            pub fn sender(&self) -> $crate::tl::enums::Peer {
                let $it = &*self.raw;
                $peer
            }

            /// The id of who has done it, as the Bot API writes it: that of a group or channel is
            /// negative.
            #[must_use]
            pub fn sender_id(&self) -> i64 {
                $crate::peers::marked_id(&self.sender())
            }

            /// The user who has done it, if it was one who came with the update: without a call.
            #[must_use]
            pub fn sender_user(&self) -> Option<&$crate::peers::User> {
                match self.sender() {
                    $crate::tl::enums::Peer::User(it) => self.source.peers.user(it.user_id),
                    _ => None,
                }
            }

            /// Who has done it, if it came with the update: without a call.
            #[must_use]
            pub fn sender_chat(&self) -> Option<&$crate::peers::Chat> {
                self.source.peers.chat(&self.sender())
            }
        }
    };
}

pub(super) use {by_peer, by_user, in_chat, payload};
