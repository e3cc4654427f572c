//! A file as one of the results that a bot offers.
use super::media::{Kind, Media};
use super::media_file::MediaFile;
use super::upload::guess;
use crate::tl::{enums, types};

impl Media<'_> {
    /// What a result with it is called in the schema. Round videos are no results.
    ///
    /// See <https://core.telegram.org/bots/api#inlinequeryresult>.
    pub(crate) fn inline_kind(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Photo => Some("photo"),
            Kind::Document => Some("file"),
            Kind::Video => Some("video"),
            Kind::VideoNote => None,
            Kind::Animation => Some("gif"),
            Kind::Audio => Some("audio"),
            Kind::Voice => Some("voice"),
            Kind::Sticker => Some("sticker"),
        }
    }

    /// A file on the web as results tell of it: the server fetches it when somebody wants it.
    ///
    /// See <https://core.telegram.org/constructor/inputWebDocument>.
    pub(crate) fn on_web(&mut self) -> Option<types::InputWebDocument> {
        let MediaFile::Url(url) = &self.file else {
            return None;
        };
        let url = url.clone();
        let path = url.split(['?', '#']).next().unwrap_or_default();
        let name = path.rsplit('/').next().unwrap_or_default().to_owned();
        let mime_type = self.web_type(&name);
        let mut attributes = self.described(&name);
        if self.kind != Kind::Document {
            attributes.retain(|it| !matches!(it, enums::DocumentAttribute::Filename(_)));
        }
        if let (Kind::Photo, Some((w, h))) = (self.kind, self.size) {
            attributes.push(types::DocumentAttributeImageSize { w, h }.into());
        }
        Some(types::InputWebDocument {
            url,
            size: 0,
            mime_type,
            attributes,
        })
    }

    /// What is in it: the server takes few types of each kind.
    ///
    /// See <https://core.telegram.org/bots/api#inlinequeryresult>.
    fn web_type(&self, name: &str) -> String {
        let guessed = guess(name);
        let fits = match self.kind {
            Kind::Photo | Kind::Video | Kind::VideoNote | Kind::Voice | Kind::Sticker => false,
            Kind::Animation => guessed == "image/gif" || guessed == "video/mp4",
            Kind::Audio => guessed.starts_with("audio/"),
            Kind::Document => true,
        };
        let usual = match self.kind {
            _ if fits => return guessed,
            Kind::Photo => "image/jpeg",
            Kind::Animation => "image/gif",
            Kind::Audio => "audio/mpeg",
            Kind::Voice => "audio/ogg",
            Kind::Sticker => "image/webp",
            Kind::Video | Kind::VideoNote | Kind::Document => "video/mp4",
        };
        usual.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(make: fn(MediaFile<'static>) -> Media<'static>, url: &str) -> types::InputWebDocument {
        let media = make(MediaFile::url(url));
        media.size(90, 60).on_web().expect("it is on the web")
    }

    #[test]
    fn the_server_is_told_a_type_that_it_takes() {
        type Make = fn(MediaFile<'static>) -> Media<'static>;
        let cases: [(Make, &str, &str); 8] = [
            (
                |it| Media::photo(it),
                "https://a.example/a.png",
                "image/jpeg",
            ),
            (
                |it| Media::animation(it),
                "https://a.example/a.mp4?x=1",
                "video/mp4",
            ),
            (
                |it| Media::animation(it),
                "https://a.example/a",
                "image/gif",
            ),
            (
                |it| Media::video(it),
                "https://a.example/a.webm",
                "video/mp4",
            ),
            (
                |it| Media::audio(it),
                "https://a.example/a.m4a#t",
                "audio/m4a",
            ),
            (|it| Media::audio(it), "https://a.example/a", "audio/mpeg"),
            (
                |it| Media::voice(it),
                "https://a.example/a.mp3",
                "audio/ogg",
            ),
            (
                |it| Media::document(it),
                "https://a.example/a.zip",
                "application/zip",
            ),
        ];
        for (make, url, mime_type) in cases {
            let document = told(make, url);
            assert_eq!(
                (&document.url[..], &document.mime_type[..]),
                (url, mime_type)
            );
        }
        let photo = told(Media::photo, "https://a.example/a.jpg");
        let size = types::DocumentAttributeImageSize { w: 90, h: 60 };
        assert_eq!(photo.attributes, vec![size.into()]);
        let file = told(Media::document, "https://a.example/b/notes.pdf?x");
        let file_name = "notes.pdf".to_owned();
        let named = types::DocumentAttributeFilename { file_name }.into();
        assert!(file.attributes.contains(&named));
    }
}
