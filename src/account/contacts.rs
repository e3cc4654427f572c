//! The account's contacts.
use crate::client::Client;
use crate::error::{Error, Result};
use crate::peers::{Birthday, PeerRef, User, input_user};
use crate::tl::enums::{self, InputUser, UserStatus};
use crate::tl::functions::contacts as f;
use crate::tl::types;

/// How a contact is called, and what the account keeps of it.
///
/// See <https://core.telegram.org/method/contacts.addContact>.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactName {
    first_name: String,
    last_name: String,
    phone: String,
    note: Option<String>,
    share_phone: bool,
}

impl ContactName {
    /// A contact of this first name, which has to have a letter.
    #[must_use]
    pub fn new(first_name: impl Into<String>) -> Self {
        Self {
            first_name: first_name.into(),
            ..Self::default()
        }
    }

    /// The last name too.
    #[must_use]
    pub fn last_name(mut self, name: impl Into<String>) -> Self {
        self.last_name = name.into();
        self
    }

    /// The phone number, if it is known otherwise than from the server.
    #[must_use]
    pub fn phone(mut self, phone: impl Into<String>) -> Self {
        self.phone = phone.into();
        self
    }

    /// A note that only this account sees.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.note = Some(text.into());
        self
    }

    /// Whether the contact sees the account's phone number from now on.
    #[must_use]
    pub fn share_phone(mut self, share: bool) -> Self {
        self.share_phone = share;
        self
    }
}

/// A contact that the server keeps although nobody has the number, or the account has forgotten it.
///
/// See <https://core.telegram.org/constructor/savedPhoneContact>.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SavedContact {
    /// Everything that the server told.
    pub raw: types::SavedPhoneContact,
}

impl Client {
    /// The account's contacts, in the server's order.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// # let name = bob.get_me()?.username().map(str::to_owned).expect("everybody has one");
    /// # let bob = format!("@{name}");
    /// use ferogram_sync::ContactName;
    ///
    /// client.add_contact(&bob, ContactName::new("Robert"))?;
    /// let contacts = client.contacts()?;
    /// assert_eq!(contacts[0].first_name(), Some("Robert"));
    /// client.delete_contacts([&bob])?;
    /// assert!(client.contacts()?.is_empty());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`].
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/contacts.getContacts>.
    pub fn contacts(&self) -> Result<Vec<User>> {
        match self.ask(&f::GetContacts { hash: 0 })? {
            enums::contacts::Contacts::Contacts(all) => Ok(users(all.users)),
            _ => Err(Error::Unexpected("contacts that are not told")),
        }
    }

