//! A single update as the server sent it.
use std::fmt;

use crate::tl::{DecodeError, Deserialize, Identifiable};

/// A single update as the server sent it: a constructor of the type `Update`, or one of the short
/// forms that stand for a whole container.
///
/// See <https://core.telegram.org/api/updates#updates-sequence>.
#[derive(Clone, PartialEq, Eq)]
pub struct RawUpdate {
    id: u32,
    fields: Vec<u8>,
}

impl RawUpdate {
    pub(super) fn new(id: u32, fields: &[u8]) -> Self {
        Self {
            id,
            fields: fields.to_vec(),
        }
    }

    /// Which constructor it is.
    #[must_use]
    pub fn constructor_id(&self) -> u32 {
        self.id
    }

    /// Its fields, serialised: all that follows the constructor's id.
    #[must_use]
    pub fn fields(&self) -> &[u8] {
        &self.fields
    }

    /// Reads it as this constructor, such as
    /// [`UpdateLoginToken`](crate::tl::types::UpdateLoginToken); `None` when it is another one.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let client = telegram.bot();
    /// use ferogram_sync::tl::{Identifiable, types};
    ///
    /// let watch = client.watch(&[types::UpdateConfig::CONSTRUCTOR_ID]);
    /// # client.get_me()?;
    /// # telegram.announce_config();
    /// let update = watch.next()?;
    /// assert!(update.read::<types::UpdateConfig>()?.is_some());
    /// assert!(update.read::<types::UpdateUserStatus>()?.is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the fields are not of this layer.
    pub fn read<T: Deserialize + Identifiable>(&self) -> Result<Option<T>, DecodeError> {
        if self.id != T::CONSTRUCTOR_ID {
            return Ok(None);
        }
        T::from_bytes(&self.fields).map(Some)
    }
}

impl fmt::Debug for RawUpdate {
    /// What is in it may be anybody's business, so only its kind and length are shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawUpdate")
            .field("constructor_id", &format_args!("{:#010x}", self.id))
            .field("len", &self.fields.len())
            .finish()
    }
}
