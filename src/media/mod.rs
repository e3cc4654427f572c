//! Files, up and down: in parts, of which as many are under way as the line carries.
//!
//! `flights` keeps the parts of one transfer in flight and says what comes of each, `pace` how many
//! they are, `control` what the program wants meanwhile. Above them stand `uploading` and `fetch`,
//! which know what the parts are, and the ways in and out: paths, bytes, readers, writers.
mod cdn;
mod chunk;
mod chunks;
mod control;
mod document;
mod download;
mod downloadable;
mod fetch;
mod file_id;
mod file_kind;
mod file_place;
mod file_source;
mod film;
mod flights;
mod hashes;
mod inline_media;
mod keeping;
mod known_copy;
mod lost_part;
mod media;
mod media_file;
mod origin;
mod pace;
mod part_body;
mod partial;
mod photo;
mod pieces;
mod played;
mod profile_photo;
mod ready;
mod remote_file;
mod renewal;
mod sticker;
mod stickers;
mod thumbs;
mod upload;
mod upload_limits;
mod upload_source;
mod upload_ticket;
mod upload_writer;
mod uploaded_file;
mod uploading;
mod versions;
mod watching;
mod web_file;

pub use chunk::Chunk;
pub use chunks::Chunks;
pub use control::{Progress, TransferHandle};
pub use document::Document;
pub use download::Download;
pub use downloadable::Downloadable;
pub use file_id::FileId;
pub use file_kind::FileKind;
pub use file_place::{FilePlace, OldPlace, PhotoSource};
pub use file_source::FileSource;
pub(crate) use keeping::file_again;
pub use media::Media;
pub use media_file::MediaFile;
pub use origin::Origin;
pub use photo::Photo;
pub use played::{Animation, Audio, Video, VideoNote, Voice};
pub use profile_photo::ProfilePhoto;
pub use remote_file::RemoteFile;
pub use sticker::Sticker;
pub use stickers::{
    NewSticker, NewStickerSet, SetChange, StickerKind, StickerSet, StickerSetPages, StickerSetRef,
};
pub use thumbs::{inline_thumb, outline_path, stripped_jpeg};
pub use upload::Upload;
pub use upload_ticket::UploadTicket;
pub use upload_writer::UploadWriter;
pub use uploaded_file::UploadedFile;
pub use web_file::{WebFile, web_location};
