//! What is said once of each kind of update.

/// All that there is to say of each kind: what it carries, and of what in the schema it is made. A
/// kind without the latter is made elsewhere.
macro_rules! updates {
    ($(
        $(#[$doc:meta])*
        $kind:ident($payload:ident) $(= $one:ident)? $(of $($many:ident)+)?;
    )+) => {
        /// What the server tells unasked.
        ///
        /// ```
        /// # let telegram = localdc::LocalDc::shared();
        /// # let (client, ann) = (telegram.bot(), telegram.user());
        /// # let me = client.get_me()?.username().expect("bots have one").to_owned();
        /// use ferogram_sync::{Update, UpdateKind};
        ///
        /// let mut updates = client.updates();
        /// ann.send_message(format!("@{me}"), "Hello")?;
        /// for update in updates.iter() {
        ///     if let Update::NewMessage(message) = &update {
        ///         assert_eq!(message.text(), "Hello");
        ///         assert_eq!(update.kind(), UpdateKind::NewMessage);
        ///         assert_eq!(update.sender_id(), ann.my_id());
        ///         break;
        ///     }
        /// }
        /// # Ok::<(), Box<dyn std::error::Error>>(())
        /// ```
        ///
        /// See <https://core.telegram.org/api/updates>.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum Update {
            $($(#[$doc])* $kind($payload),)+
            /// Anything else, as the raw API has it.
            Raw(OtherUpdate),
            /// Updates will never come: this is certain. What the account has now can be asked for.
            Lost(Lost),
        }

        /// The kinds of [`Update`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum UpdateKind {
            $($(#[$doc])* $kind,)+
            /// Anything else, as the raw API has it.
            Raw,
            /// Updates will never come: this is certain.
            Lost,
        }

        impl UpdateKind {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$kind,)+ Self::Raw, Self::Lost];
        }

        impl Update {
            /// Which kind it is.
            #[must_use]
            pub fn kind(&self) -> UpdateKind {
                match self {
                    $(Self::$kind(_) => UpdateKind::$kind,)+
                    Self::Raw(_) => UpdateKind::Raw,
                    Self::Lost(_) => UpdateKind::Lost,
                }
            }

            fn located(&self) -> Option<&dyn Located> {
                match self {
                    $(Self::$kind(it) => Some(it),)+
                    Self::Raw(it) => Some(it),
                    Self::Lost(_) => None,
                }
            }
        }

        /// Which kind an update of the schema becomes.
        pub(in crate::updates) fn kind_of(update: &enums::Update) -> UpdateKind {
            if let Some(kind) = kind_of_message(update) {
                return kind;
            }
            match update {
                $(
                    $(enums::Update::$one { .. } => UpdateKind::$kind,)?
                    $($(enums::Update::$many { .. })|+ => UpdateKind::$kind,)?
                )+
                _ => UpdateKind::Raw,
            }
        }

        /// What is not of a message.
        fn of_the_rest(update: enums::Update, source: Source) -> Update {
            match update {
                $(
                    $(enums::Update::$one(it) => Update::$kind($payload::new(it, source)),)?
                    $(it @ ($(enums::Update::$many { .. })|+) => {
                        Update::$kind($payload::new(it, source))
                    })?
                )+
                other => Update::Raw(OtherUpdate::new(other, source)),
            }
        }
    };
}

pub(super) use updates;