    /// Makes a user a contact; of who is one already, the name is changed.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`]. Common answers: `CONTACT_NAME_EMPTY`, `CONTACT_ID_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/contacts.addContact>.
    pub fn add_contact(&self, user: impl Into<PeerRef>, name: ContactName) -> Result<()> {
        let deadline = self.begin_for::<f::AddContact>()?;
        let note = name.note.map(plain);
        self.ask_about(&user.into(), deadline, |user| {
            let request = f::AddContact {
                add_phone_privacy_exception: name.share_phone,
                id: input_user(user)?,
                first_name: name.first_name.clone(),
                last_name: name.last_name.clone(),
                phone: name.phone.clone(),
                note: note.clone(),
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Makes a contact of whoever has written first and shares the phone number.
    ///
    /// # Errors
    ///
    /// As [`add_contact`](Self::add_contact). Common answers: `CONTACT_ADD_MISSING`,
    /// `CONTACT_REQ_MISSING`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/contacts.acceptContact>.
    pub fn accept_contact(&self, user: impl Into<PeerRef>) -> Result<()> {
        let deadline = self.begin_for::<f::AcceptContact>()?;
        self.ask_about(&user.into(), deadline, |user| {
            let id = input_user(user)?;
            self.ask_until(&f::AcceptContact { id }, deadline).map(drop)
        })
    }

    /// Deletes contacts; who is none is passed over.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`].
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/contacts.deleteContacts>.
    pub fn delete_contacts<P: Into<PeerRef>>(
        &self,
        users: impl IntoIterator<Item = P>,
    ) -> Result<()> {
        let deadline = self.begin_for::<f::DeleteContacts>()?;
        let named = |user: P| input_user(&self.resolve_until(&user.into(), deadline)?);
        let id: Vec<InputUser> = users.into_iter().map(named).collect::<Result<_>>()?;
        self.ask_until(&f::DeleteContacts { id }, deadline)
            .map(drop)
    }

    /// Deletes contacts by their phone numbers, also those whom nobody has with Telegram.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`].
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/contacts.deleteByPhones>.
    pub fn delete_contacts_by_phone<S: Into<String>>(
        &self,
        phones: impl IntoIterator<Item = S>,
    ) -> Result<()> {
        let phones = phones.into_iter().map(Into::into).collect();
        self.ask(&f::DeleteByPhones { phones }).map(drop)
    }

    /// Writes down something of a contact that only this account sees; an empty text removes it.
    ///
    /// # Errors
    ///
    /// As [`add_contact`](Self::add_contact). Common answer: `CONTACT_MISSING`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/contacts.updateContactNote>.
    pub fn set_contact_note(&self, user: impl Into<PeerRef>, text: &str) -> Result<()> {
        let deadline = self.begin_for::<f::UpdateContactNote>()?;
        self.ask_about(&user.into(), deadline, |user| {
            let request = f::UpdateContactNote {
                id: input_user(user)?,
                note: plain(text.to_owned()),
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// When each contact was last online, by the contacts' ids.
    ///
    /// # Errors
    ///
    /// As [`contacts`](Self::contacts).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/contacts.getStatuses>.
    pub fn contact_statuses(&self) -> Result<Vec<(i64, UserStatus)>> {
        let all = self.ask(&f::GetStatuses {})?.into_iter();
        Ok(all
            .map(|enums::ContactStatus::Status(it)| (it.user_id, it.status))
            .collect())
    }

    /// The contacts whose birthday is today, yesterday or tomorrow.
    ///
    /// # Errors
    ///
    /// As [`contacts`](Self::contacts).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/contacts.getBirthdays>.
    pub fn contact_birthdays(&self) -> Result<Vec<(User, Birthday)>> {
        let enums::contacts::ContactBirthdays::Birthdays(told) = self.ask(&f::GetBirthdays {})?;
        let users = users(told.users);
        let found = told.contacts.iter();
        let found = found.filter_map(|enums::ContactBirthday::Birthday(it)| {
            let user = users.iter().find(|user| user.id() == it.contact_id)?;
            Some((user.clone(), Birthday::from(&it.birthday)))
        });
        Ok(found.collect())
    }

    /// Says who of the contacts are close friends: these, and nobody else.
    ///
    /// # Errors
    ///
    /// As [`delete_contacts`](Self::delete_contacts).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/contacts.editCloseFriends>.
    pub fn set_close_friends<P: Into<PeerRef>>(
        &self,
        users: impl IntoIterator<Item = P>,
    ) -> Result<()> {
        let deadline = self.begin_for::<f::EditCloseFriends>()?;
        let mut id = Vec::new();
        for user in users {
            match input_user(&self.resolve_until(&user.into(), deadline)?)? {
                InputUser::User(it) => id.push(it.user_id),
                InputUser::FromMessage(it) => id.push(it.user_id),
                _ => return Err(Error::Argument("nobody is a friend of oneself here")),
            }
        }
        self.ask_until(&f::EditCloseFriends { id }, deadline)
            .map(drop)
    }

    /// The phone numbers that the server keeps of the account's contacts, with Telegram or without:
    /// in an export alone, see [`Takeout`](crate::Takeout).
    ///
    /// # Errors
    ///
    /// As [`contacts`](Self::contacts); `TAKEOUT_REQUIRED` outside of an export.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/contacts.getSaved>.
    pub fn saved_contacts(&self) -> Result<Vec<SavedContact>> {
        let all = self.ask(&f::GetSaved {})?.into_iter();
        let all = all.map(|enums::SavedContact::SavedPhoneContact(raw)| SavedContact { raw: *raw });
        Ok(all.collect())
    }
}

/// What an answer shows of users.
pub(super) fn users(users: Vec<enums::User>) -> Vec<User> {
    users.into_iter().filter_map(User::from_raw).collect()
}

fn plain(text: String) -> enums::TextWithEntities {
    types::TextWithEntities {
        text,
        entities: Vec::new(),
    }
    .into()
}
