//! Files that are being uploaded, part by part.
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::content::Content;

/// The longest part.
pub(crate) const PART_MAX: usize = 512 << 10;

/// The most parts of one file; half as many without Premium, which nobody has here.
///
/// See <https://core.telegram.org/api/files#uploading-files>.
const PARTS_MAX: i32 = 4000;

/// Up to here a file is uploaded as a small one.
///
/// See <https://core.telegram.org/api/files#uploading-files>.
const SMALL_MAX: u64 = 10 << 20;

/// So long parts are kept, in seconds: the page says "from several minutes to several hours".
const KEPT: i64 = 24 * 3600;

/// All uploads that are under way, by who uploads and the number that they chose.
#[derive(Default)]
pub(crate) struct Uploads {
    uploads: HashMap<(i64, i64), Upload>,
    /// The bytes of all of them.
    held: u64,
    /// Parts that are accepted once and forgotten, as storage does now and then.
    pub(super) to_forget: Vec<i32>,
}

struct Upload {
    parts: BTreeMap<i32, Arc<Vec<u8>>>,
    big: bool,
    /// How many parts there will be, if that was told.
    total: Option<i32>,
    since: i64,
}

/// A part as it comes.
pub(crate) struct Part {
    pub(crate) number: i32,
    pub(crate) bytes: Vec<u8>,
    /// Of a big file: how many parts there will be, −1 if that is not known yet.
    pub(crate) total: Option<i32>,
}

impl Uploads {
    /// The bytes of all of them.
    pub(crate) fn held(&self) -> u64 {
        self.held
    }

    /// Takes a part in, or says the name of the error.
    pub(crate) fn save(
        &mut self,
        now: i64,
        owner: (i64, i64),
        part: Part,
    ) -> Result<(), &'static str> {
        check(&part)?;
        self.drop_old(now);
        let upload = self.uploads.entry(owner).or_insert_with(|| Upload {
            parts: BTreeMap::new(),
            big: part.total.is_some(),
            total: None,
            since: now,
        });
        if upload.big != part.total.is_some() {
            return Err("FILE_PART_INVALID");
        }
        upload.count(&part)?;
        if part.bytes.is_empty() {
            return Ok(()); // The end of a stream: it only told how many there are.
        }
        if let Some(at) = self.to_forget.iter().position(|it| *it == part.number) {
            self.to_forget.swap_remove(at);
            return Ok(());
        }
        self.held += part.bytes.len() as u64;
        let before = upload.parts.insert(part.number, Arc::new(part.bytes));
        self.held -= before.map_or(0, |before| before.len() as u64);
        Ok(())
    }

    /// The whole file, of so many parts, or the name of the error.
    pub(crate) fn whole(
        &self,
        owner: (i64, i64),
        parts: i32,
        big: bool,
    ) -> Result<Content, String> {
        let invalid = || "FILE_PARTS_INVALID".to_owned();
        if !(1..=PARTS_MAX).contains(&parts) {
            return Err(invalid());
        }
        let upload = self.uploads.get(&owner);
        let upload = upload.ok_or_else(|| "FILE_PART_0_MISSING".to_owned())?;
        // Of a stream, too, the last part says how many there are.
        let total = if big { upload.total } else { Some(parts) };
        if upload.big != big || total != Some(parts) {
            return Err(invalid());
        }
        let mut pieces = Vec::new();
        for number in 0..parts {
            let part = upload.parts.get(&number);
            pieces.push(Arc::clone(
                part.ok_or_else(|| format!("FILE_PART_{number}_MISSING"))?,
            ));
        }
        if upload.parts.len() > pieces.len() {
            return Err(invalid());
        }
        let (first, last) = (pieces[0].len(), pieces[pieces.len() - 1].len());
        let all_but_last = &pieces[..pieces.len() - 1];
        // See https://core.telegram.org/api/files#uploading-files.
        let sized = all_but_last.iter().all(|it| it.len() == first) && last <= first;
        if !sized || all_but_last.iter().any(|it| !is_part_size(it.len())) {
            return Err("FILE_PART_LENGTH_INVALID".to_owned());
        }
        let content = Content::new(pieces);
        match !big && content.len() > SMALL_MAX {
            true => Err(invalid()),
            false => Ok(content),
        }
    }

    fn drop_old(&mut self, now: i64) {
        let held = &mut self.held;
        self.uploads.retain(|_, upload| {
            let keep = upload.since + KEPT > now;
            if !keep {
                *held -= upload.parts.values().map(|it| it.len() as u64).sum::<u64>();
            }
            keep
        });
    }
}

impl Upload {
    /// Notes how many parts there will be, and whether this one can be one of them.
    fn count(&mut self, part: &Part) -> Result<(), &'static str> {
        let Some(total) = part.total.filter(|total| *total != -1) else {
            return match self.total {
                // Whoever has said how many there are knows it from then on.
                Some(total) if part.number >= total => Err("FILE_PART_INVALID"),
                _ => Ok(()),
            };
        };
        if self.total.is_some_and(|before| before != total) {
            return Err("FILE_PARTS_INVALID");
        }
        let ends_stream = part.bytes.is_empty() && part.number == total;
        if part.number >= total && !ends_stream {
            return Err("FILE_PART_INVALID");
        }
        let is_last = part.number == total - 1;
        if !is_last && !ends_stream && !is_part_size(part.bytes.len()) {
            return Err("FILE_PART_SIZE_INVALID");
        }
        self.total = Some(total);
        Ok(())
    }
}

