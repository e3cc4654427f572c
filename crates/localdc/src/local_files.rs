//! How the storage of files behaves, and what it has done.
use std::sync::Arc;

use ferogram_sync::tl::{enums, types};

use crate::api::{given, put_into_set, stored};
use crate::clock::seconds;
use crate::local_dc::LocalDc;
use crate::world::{CdnFault, Picture, SetItem, SetKind, StickerSet, grey};

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

    /// Lets the data centres find a file at an address of the web; they fetch nothing from anywhere
    /// else. Gives it as an account sees it.
    #[must_use]
    pub fn add_web_file(
        &self,
        account: i64,
        (url, mime_type): (&str, &str),
        bytes: &[u8],
    ) -> enums::WebDocument {
        let now = i64::from(seconds(self.now()));
        let mut world = self.world();
        world.set_now(now);
        let id = stored(&mut world, account, (url, mime_type.to_owned()), bytes);
        let access_hash = world.access_hash(account, id);
        if let Some(file) = world.files.get(id).map(Arc::clone) {
            world.files.on_web.insert(url.to_owned(), file);
        }
        types::WebDocument {
            url: url.to_owned(),
            access_hash,
            size: i32::try_from(bytes.len()).unwrap_or(i32::MAX),
            mime_type: mime_type.to_owned(),
            attributes: Vec::new(),
        }
        .into()
    }

    /// Makes a set of stickers that is nobody's, one for each emoji; gives the name by which links
    /// lead to it.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// let name = telegram.add_sticker_set("Animals", &["🐱", "🐶"]);
    /// assert_eq!(telegram.user().sticker_set(&name[..])?.stickers.len(), 2);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    #[must_use]
    pub fn add_sticker_set(&self, title: &str, emoji: &[&str]) -> String {
        let now = i64::from(seconds(self.now()));
        let mut world = self.world();
        world.set_now(now);
        let id = world.chance.number();
        let items = emoji.iter().map(|emoji| SetItem {
            file: stored(
                &mut world,
                0,
                ("sticker.webp", "image/webp".to_owned()),
                format!("RIFF....WEBP{emoji}").as_bytes(),
            ),
            emoji: (*emoji).to_owned(),
            keywords: Vec::new(),
            mask: None,
        });
        let items = items.collect();
        let set = StickerSet {
            id,
            title: title.to_owned(),
            short_name: format!("set_{:x}", id.unsigned_abs()),
            kind: SetKind::Stickers,
            text_color: false,
            owner: 0,
            made_by: 0,
            items,
            thumb: None,
            version: 1,
        };
        for item in &set.items {
            put_into_set(&mut world, item, &set);
        }
        let name = set.short_name.clone();
        world.sticker_sets.insert(set);
        name
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

    /// From now on clients that know CDNs are sent to this one for files, as for popular ones in
    /// production; with none, to none, as at first. There have to be some:
    /// [`Builder::cdns`](crate::Builder::cdns).
    ///
    /// See <https://core.telegram.org/cdn>.
    pub fn serve_files_by_cdn(&self, dc: Option<i32>) {
        self.world().files.cdn.dc = dc;
    }

    /// From now on this goes wrong with CDNs; with none, nothing does.
    pub fn set_cdn_fault(&self, fault: Option<CdnFault>) {
        self.world().files.cdn.fault = fault;
    }

    /// The CDNs lose what they have, as they do when their memory is full: it has to be brought
    /// there again.
    pub fn empty_cdns(&self) {
        self.world().files.cdn.lose_all();
    }

    /// How many bytes of files CDNs have given out so far.
    #[must_use]
    pub fn cdn_bytes_served(&self) -> u64 {
        self.world().files.cdn.served
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
