//! How large a file may be.
use super::part_body::PART;
use crate::client::Client;
use crate::error::FileError;
use crate::error::Result;
use crate::tl::enums::{InputUser, User};
use crate::tl::functions::users::GetUsers;

/// The most parts that everybody may send.
///
/// See <https://core.telegram.org/api/files#uploading-files>.
const PARTS: u64 = 4000;

/// The same with Premium.
const PREMIUM_PARTS: u64 = 8000;

impl Client {
    /// Refuses a file that this account may not send. Up to the size that everybody may, nothing is
    /// asked for.
    pub(super) fn check_upload_size(&self, size: u64) -> Result<()> {
        if size <= PARTS * PART as u64 {
            return Ok(());
        }
        let limit = self.upload_limit()?;
        match size <= limit {
            true => Ok(()),
            false => Err(FileError::TooLarge { size, limit }.into()),
        }
    }

    /// The largest file that this account may send.
    fn upload_limit(&self) -> Result<u64> {
        let me = self.ask(&GetUsers {
            id: vec![InputUser::UserSelf],
        })?;
        let premium = me.iter().any(|user| match user {
            User::User(user) => user.premium,
            _ => false,
        });
        let told = self.app_config()?.file_parts_max(premium);
        let usual = if premium { PREMIUM_PARTS } else { PARTS };
        let parts = told.map_or(usual, |parts| parts as u64);
        Ok(parts * PART as u64)
    }
}
