//! Users and chats that came by another way than an answer.
use crate::client::Client;
use crate::error::Result;
use crate::tl::{Serialize, enums, functions, types};

impl Client {
    /// Takes in users and chats that the program has from elsewhere, such as a cache of its own, so
    /// that they can be named by their ids. What the answers and updates of this client show is
    /// taken in anyway.
    ///
    /// They have to be what the server has shown to this very account: another account's access
    /// hashes are of no use to it. Of what is known already, `min` constructors change nothing.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// # let name = bob.get_me()?.username().map(str::to_owned).expect("everybody has one");
    /// # let ferogram_sync::Chat::User(kept) = client.fetch_chat(format!("@{name}"))? else {
    /// #     panic!("he is a user");
    /// # };
    /// let kept: ferogram_sync::tl::types::User = (*kept.raw).clone();
    /// client.learn_peers(&[kept.into()], &[])?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Net`](crate::Error::Net) in a child of `fork`, and on a thread of the library.
    ///
    /// # Blocking
    ///
    /// Not for more than a moment: the session is written by a thread of its own.
    pub fn learn_peers(&self, users: &[enums::User], chats: &[enums::Chat]) -> Result<()> {
        self.begin()?;
        let found: enums::contacts::Found = types::contacts::Found {
            users: users.to_vec(),
            chats: chats.to_vec(),
            ..Default::default()
        }
        .into();
        self.core
            .learn_as::<functions::contacts::Search>(&found.to_bytes());
        Ok(())
    }
}
