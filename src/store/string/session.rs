//! A login that can be carried from one program to another.
use std::net::SocketAddr;

use super::error::StringError;
use super::format::StringFormat;
use crate::dc::DcId;
use crate::secret::Secret;
use crate::store::{Account, Change, DcAddress, KeyPlace, KeyRecord};

/// A login: the key, and the data centre that knows it. `Debug` does not show the key.
///
/// [`parse`](Self::parse) reads a text of this or another library, [`Client::export_session`] takes
/// the login of a client, and [`encode`](Self::encode) writes it as text. As a session of its own
/// it lives in memory; [`changes`](Self::changes) put it into any other store.
///
/// Whoever has the text has the account. And a login is for one program at a time: a key that sends
/// from two places at once is taken from both
/// (<https://core.telegram.org/api/errors#406-not-acceptable>).
///
/// [`Client::export_session`]: crate::Client::export_session
///
/// ```
/// # let telegram = localdc::LocalDc::shared();
/// # let client = telegram.bot();
/// use ferogram_sync::store::{StringFormat, StringSession};
///
/// let text = client.export_session()?.encode(StringFormat::Telethon)?;
/// drop(client); // The login is for one program at a time.
///
/// let session = StringSession::parse(text.expose())?;
/// # let builder = telegram.client_builder();
/// let client = builder.session(session).connect()?;
/// assert!(client.get_me()?.is_bot());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct StringSession {
    /// The data centre that the account lives on.
    pub dc: DcId,
    /// The key, in a box of its own so that moving it leaves no copy behind.
    pub key: Box<Secret<[u8; 256]>>,
    /// Where the data centre is, if the text says.
    pub address: Option<SocketAddr>,
    /// Whether it is one of the test servers, if the text says. A client that is given the session
    /// goes there.
    pub test: Option<bool>,
    /// Who is signed in, if the text says. Otherwise [`Client::get_me`](crate::Client::get_me)
    /// finds out.
    pub account: Option<Account>,
    /// The number of the application that signed in, if the text says.
    pub api_id: Option<i32>,
}

impl StringSession {
    pub(in crate::store) fn new(dc: u8, key: &[u8; 256]) -> Self {
        Self {
            dc: DcId(dc.into()),
            key: Box::new(Secret::new(*key)),
            address: None,
            test: None,
            account: None,
            api_id: None,
        }
    }

    /// The number of the data centre, for a form: each has one byte for it.
    pub(in crate::store) fn dc_for(&self, format: StringFormat) -> Result<u8, StringError> {
        u8::try_from(self.dc.0).map_err(|_| StringError::Missing {
            format,
            field: "a data centre with a number up to 255",
        })
    }

    /// Whether it is a test server, for a form that says so.
    pub(in crate::store) fn test_for(&self, format: StringFormat) -> Result<bool, StringError> {
        self.test.ok_or(StringError::Missing {
            format,
            field: "whether it is a test server",
        })
    }

    /// The address, for a form that holds one.
    pub(in crate::store) fn address_for(
        &self,
        format: StringFormat,
    ) -> Result<SocketAddr, StringError> {
        self.address.ok_or(StringError::Missing {
            format,
            field: "the address of the data centre",
        })
    }

    /// What a store has to be told to hold this login.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let folder = tempfile::tempdir()?;
    /// # let path = folder.path().join("bot.session");
    /// # let key = Box::new(ferogram_sync::Secret::new([7; 256]));
    /// # let dc = ferogram_sync::DcId(2);
    /// # let session = ferogram_sync::store::StringSession {
    /// #     dc, key, address: None, test: None, account: None, api_id: None,
    /// # };
    /// use ferogram_sync::store::{FileStore, Store};
    ///
    /// let mut file = FileStore::open(&path)?; // Then `Client::builder().session(file)`.
    /// file.apply(&session.changes())?;
    /// assert_eq!(file.load()?.home_dc, Some(session.dc));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn changes(&self) -> Vec<Change> {
        let mut changes = vec![
            Change::Clear,
            Change::HomeDc(self.dc),
            Change::Key(KeyRecord {
                place: KeyPlace::permanent(self.dc),
                key: self.key.clone(),
                created: 0,
                expires_at: None,
                time_offset: 0,
            }),
            Change::Account(self.account),
        ];
        changes.extend(self.address.map(|address| {
            Change::Dcs(vec![DcAddress {
                dc: self.dc,
                address,
                media_only: false,
                cdn: false,
                this_port_only: false,
                static_: false,
                tcpo_only: false,
                secret: None,
            }])
        }));
        changes
    }
}
