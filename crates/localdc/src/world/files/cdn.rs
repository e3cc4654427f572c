//! Copies of files on CDNs, which know nothing but what they were given.
use std::collections::HashMap;

use ferogram_sync::crypto::Ctr;

use super::content::Content;

/// What goes wrong with a CDN: see [`LocalDc::set_cdn_fault`](crate::LocalDc::set_cdn_fault).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CdnFault {
    /// One bit of each piece is wrong.
    Altered,
    /// Each piece ends too early.
    Cut,
    /// The hashes that the file's own data centre tells are those of something else.
    Hashes,
    /// The file's own data centre tells no hashes at all.
    NoHashes,
    /// The copy is lost as soon as it is there.
    Forgets,
    /// Nobody knows the tokens any more.
    Tokens,
}

/// All copies, on whichever CDN.
#[derive(Default)]
pub(crate) struct Cdn {
    /// The CDN that files are sent to; none: to none.
    pub(crate) dc: Option<i32>,
    pub(crate) fault: Option<CdnFault>,
    copies: HashMap<Vec<u8>, Copied>,
    /// How many bytes CDNs have given out.
    pub(crate) served: u64,
}

/// One copy.
#[derive(Clone)]
pub(crate) struct Copied {
    pub(crate) dc: i32,
    pub(crate) key: [u8; 32],
    pub(crate) iv: [u8; 16],
    /// As it is at home: encrypted when it is given out.
    pub(crate) content: Content,
    /// Whether the CDN has it now.
    pub(crate) is_held: bool,
    /// What the CDN gives to who is to have it brought there.
    pub(crate) request_token: Vec<u8>,
}

impl Cdn {
    /// A copy by its token.
    pub(crate) fn get(&mut self, token: &[u8]) -> Option<&mut Copied> {
        match self.fault {
            Some(CdnFault::Tokens) => None,
            _ => self.copies.get_mut(token),
        }
    }

    /// A copy is to be made when somebody asks for it.
    pub(crate) fn add(&mut self, token: Vec<u8>, copied: Copied) {
        self.copies.insert(token, copied);
    }

    /// All CDNs are out of memory: what they have is gone.
    pub(crate) fn lose_all(&mut self) {
        for copied in self.copies.values_mut() {
            copied.is_held = false;
        }
    }
}

impl Copied {
    /// So many bytes from there on, as the CDN has them.
    ///
    /// See <https://core.telegram.org/cdn#decrypting-files>.
    pub(crate) fn read(&self, offset: u64, limit: usize) -> Vec<u8> {
        let mut bytes = self.content.read(offset, limit);
        let blocks = u32::try_from(offset / 16).unwrap_or(u32::MAX);
        let mut iv = self.iv;
        iv[12..].copy_from_slice(&blocks.to_be_bytes());
        Ctr::new(&self.key, &iv).apply(&mut bytes);
        bytes
    }
}
