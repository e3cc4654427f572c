//! All files that are stored, and how the storage behaves.
use std::collections::HashMap;
use std::sync::Arc;

use super::cdn::Cdn;
use super::reference::References;
use super::stored::{Made, Stored};
use super::upload::Uploads;

/// How many bytes are stored if nobody says otherwise.
const LIMIT: u64 = 4 << 30;

/// The storage of all data centres.
pub(crate) struct Files {
    pub(crate) uploads: Uploads,
    pub(crate) references: References,
    pub(crate) cdn: Cdn,
    stored: HashMap<i64, Arc<Stored>>,
    /// Files of the web that this server fetches for its clients, by their addresses.
    pub(crate) on_web: HashMap<String, Arc<Stored>>,
    held: u64,
    limit: u64,
    /// The data centre that new files go to; none: the one of who sends them.
    pub(crate) centre: Option<i32>,
    /// Whether one bit of each version is given out wrong, though its hash is the true one.
    pub(crate) lies: bool,
    /// How many bytes `upload.getFile` has given out.
    pub(crate) served: u64,
}

impl Files {
    pub(crate) fn new(secret: [u8; 32]) -> Self {
        Self {
            uploads: Uploads::default(),
            references: References::new(secret),
            cdn: Cdn::default(),
            stored: HashMap::new(),
            on_web: HashMap::new(),
            held: 0,
            limit: LIMIT,
            centre: None,
            lies: false,
            served: 0,
        }
    }

    /// From now on so many bytes are stored, parts and files together.
    pub(crate) fn set_limit(&mut self, bytes: u64) {
        self.limit = bytes;
    }

    /// Whether there is room for so many bytes more.
    pub(crate) fn has_room(&self, bytes: usize) -> bool {
        self.held + self.uploads.held() + bytes as u64 <= self.limit
    }

    /// The next time that this part of any file comes, it is accepted and forgotten.
    pub(crate) fn forget_part(&mut self, number: i32) {
        self.uploads.to_forget.push(number);
    }

    pub(crate) fn add(&mut self, file: Arc<Stored>) {
        self.held += file.len();
        self.stored.insert(file.id, file);
    }

    /// The same file, described otherwise.
    pub(crate) fn replace(&mut self, file: Arc<Stored>) {
        self.stored.insert(file.id, file);
    }

    pub(crate) fn get(&self, id: i64) -> Option<&Arc<Stored>> {
        self.stored.get(&id)
    }

    /// The document of this kind and length whose bytes have this hash, the oldest if there are
    /// several.
    pub(crate) fn find(&self, sha256: [u8; 32], len: u64, kind: &str) -> Option<&Arc<Stored>> {
        let is_it = |file: &&Arc<Stored>| match (&file.made, file.version("")) {
            (Made::Document { mime_type, .. }, Some(content)) => {
                mime_type == kind && content.len() == len && content.sha256() == sha256
            }
            _ => false,
        };
        self.stored
            .values()
            .filter(is_it)
            .min_by_key(|it| (it.date, it.id))
    }
}
