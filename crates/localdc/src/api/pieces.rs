//! Which pieces of files can be asked for, and their hashes.
use ferogram_sync::tl::{enums, types};

use crate::world::FileContent;

use super::errors::bad;
use super::seam::RpcError;

/// What is asked for at once lies within one of these.
const SPAN: u64 = 1 << 20;

/// Offsets and lengths are multiples of this, or of the smaller one if `precise` is asked for.
const STEP: u64 = 4096;

const PRECISE_STEP: u64 = 1024;

/// So many hashes come in one answer.
const HASHES: usize = 8;

/// Which pieces can be asked for (<https://core.telegram.org/api/files#downloading-files>).
pub(super) fn check_limits(offset: u64, limit: u64, precise: bool) -> Result<(), RpcError> {
    let step = match precise {
        true => PRECISE_STEP,
        false => STEP,
    };
    let divides = limit > 0 && (precise || SPAN.is_multiple_of(limit));
    if limit > SPAN || !limit.is_multiple_of(step) || !divides {
        return Err(bad("LIMIT_INVALID"));
    }
    if !offset.is_multiple_of(step) {
        return Err(bad("OFFSET_INVALID"));
    }
    match offset / SPAN == (offset + limit - 1) / SPAN {
        true => Ok(()),
        false => Err(bad("LIMIT_INVALID")),
    }
}

/// The hashes of the pieces from an offset on.
pub(super) fn shown_hashes(content: &FileContent, offset: u64) -> Vec<enums::FileHash> {
    let pieces = content.hashes(offset, HASHES).into_iter();
    let shown = pieces.map(|(offset, len, hash)| {
        types::FileHash {
            offset: i64::try_from(offset).unwrap_or(i64::MAX),
            limit: i32::try_from(len).unwrap_or(i32::MAX),
            hash: hash.to_vec(),
        }
        .into()
    });
    shown.collect()
}
