//! A result that a bot offers to who asks it from any chat.
use std::time::Instant;

use crate::client::Client;
use crate::error::{Error, Result};
use crate::media::{Media, Origin};
use crate::messages::keyboard::Markup;
use crate::messages::{ContactCard, Game, InputMessage, Location, Venue};
use crate::peers::PeerRef;
use crate::tl::enums::{self, InputBotInlineMessage, InputMedia};
use crate::tl::types;

/// A result that a bot offers to who asks it from any chat: what is shown of it, and what is sent
/// when somebody chooses it.
///
/// Its id is the bot's own, of 1 to 64 bytes, and comes back when it is chosen.
///
/// ```
/// use ferogram_sync::{InputInlineResult, InputMessage, Media, MediaFile};
/// use ferogram_sync::keyboard::{Button, InlineKeyboard};
///
/// let more = InlineKeyboard::new().row([Button::callback("More", "more")]);
/// let tea = InputInlineResult::article("1", "Tea", InputMessage::markdown("A **cup** of tea"))
///     .description("Hot")
///     .markup(more);
/// assert_eq!((&tea.raw.id[..], tea.raw.description.as_deref()), ("1", Some("Hot")));
///
/// let cat = Media::photo(MediaFile::url("https://example.com/cat.jpg"));
/// let cat = InputInlineResult::media("2", cat).caption("A cat");
/// assert_eq!(cat.raw.id, "2");
/// ```
///
/// See <https://core.telegram.org/api/bots/inline> and
/// <https://core.telegram.org/bots/api#inlinequeryresult>.
#[derive(Debug)]
#[must_use = "nobody sees it before it is in an answer"]
pub struct InputInlineResult<'a> {
    /// What is shown, as the schema has it. What is sent and the file are told by the methods.
    pub raw: types::InputBotInlineResult,
    file: Option<Media<'a>>,
    says: Says,
    markup: Option<Markup>,
}

/// What is sent.
#[derive(Debug)]
enum Says {
    /// The file, with this below it.
    Caption(InputMessage),
    /// This.
    Message(InputMessage),
}

/// A result as the server takes it, and the file in it that the server has.
pub(super) struct Made {
    pub(super) raw: enums::InputBotInlineResult,
    pub(super) file: Option<InputMedia>,
    pub(super) origins: Vec<Origin>,
}

impl<'a> InputInlineResult<'a> {
    fn new(id: impl Into<String>, kind: &str, says: Says) -> Self {
        let raw = types::InputBotInlineResult {
            id: id.into(),
            r#type: kind.to_owned(),
            ..Default::default()
        };
        Self {
            raw,
            file: None,
            says,
            markup: None,
        }
    }

    fn attached(id: impl Into<String>, kind: &str, media: impl Into<InputMedia>) -> Self {
        let message = InputMessage::default().media(media);
        Self::new(id, kind, Says::Message(message))
    }

    /// A title, for which a message is sent.
    pub fn article(
        id: impl Into<String>,
        title: impl Into<String>,
        message: impl Into<InputMessage>,
    ) -> Self {
        Self::new(id, "article", Says::Message(message.into())).title(title)
    }

    /// A photo, an animation, a video, music, a voice message, a sticker or a file: from here, from
    /// the server, by a `file_id` or from the web. Round videos are no results.
    ///
    /// What is to be uploaded is kept by the server first, which takes a request or two each; files
    /// on the web are fetched when they are wanted. Photos there are JPEG, files are PDF or ZIP.
    /// Videos, music and files need a [`title`](Self::title).
    pub fn media(id: impl Into<String>, media: Media<'a>) -> Self {
        let kind = media.inline_kind().unwrap_or_default();
        let caption = Says::Caption(InputMessage::default());
        let file = Some(media);
        Self {
            file,
            ..Self::new(id, kind, caption)
        }
    }

    /// A place.
    pub fn location(id: impl Into<String>, title: impl Into<String>, location: Location) -> Self {
        Self::attached(id, "geo", location).title(title)
    }

    /// A place with a name and an address, which are shown.
    pub fn venue(id: impl Into<String>, venue: Venue) -> Self {
        let media = InputMedia::from(venue);
        let (title, address) = match &media {
            InputMedia::Venue(it) => (it.title.clone(), it.address.clone()),
            _ => Default::default(),
        };
        Self::attached(id, "venue", media)
            .title(title)
            .description(address)
    }

    /// Somebody's phone number and name, which are shown.
    pub fn contact(id: impl Into<String>, card: ContactCard) -> Self {
        let media = InputMedia::from(card);
        let (name, number) = match &media {
            InputMedia::Contact(it) => (
                format!("{} {}", it.first_name, it.last_name),
                it.phone_number.clone(),
            ),
            _ => Default::default(),
        };
        Self::attached(id, "contact", media)
            .title(name.trim())
            .description(number)
    }

    /// A game of the bot's. A game, not a file: nothing else is shown of it.
    pub fn game(id: impl Into<String>, game: Game) -> Self {
        Self::attached(id, "game", game)
    }

