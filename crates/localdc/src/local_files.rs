//! How the storage of files behaves, and what it has done.
use ferogram_sync::tl::types;

use crate::api::given;
use crate::clock::seconds;
use crate::local_dc::LocalDc;
use crate::world::{Picture, grey};

/// A picture that is a photo, of so many points: all grey, as a JPEG file.
///
/// ```
/// assert_eq!(localdc::picture(320, 200)[..3], [0xff, 0xd8, 0xff]);
/// ```
#[must_use]
pub fn picture(width: u32, height: u32) -> Vec<u8> {
    grey(Picture { width, height })
}

impl LocalDc {
    /// Stores a file, and shows it to an account as if somebody had sent it to them: the document
    /// is that account's, and can be fetched and sent by it.
    #[must_use]
    pub fn give_file(&self, account: i64, name: &str, bytes: &[u8]) -> types::Document {
        let now = i64::from(seconds(self.now()));
        let mut world = self.world();
        world.set_now(now);
        given(&mut world, account, name, bytes)
    }

    /// From now on files that are sent go to this data centre; with none, to the one of who sends
    /// them, as at first.
    pub fn store_files_on(&self, dc: Option<i32>) {
        self.world().files.centre = dc;
    }

    /// All file references that were given out expire. Whoever looks at the message again gets new
    /// ones.
    ///
    /// See <https://core.telegram.org/api/file-references>.
    pub fn expire_file_references(&self) {
        self.world().files.references.expire();
    }

    /// The next time that this part of any file is uploaded, it is accepted and forgotten: sending
    /// the file then fails with `FILE_PART_X_MISSING`.
    pub fn forget_file_part(&self, number: i32) {
        self.world().files.forget_part(number);
    }

    /// From now on one bit of whatever is downloaded is wrong, though its hash is that of the true
    /// bytes; or no longer.
    pub fn corrupt_files(&self, on: bool) {
        self.world().files.lies = on;
    }

    /// At most so many bytes of files are stored, parts that were uploaded among them: 4 GiB if not
    /// told.
    pub fn set_file_storage(&self, bytes: u64) {
        self.world().files.set_limit(bytes);
    }

    /// How many bytes of files were given out so far, by `upload.getFile`.
    #[must_use]
    pub fn file_bytes_served(&self) -> u64 {
        self.world().files.served
    }
}
