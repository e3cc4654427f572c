//! What another run of a program goes on with an upload by.
use std::fmt;

use crate::error::{Error, Result};

/// How far an upload has come: kept by a program, it lets a later run go on from there, as long as
/// the server keeps the parts, which is some hours.
///
/// ```
/// # let client = localdc::LocalDc::shared().user();
/// use ferogram_sync::{TransferHandle, Upload, UploadTicket};
///
/// let handle = TransferHandle::new();
/// client.upload(Upload::bytes(b"Hello").handle(&handle))?;
/// let text = handle.upload_ticket().expect("it has begun").encode();
/// // Another run:
/// let ticket = UploadTicket::decode(&text)?;
/// let file = client.upload(Upload::bytes(b"Hello").resume(ticket))?;
/// assert!(client.send_document("me", file, "").is_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct UploadTicket {
    pub(super) file_id: i64,
    pub(super) size: u64,
    /// So many parts have arrived, from the first one on.
    pub(super) arrived: u32,
}

impl UploadTicket {
    /// As text.
    #[must_use]
    pub fn encode(&self) -> String {
        format!("1:{:x}:{:x}:{:x}", self.file_id, self.size, self.arrived)
    }

    /// Reads what [`encode`](Self::encode) has written.
    ///
    /// # Errors
    ///
    /// [`Error::Argument`] for anything else.
    pub fn decode(text: &str) -> Result<Self> {
        let mut fields = text.split(':');
        let mut next = || u64::from_str_radix(fields.next()?, 16).ok();
        let read = (|| {
            let (1, id, size) = (next()?, next()?, next()?) else {
                return None;
            };
            let arrived = u32::try_from(next()?).ok()?;
            Some(Self {
                file_id: id.cast_signed(),
                size,
                arrived,
            })
        })();
        let is_all = fields.next().is_none();
        read.filter(|_| is_all).ok_or(Error::Argument(
            "this text is no ticket of an upload: begin it anew",
        ))
    }
}

impl fmt::Debug for UploadTicket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UploadTicket")
            .field("size", &self.size)
            .field("arrived", &self.arrived)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_as_it_was_written_and_nothing_else_is() {
        let ticket = UploadTicket {
            file_id: -5,
            size: 1 << 40,
            arrived: 77,
        };
        assert_eq!(UploadTicket::decode(&ticket.encode()).unwrap(), ticket);
        for wrong in [
            "",
            "1",
            "1:2:3",
            "2:1:1:1",
            "1:x:1:1",
            "1:1:1:1:1",
            "1:1:1:fffffffff",
        ] {
            assert!(UploadTicket::decode(wrong).is_err(), "{wrong}");
        }
    }
}
