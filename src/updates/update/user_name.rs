//! A user has another name.
use super::payload::{by_user, payload};
use crate::tl::{enums, types};

payload! {
    /// A user has another name.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateUserName {
    ///     user_id: 7,
    ///     first_name: "Ann".into(),
    ///     usernames: vec![
    ///         types::Username {
    ///             active: true,
    ///             username: "ann".into(),
    ///             ..Default::default()
    ///         }
    ///         .into(),
    ///     ],
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::UserName(change) = update else { panic!("it is one") };
    /// assert_eq!((change.first_name(), change.last_name()), ("Ann", ""));
    /// assert_eq!(change.usernames(), ["ann"]);
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateUserName>.
    NameChange(types::UpdateUserName)
}

by_user!(NameChange, it => it.user_id);

impl NameChange {
    /// The first name.
    #[must_use]
    pub fn first_name(&self) -> &str {
        &self.raw.first_name
    }

    /// The last name; may be empty.
    #[must_use]
    pub fn last_name(&self) -> &str {
        &self.raw.last_name
    }

    /// All active public names, without the `@`.
    #[must_use]
    pub fn usernames(&self) -> Vec<&str> {
        let names = self.raw.usernames.iter();
        let names = names.map(|enums::Username::Username(name)| name);
        let active = names.filter(|name| name.active);
        active.map(|name| &*name.username).collect()
    }
}
