//! The versions of photos and documents: each size, each small picture.
use super::file_source::FileSource;
use crate::tl::{enums, types};

impl FileSource {
    /// So many bytes of it, if that is known.
    fn of_size(self, bytes: Option<i32>) -> Self {
        Self {
            size: bytes.and_then(|bytes| u64::try_from(bytes).ok()),
            ..self
        }
    }
}

/// The letter of a size that has to be fetched, how many bytes it has, and its area: stripped and
/// drawn ones come with the photo, and a progressive one has several lengths, of which the last is
/// the whole.
///
/// See <https://core.telegram.org/api/files#image-thumbnail-types>.
pub(super) fn bytes_of(size: &enums::PhotoSize) -> Option<(&str, i32, i64)> {
    let area = |w: i32, h: i32| i64::from(w) * i64::from(h);
    match size {
        enums::PhotoSize::Size(it) => Some((&it.r#type, it.size, area(it.w, it.h))),
        enums::PhotoSize::Progressive(it) => {
            let whole = it.sizes.iter().copied().max()?;
            Some((&it.r#type, whole, area(it.w, it.h)))
        }
        _ => None,
    }
}

/// How many bytes the version of this letter has.
fn size_of(sizes: &[enums::PhotoSize], letter: &str) -> Option<i32> {
    let mut sizes = sizes.iter().filter_map(bytes_of);
    let found = sizes.find(|(of, ..)| *of == letter);
    found.map(|(_, bytes, _)| bytes)
}

/// The same of those that move.
fn video_size_of(sizes: &[enums::VideoSize], letter: &str) -> Option<i32> {
    sizes.iter().find_map(|size| match size {
        enums::VideoSize::Size(it) if it.r#type == letter => Some(it.size),
        _ => None,
    })
}

/// What has versions.
pub(super) trait Versions {
    /// Where the version of a letter is.
    fn version(&self, letter: &str) -> Option<FileSource>;
}

impl Versions for types::Photo {
    fn version(&self, letter: &str) -> Option<FileSource> {
        let moving = self.video_sizes.as_deref().unwrap_or_default();
        let bytes = size_of(&self.sizes, letter).or_else(|| video_size_of(moving, letter))?;
        let location = types::InputPhotoFileLocation {
            id: self.id,
            access_hash: self.access_hash,
            file_reference: self.file_reference.clone(),
            thumb_size: letter.to_owned(),
        };
        Some(FileSource::new(location, self.dc_id).of_size(Some(bytes)))
    }
}

impl Versions for types::Document {
    fn version(&self, letter: &str) -> Option<FileSource> {
        let still = self.thumbs.as_deref().unwrap_or_default();
        let moving = self.video_thumbs.as_deref().unwrap_or_default();
        let bytes = size_of(still, letter).or_else(|| video_size_of(moving, letter))?;
        let location = types::InputDocumentFileLocation {
            id: self.id,
            access_hash: self.access_hash,
            file_reference: self.file_reference.clone(),
            thumb_size: letter.to_owned(),
        };
        Some(FileSource::new(location, self.dc_id).of_size(Some(bytes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_found_by_its_letter() {
        let still = types::PhotoSize {
            r#type: "m".to_owned(),
            size: 320,
            ..Default::default()
        };
        let moving = types::VideoSize {
            r#type: "v".to_owned(),
            size: 7000,
            ..Default::default()
        };
        let stripped = types::PhotoStrippedSize {
            r#type: "i".to_owned(),
            bytes: vec![1, 2, 3],
        };
        let document = types::Document {
            thumbs: Some(vec![stripped.into(), still.into()]),
            video_thumbs: Some(vec![moving.into()]),
            ..Default::default()
        };
        let size = |letter| document.version(letter).and_then(|it| it.size);
        assert_eq!(
            (size("m"), size("v"), size("i")),
            (Some(320), Some(7000), None)
        );
    }
}