/// What can be said of a part before anything else is known.
///
/// See <https://core.telegram.org/method/upload.saveBigFilePart#possible-errors>.
fn check(part: &Part) -> Result<(), &'static str> {
    if part.number < 0 || part.number > PARTS_MAX {
        return Err("FILE_PART_INVALID");
    }
    let total = part.total.unwrap_or(-1);
    if total != -1 && !(1..=PARTS_MAX).contains(&total) {
        return Err("FILE_PARTS_INVALID");
    }
    if part.bytes.len() > PART_MAX {
        return Err("FILE_PART_TOO_BIG");
    }
    if part.bytes.is_empty() && part.number != total {
        return Err("FILE_PART_EMPTY");
    }
    Ok(())
}

fn is_part_size(len: usize) -> bool {
    len > 0 && len.is_multiple_of(1024) && PART_MAX.is_multiple_of(len)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ME: (i64, i64) = (1, 7);

    fn small(number: i32, bytes: usize) -> Part {
        Part {
            number,
            bytes: vec![u8::try_from(number).unwrap_or(9); bytes],
            total: None,
        }
    }

    fn big(number: i32, bytes: usize, total: i32) -> Part {
        Part {
            total: Some(total),
            ..small(number, bytes)
        }
    }

    #[test]
    fn parts_come_in_any_order_and_twice() {
        let mut uploads = Uploads::default();
        for (number, len) in [(2, 100), (0, 1024), (1, 1024), (0, 1024)] {
            uploads
                .save(0, ME, small(number, len))
                .expect("a good part");
        }
        let Ok(whole) = uploads.whole(ME, 3, false) else {
            panic!("all is there");
        };
        assert_eq!((whole.len(), uploads.held()), (2148, 2148));
        assert!(uploads.whole((2, 7), 3, false).is_err(), "another's");
        let other = uploads.whole(ME, 4, false).err();
        assert_eq!(other.as_deref(), Some("FILE_PART_3_MISSING"));
        for (parts, big) in [(2, false), (0, false), (4001, false), (3, true)] {
            let error = uploads.whole(ME, parts, big).err();
            assert_eq!(
                error.as_deref(),
                Some("FILE_PARTS_INVALID"),
                "{parts} {big}"
            );
        }
    }

    #[test]
    fn wrong_parts_are_refused() {
        let save = |part| Uploads::default().save(0, ME, part).expect_err("refused");
        assert_eq!(save(small(0, 0)), "FILE_PART_EMPTY");
        assert_eq!(save(small(0, PART_MAX + 1)), "FILE_PART_TOO_BIG");
        assert_eq!(save(small(-1, 1024)), "FILE_PART_INVALID");
        assert_eq!(save(small(4001, 1024)), "FILE_PART_INVALID");
        assert_eq!(save(big(0, 1024, 0)), "FILE_PARTS_INVALID");
        assert_eq!(save(big(0, 1024, 4001)), "FILE_PARTS_INVALID");
        assert_eq!(save(big(2, 1024, 2)), "FILE_PART_INVALID");
        assert_eq!(save(big(0, 1000, 2)), "FILE_PART_SIZE_INVALID");
        assert_eq!(save(big(0, 3072, 2)), "FILE_PART_SIZE_INVALID");
    }

    #[test]
    fn uneven_parts_make_no_file() {
        for lengths in [[1024, 2048, 1], [1000, 1000, 1000], [1024, 1024, 2048]] {
            let mut uploads = Uploads::default();
            for (number, len) in (0..).zip(lengths) {
                uploads.save(0, ME, small(number, len)).expect("kept");
            }
            let error = uploads.whole(ME, 3, false).err();
            assert_eq!(error.as_deref(), Some("FILE_PART_LENGTH_INVALID"));
        }
    }

    #[test]
    fn a_stream_tells_its_length_in_the_end() {
        for last in [500, 0] {
            let mut uploads = Uploads::default();
            uploads.save(0, ME, big(0, 1024, -1)).expect("kept");
            let (number, total) = if last == 0 { (1, 1) } else { (1, 2) };
            uploads.save(0, ME, big(number, last, total)).expect("kept");
            let Ok(whole) = uploads.whole(ME, total, true) else {
                panic!("all is there");
            };
            assert_eq!(whole.len(), 1024 + last as u64);
            let late = uploads.save(0, ME, big(5, 1024, -1));
            assert_eq!(late, Err("FILE_PART_INVALID"));
        }
    }

    #[test]
    fn what_is_small_must_be_uploaded_so_and_parts_do_not_stay() {
        let mut uploads = Uploads::default();
        for number in 0..21 {
            uploads.save(0, ME, small(number, PART_MAX)).expect("kept");
        }
        let error = uploads.whole(ME, 21, false).err();
        assert_eq!(error.as_deref(), Some("FILE_PARTS_INVALID"));
        let other = (1, 8);
        uploads.save(KEPT, other, small(0, 10)).expect("kept");
        assert_eq!(uploads.held(), 10);
    }
}