    /// What it is called.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.raw.title = Some(title.into());
        self
    }

    /// What is shown below the title.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.raw.description = Some(description.into());
        self
    }

    /// The address that is shown of an article.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.raw.url = Some(url.into());
        self
    }

    /// The small picture that is shown of it: a JPEG file on the web. Photos and animations on the
    /// web stand for themselves where nothing is said.
    pub fn thumb(mut self, url: impl Into<String>) -> Self {
        self.raw.thumb = Some(picture(url.into()));
        self
    }

    /// What stands below the file: text and where it is bold and so on, buttons, and on which side
    /// of the file it stands. Nothing else of the message counts.
    pub fn caption(mut self, caption: impl Into<InputMessage>) -> Self {
        self.says = Says::Caption(caption.into());
        self
    }

    /// What is sent, in the place of the file where there is one: a text, or a place, a contact, an
    /// invoice or a page's preview that is attached; and its buttons. How a message is sent does
    /// not count.
    pub fn message(mut self, message: impl Into<InputMessage>) -> Self {
        self.says = Says::Message(message.into());
        self
    }

    /// The buttons below what is sent. With them the bot is told by which id it can be changed.
    pub fn markup(mut self, markup: impl Into<Markup>) -> Self {
        self.markup = Some(markup.into());
        self
    }
}

/// A picture on the web, as results show it.
fn picture(url: String) -> enums::InputWebDocument {
    types::InputWebDocument {
        url,
        size: 0,
        mime_type: "image/jpeg".to_owned(),
        attributes: Vec::new(),
    }
    .into()
}

impl InputInlineResult<'_> {
    /// As the server takes it. Uploads what has to be uploaded.
    pub(super) fn make(self, client: &Client) -> Result<Made> {
        let Self {
            mut raw,
            file,
            says,
            markup,
        } = self;
        let (mut message, is_caption) = match says {
            Says::Caption(message) => (message, true),
            Says::Message(message) => (message, false),
        };
        message.markup = markup.or(message.markup);
        let game = game_of(&message);
        raw.send_message = said(client, message, is_caption, client.begin()?)?;
        let (raw, kept) = match (file, game) {
            (Some(file), _) => return with_file(client, raw, file),
            (None, Some(short_name)) => (as_game(raw, short_name), None),
            (None, None) => (raw.into(), None),
        };
        let origins = Vec::new();
        Ok(Made {
            raw,
            file: kept,
            origins,
        })
    }
}

/// Puts a file into a result, whose reference may be new.
pub(super) fn put(result: &mut enums::InputBotInlineResult, file: &InputMedia) {
    use enums::InputBotInlineResult as Result_;
    match (result, file) {
        (Result_::Photo(result), InputMedia::Photo(file)) => result.photo = file.id.clone(),
        (Result_::Document(result), InputMedia::Document(file)) => {
            result.document = file.id.clone();
        }
        _ => {}
    }
}

fn said(
    client: &Client,
    message: InputMessage,
    is_caption: bool,
    deadline: Instant,
) -> Result<InputBotInlineMessage> {
    match is_caption {
        true => client.inline_caption(message, deadline),
        false => client.inline_message(message, deadline),
    }
}

fn game_of(message: &InputMessage) -> Option<String> {
    match message.media.as_ref()? {
        InputMedia::Game(game) => match &game.id {
            enums::InputGame::ShortName(it) => Some(it.short_name.clone()),
            _ => None,
        },
        _ => None,
    }
}

fn as_game(raw: types::InputBotInlineResult, short_name: String) -> enums::InputBotInlineResult {
    types::InputBotInlineResultGame {
        id: raw.id,
        short_name,
        send_message: raw.send_message,
    }
    .into()
}

fn with_file(
    client: &Client,
    mut raw: types::InputBotInlineResult,
    mut file: Media<'_>,
) -> Result<Made> {
    if file.inline_kind().is_none() {
        return Err(Error::Argument("a round video cannot be a result"));
    }
    if let Some(content) = file.on_web() {
        if raw.thumb.is_none() && ["photo", "gif"].contains(&&raw.r#type[..]) {
            let mime_type = content.mime_type.clone();
            raw.thumb = Some(
                types::InputWebDocument {
                    mime_type,
                    ..content.clone()
                }
                .into(),
            );
        }
        raw.content = Some(content.into());
        return Ok(Made {
            raw: raw.into(),
            file: None,
            origins: Vec::new(),
        });
    }
    let (kept, origins) = client.kept_media(&PeerRef::Me, file)?;
    let raw = match &kept {
        InputMedia::Photo(it) => types::InputBotInlineResultPhoto {
            id: raw.id,
            r#type: raw.r#type,
            photo: it.id.clone(),
            send_message: raw.send_message,
        }
        .into(),
        InputMedia::Document(it) => types::InputBotInlineResultDocument {
            id: raw.id,
            r#type: raw.r#type,
            title: raw.title,
            description: raw.description,
            document: it.id.clone(),
            send_message: raw.send_message,
        }
        .into(),
        _ => {
            return Err(Error::Unexpected(
                "the server has kept the file as something else than a photo or a document",
            ));
        }
    };
    Ok(Made {
        raw,
        file: Some(kept),
        origins,
    })
}
