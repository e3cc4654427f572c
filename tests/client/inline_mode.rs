//! Bots that are asked from any chat, and who asks them.
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use ferogram_sync::keyboard::{Button, InlineKeyboard};
use ferogram_sync::tl::enums::{InlineQueryPeerType as Kind, InputBotInlineResult, MessageMedia};
use ferogram_sync::tl::types;
use ferogram_sync::update::{InlineQuery, InlineSend};
use ferogram_sync::{
    BannedRights, Client, ContactCard, Dispatcher, Error, Game, InlineAnswer, InlineOptions,
    InlineResult, InputInlineResult, InputMessage, Invoice, LinkPreview, Location, Media,
    MediaFile, Message, Update, Updates, Upload, Venue, filters,
};
use localdc::{Effect, InlineMode, LocalDc, Rule};

const LONG: Duration = Duration::from_secs(30);

struct Town {
    dc: LocalDc,
    ann: Client,
    bot: Client,
    name: String,
}

fn town() -> Town {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bot) = (dc.user(), dc.bot());
    let me = bot.get_me().expect("signed in");
    let name = format!("@{}", me.username().expect("bots have one"));
    Town { dc, ann, bot, name }
}

impl Town {
    /// What Ann is offered for some words, in whole.
    fn offered(&self, query: &str) -> Vec<InlineResult> {
        let results = self.ann.inline_query(&self.name, query);
        results.collect::<Result<_, _>>().expect("it is answered")
    }
}

fn next_query(updates: &mut Updates) -> InlineQuery {
    loop {
        let update = updates.next_timeout(LONG).expect("it comes");
        if let Update::InlineQuery(query) = update {
            return query;
        }
    }
}

fn next_choice(updates: &mut Updates) -> InlineSend {
    loop {
        let update = updates.next_timeout(LONG).expect("it comes");
        if let Update::InlineSend(chosen) = update {
            return chosen;
        }
    }
}

/// Has the bot answer so many queries, in a thread, which gives them back.
fn answering(
    bot: &Client,
    many: usize,
    answer: impl Fn(&InlineQuery) -> InlineAnswer<'static> + Send + 'static,
) -> JoinHandle<Vec<InlineQuery>> {
    let mut updates = bot.updates();
    thread::spawn(move || {
        let mut queries = Vec::new();
        for _ in 0..many {
            let query = next_query(&mut updates);
            query.answer(answer(&query)).expect("somebody waits");
            queries.push(query);
        }
        queries
    })
}

fn article(id: impl ToString) -> InputInlineResult<'static> {
    let id = id.to_string();
    let text = format!("The text of {id}");
    InputInlineResult::article(&id, format!("Title {id}"), text)
}

#[test]
fn the_results_go_on_where_the_bot_says() {
    let town = town();
    let answers = answering(&town.bot, 3, |query| {
        let from: u32 = query.offset().parse().unwrap_or(0);
        let answer = InlineAnswer::new((from..from + 3).map(article)).gallery(true);
        let answer = answer.cache_time(7).start_button("Sign in", "x");
        match from {
            // The last page leads back to where one has been.
            6 => answer.next_offset("3"),
            _ => answer.next_offset((from + 3).to_string()),
        }
    });
    let mut results = town.ann.inline_query(&town.name, "te").in_chat("me");
    let told = results.told().expect("it is answered").clone();
    assert!(told.gallery && told.results.is_empty());
    assert_eq!(
        (told.cache_time, told.next_offset.as_deref()),
        (7, Some("3"))
    );
    let button = types::InlineBotSwitchPm {
        text: "Sign in".to_owned(),
        start_param: "x".to_owned(),
    };
    assert_eq!(told.switch_pm, Some(button.into()));
    let first = results.next().expect("there is one").expect("it is there");
    assert_eq!(first.query_id(), told.query_id);
    let rest = results.by_ref().map(|it| it.expect("it is there"));
    let rest: Vec<InlineResult> = rest.collect();
    let ids: Vec<&str> = rest.iter().map(InlineResult::id).collect();
    assert_eq!(ids, ["1", "2", "3", "4", "5", "6", "7", "8"]);
    // Each is of the query that it has come with; what is told is of the first.
    for result in [&first, &rest[3], &rest[7]] {
        result.send("me").expect("it is offered");
    }
    assert_eq!(results.told().expect("it is known"), &told);
    let queries = answers.join().expect("it has answered");
    let asked: Vec<&str> = queries.iter().map(InlineQuery::offset).collect();
    assert_eq!(asked, ["", "3", "6"]);
    let ann = town.ann.my_id().expect("signed in");
    assert!(
        queries
            .iter()
            .all(|it| it.text() == "te" && it.user_id() == ann)
    );
    assert_eq!(queries[0].chat_kind(), Some(&Kind::Pm));
}

#[test]
fn no_page_is_asked_for_that_nobody_wants() {
    let town = town();
    let page = |query: &InlineQuery| {
        let from: u32 = query.offset().parse().unwrap_or(0);
        let answer = InlineAnswer::new((from..from + 3).map(article)).cache_time(0);
        answer.next_offset((from + 3).to_string())
    };
    let answers = answering(&town.bot, 3, page);
    let limited = town.ann.inline_query(&town.name, "a").limit(3);
    assert_eq!(limited.count(), 3);
    let from = town.ann.inline_query(&town.name, "b").offset("6").limit(4);
    let ids: Vec<String> = from
        .map(|it| it.expect("it is there").id().to_owned())
        .collect();
    assert_eq!(ids, ["6", "7", "8", "9"]);
    let queries = answers.join().expect("it has answered");
    let asked = queries.iter().map(|it| (it.text(), it.offset()));
    assert_eq!(
        asked.collect::<Vec<_>>(),
        [("a", ""), ("b", "6"), ("b", "9")]
    );
}

fn more() -> InlineKeyboard {
    InlineKeyboard::new().row([Button::callback("More", "more")])
}

/// Results of each kind without a file.
fn plain_kinds() -> Vec<InputInlineResult<'static>> {
    let page = LinkPreview::new("https://example.org/").large();
    let page = InputMessage::text("A page").media(page);
    let invoice = Invoice::new("Tea", "A cup", *b"cup", "XTR").price("Tea", 5);
    let invoice = InputMessage::default().media(invoice);
    let place = Location::new(52.5, 13.4);
    vec![
        InputInlineResult::article("article", "Tea", InputMessage::markdown("**Tea**"))
            .description("Hot")
            .url("https://example.org/tea")
            .thumb("https://example.org/tea.jpg")
            .markup(more()),
        InputInlineResult::article("page", "Page", page),
        InputInlineResult::article("invoice", "Buy", invoice),
        InputInlineResult::location("geo", "Here", place.clone().live(900)),
        InputInlineResult::venue("venue", Venue::new(place, "A house", "A street 1")),
        InputInlineResult::contact("contact", ContactCard::new("+15550001", "Ann")).markup(more()),
        InputInlineResult::game("game", Game::new("chess")),
    ]
}

fn sent(results: &[InlineResult], id: &str) -> Message {
    let result = results.iter().find(|it| it.id() == id);
    let message = result.expect("it is offered").send("me");
    message.unwrap_or_else(|error| panic!("{id}: {error}"))
}

#[test]
fn each_kind_of_result_is_shown_and_sent() {
    let town = town();
    let answers = answering(&town.bot, 1, |_| plain_kinds().into());
    let results = town.offered("all");
    answers.join().expect("it has answered");
    let told = |it: &InlineResult| (it.kind().to_owned(), it.title().map(str::to_owned));
    let shown: Vec<_> = results.iter().map(told).collect();
    let wanted = [
        ("article", Some("Tea")),
        ("article", Some("Page")),
        ("article", Some("Buy")),
        ("geo", Some("Here")),
        ("venue", Some("A house")),
        ("contact", Some("Ann")),
        ("game", None),
    ];
    assert_eq!(
        shown,
        wanted.map(|(kind, title)| (kind.to_owned(), title.map(str::to_owned)))
    );
    let tea = &results[0];
    assert_eq!(
        (tea.description(), tea.url()),
        (Some("Hot"), Some("https://example.org/tea"))
    );
    assert!(tea.thumb().is_some() && tea.content().is_none());
    assert_eq!(tea.text(), Some("Tea"));
    assert_eq!(results[4].description(), Some("A street 1"));
    assert_eq!(results[5].description(), Some("+15550001"));
    let tea = sent(&results, "article");
    assert_eq!(
        (tea.markdown_text(), tea.via_bot_id()),
        ("**Tea**".to_owned(), town.bot.my_id())
    );
    assert!(tea.raw.reply_markup.is_some());
    let page = sent(&results, "page");
    let Some(MessageMedia::WebPage(shown)) = page.media() else {
        panic!("it is a page");
    };
    assert!(shown.force_large_media && page.text() == "A page");
    let invoice = sent(&results, "invoice");
    assert!(matches!(invoice.media(), Some(MessageMedia::Invoice(it)) if it.total_amount == 5));
    let place = sent(&results, "geo");
    assert!(matches!(place.media(), Some(MessageMedia::GeoLive(it)) if it.period == 900));
    let venue = sent(&results, "venue");
    assert!(matches!(venue.media(), Some(MessageMedia::Venue(it)) if it.title == "A house"));
    let card = sent(&results, "contact");
    assert!(matches!(card.media(), Some(MessageMedia::Contact(it)) if it.first_name == "Ann"));
    assert!(card.raw.reply_markup.is_some());
    let game = sent(&results, "game");
    assert!(matches!(game.media(), Some(MessageMedia::Game(_))));
}

#[test]
fn files_come_from_here_from_the_server_and_from_the_web() {
    let town = town();
    let ann = town.ann.my_id().expect("signed in");
    let web = [
        (
            "https://example.org/a.jpg",
            "image/jpeg",
            localdc::picture(90, 60),
        ),
        (
            "https://example.org/a.pdf",
            "application/pdf",
            b"%PDF-1.7".to_vec(),
        ),
    ];
    for (url, mime_type, bytes) in &web {
        let _ = town.dc.add_web_file(ann, (url, mime_type), bytes);
    }
    let set = town.dc.add_sticker_set("Animals", &["🐱"]);
    let sticker = town.bot.sticker_set(&set[..]).expect("it is there");
    let sticker = MediaFile::from(&sticker.stickers[0]);
    let sticker = std::sync::Mutex::new(Some(sticker));
    let answers = answering(&town.bot, 1, move |_| {
        let photo = Upload::bytes(localdc::picture(80, 60)).name("b.jpg");
        let notes = Upload::bytes(b"Hello").name("notes.txt");
        let voice = Upload::bytes(b"OggS").name("a.ogg");
        let sticker = sticker.lock().expect("not poisoned").take();
        let [jpg, pdf] = ["a.jpg", "a.pdf"].map(|it| format!("https://example.org/{it}"));
        InlineAnswer::new([
            InputInlineResult::media("photo", Media::photo(photo))
                .caption("A photo")
                .markup(more()),
            InputInlineResult::media("file", Media::document(notes))
                .title("Notes")
                .description("Short"),
            InputInlineResult::media("voice", Media::voice(voice)).title("Listen"),
            InputInlineResult::media("sticker", Media::sticker(sticker.expect("one query"))),
            InputInlineResult::media("jpg", Media::photo(MediaFile::url(jpg)))
                .caption(InputMessage::markdown("**Web**")),
            InputInlineResult::media("pdf", Media::document(MediaFile::url(&pdf))).title("PDF"),
            InputInlineResult::media("text", Media::document(MediaFile::url(pdf)))
                .title("Text")
                .message("Instead of it"),
        ])
    });
    let results = town.offered("files");
    answers.join().expect("it has answered");
    let kinds: Vec<&str> = results.iter().map(InlineResult::kind).collect();
    assert_eq!(
        kinds,
        ["photo", "file", "voice", "sticker", "photo", "file", "file"]
    );
    let photo = results[0].photo().expect("it is one");
    assert_eq!(
        town.ann.download(&photo).to_bytes().expect("hers")[..2],
        [0xff, 0xd8]
    );
    assert_eq!(
        (results[1].title(), results[1].description()),
        (Some("Notes"), Some("Short"))
    );
    let notes = results[1].document().expect("it is one");
    assert_eq!(
        town.ann.download(&notes).to_bytes().expect("hers"),
        b"Hello"
    );
    let place = ferogram_sync::web_location(results[5].content().expect("it is on the web"));
    let pdf = town.ann.web_file(place.expect("the server fetches it"));
    assert_eq!(pdf.expect("it is there").bytes, b"%PDF-1.7");
    assert!(results[4].thumb().is_some(), "a photo stands for itself");
    let message = sent(&results, "photo");
    assert_eq!(message.text(), "A photo");
    assert!(message.raw.reply_markup.is_some());
    assert_eq!(message.photo().map(|it| it.id()), Some(photo.id()));
    assert_eq!(
        sent(&results, "file").document().map(|it| it.id()),
        Some(notes.id())
    );
    assert!(sent(&results, "voice").voice().is_some());
    assert_eq!(
        sent(&results, "sticker")
            .sticker()
            .map(|it| it.emoji().to_owned()),
        Some("🐱".to_owned())
    );
    let web = sent(&results, "jpg");
    assert!(web.photo().is_some() && web.markdown_text() == "**Web**");
    let pdf = sent(&results, "pdf");
    let pdf = pdf.document().expect("it is one");
    assert_eq!(
        town.ann.download(&pdf).to_bytes().expect("hers"),
        b"%PDF-1.7"
    );
    let text = sent(&results, "text");
    assert_eq!(
        (text.text(), text.document().is_some()),
        ("Instead of it", false)
    );
}

/// A file that the bot has from a message is found again there.
#[test]
fn references_that_have_expired_are_renewed() {
    let town = town();
    let bot_id = town.bot.my_id().expect("signed in");
    let mut updates = town.bot.updates();
    town.ann
        .send_message(&town.name, "/start")
        .expect("the bot exists");
    let file = |name: &'static str| Upload::bytes(name.as_bytes()).name(name);
    for name in ["a.txt", "b.txt"] {
        town.ann
            .send_document(&town.name, file(name), "")
            .expect("it is sent");
    }
    let mut seen = Vec::new();
    while seen.len() < 2 {
        let update = updates.next_timeout(LONG).expect("it comes");
        if let Update::NewMessage(message) = update {
            seen.extend(message.document());
        }
    }
    assert_ne!(bot_id, 0);
    town.dc.expire_file_references();
    let answers = answering(&town.bot, 1, move |_| {
        let file = |it: &ferogram_sync::Document| {
            let name = it.file_name().unwrap_or_default().to_owned();
            InputInlineResult::media(&name, Media::document(it)).title(&name)
        };
        let files = seen.iter().map(file);
        // Where a file stands among the results is not where it stands among the files.
        InlineAnswer::new([article(1)].into_iter().chain(files))
    });
    let results = town.offered("files");
    answers.join().expect("it has answered");
    for (result, name) in results[1..].iter().zip(["a.txt", "b.txt"]) {
        let document = result.document().expect("it is one");
        assert_eq!(document.file_name(), Some(name));
        assert_eq!(
            sent(&results, name).document().map(|it| it.id()),
            Some(document.id())
        );
    }
}

#[test]
fn how_a_result_is_sent() {
    let town = town();
    let ann = &town.ann;
    let answers = answering(&town.bot, 1, |_| [article(1)].into());
    let result = town.offered("te").remove(0);
    answers.join().expect("it has answered");
    let send = |options: InlineOptions| ann.send_inline_result("me", &result, options);
    let first = send(InlineOptions::new()).expect("it is sent");
    assert!(!first.silent() && first.reply_to_message_id().is_none());
    ann.save_draft("me", "Buy milk").expect("it is kept");
    let options = InlineOptions::new().silent(true).reply_to(first.id());
    let second = send(options.clear_draft(true)).expect("it is sent");
    assert!(second.silent() && second.id() > first.id());
    assert_eq!(second.reply_to_message_id(), Some(first.id()));
    assert!(ann.draft("me").expect("it answers").is_none());
    let hidden = send(InlineOptions::new().hide_via(true)).expect("it is sent");
    assert_eq!(
        (hidden.text(), hidden.via_bot_id()),
        ("The text of 1", None)
    );
    // The server's answer may be short.
    let bob = town.dc.user();
    let bob_name = bob.get_me().expect("signed in");
    let bob_name = format!("@{}", bob_name.username().expect("he has one"));
    let hidden = InlineOptions::new().hide_via(true);
    let hidden = ann.send_inline_result(&bob_name[..], &result, hidden);
    assert_eq!(hidden.expect("it is sent").text(), "The text of 1");
    let later = first.date() + 10_000;
    let waiting = send(InlineOptions::new().schedule_date(later)).expect("it waits");
    assert_eq!((waiting.date(), waiting.text()), (later, "The text of 1"));
    let waiting = ann.scheduled_messages("me").expect("it answers");
    assert_eq!(waiting.len(), 1);
    send(InlineOptions::new().quick_reply("tea")).expect("it is kept");
    let kept = ann.quick_replies().expect("it answers");
    assert_eq!(kept.len(), 1);
    // Who may not send results there is told so.
    let group = town.dc.add_group(
        "Tea",
        bob.my_id().expect("signed in"),
        &[ann.my_id().expect("signed in")],
    );
    let group = -group;
    ann.send_inline_result(group, &result, InlineOptions::new())
        .expect("she may");
    let none = BannedRights::new().send_inline(true);
    bob.set_default_rights(group, none).expect("his");
    let error = ann.send_inline_result(group, &result, InlineOptions::new());
    let error = error.expect_err("nobody may");
    assert!(error.is("CHAT_SEND_INLINE_FORBIDDEN"), "{error}");
}

#[test]
fn an_answer_is_kept_for_all_or_for_one() {
    let town = town();
    let answers = answering(&town.bot, 7, |query| {
        let answer = InlineAnswer::new([article(query.text())]);
        match query.text() {
            "mine" => answer.personal(true),
            "short" => answer.cache_time(0),
            _ => answer,
        }
    });
    let bob = town.dc.user();
    let ask = |who: &Client, query: &str| {
        let mut results = who.inline_query(&town.name, query);
        let result = results
            .next()
            .expect("there is one")
            .expect("it is answered");
        assert_eq!(result.title(), Some(&format!("Title {query}")[..]));
        result
    };
    for query in ["all", "mine", "short"] {
        ask(&town.ann, query);
    }
    for query in ["all", "mine"] {
        ask(&town.ann, query);
    }
    ask(&town.ann, "short");
    let kept = ask(&bob, "all");
    assert_eq!(kept.send("me").expect("his, too").text(), "The text of all");
    ask(&bob, "mine");
    // From another kind of chat it may be another answer.
    let mut inside = town
        .ann
        .inline_query(&town.name, "all")
        .in_chat(&town.name[..]);
    inside
        .next()
        .expect("there is one")
        .expect("it is answered");
    ask(&town.ann, "end");
    let queries = answers.join().expect("it has answered");
    let asked: Vec<&str> = queries.iter().map(InlineQuery::text).collect();
    assert_eq!(
        asked,
        ["all", "mine", "short", "short", "mine", "all", "end"]
    );
    assert_eq!(queries[5].chat_kind(), Some(&Kind::SameBotPm));
}

#[test]
fn the_bot_knows_what_its_owner_has_said() {
    let town = town();
    let bot_id = town.bot.my_id().expect("signed in");
    let mut choices = town.bot.updates();
    let here = || Location::new(52.5, 13.4).accuracy_radius(7);
    let answers = answering(&town.bot, 3, |_| {
        InlineAnswer::new([article(1)]).cache_time(0)
    });
    let ask = |feedback, location| {
        let placeholder = "Search…".to_owned();
        let mode = InlineMode {
            placeholder,
            location,
            feedback,
        };
        town.dc.set_inline_mode(bot_id, Some(mode));
        let results = town.ann.inline_query(&town.name, "te").location(here());
        let result = results.map(|it| it.expect("it is answered")).next();
        result
            .expect("there is one")
            .send("me")
            .expect("it is sent");
    };
    ask(false, false);
    ask(false, true);
    ask(true, true);
    // Of the first two the bot was not told that they were sent.
    let chosen = next_choice(&mut choices);
    assert_eq!((chosen.result_id(), chosen.query()), ("1", "te"));
    assert_eq!(chosen.location().map(|it| it.lat), Some(52.5));
    let queries = answers.join().expect("it has answered");
    let places = queries
        .iter()
        .map(|it| it.location().map(|it| it.accuracy_radius));
    assert_eq!(
        places.collect::<Vec<_>>(),
        [None, Some(Some(7)), Some(Some(7))]
    );
    let seen = town.ann.fetch_users([bot_id]).expect("it is there");
    let seen = seen[0].as_ref().expect("it is there");
    assert!(seen.wants_location() && seen.inline_placeholder() == Some("Search…"));
    town.dc.set_inline_mode(bot_id, None);
    let error = town.ann.inline_query(&town.name, "te").next();
    let error = error.expect("an error").expect_err("it is switched off");
    assert!(error.is("BOT_INLINE_DISABLED"), "{error}");
}

/// What the server refuses of an answer, on its own.
#[test]
fn what_the_bot_cannot_offer_is_refused() {
    let town = town();
    let refused = |answer: InlineAnswer<'_>| {
        let error = town.bot.answer_inline_query(5, answer);
        error.expect_err("it cannot be offered")
    };
    let one = |result: InputInlineResult<'static>| refused(InlineAnswer::new([result]));
    let url = |it: &str| MediaFile::url(format!("https://example.org/{it}"));
    let round = Media::video_note(url("a.mp4"));
    assert!(matches!(
        one(InputInlineResult::media("1", round)),
        Error::Argument(_)
    ));
    let empty = InputInlineResult::article("1", "Tea", " ");
    assert!(matches!(one(empty), Error::Argument(_)));
    let mut mislabelled = InputInlineResult::media("1", Media::photo(url("a.jpg")));
    mislabelled.raw.url = Some("https://example.org".to_owned());
    let cases = [
        (
            one(InputInlineResult::article("1", "", "Tea")),
            "ARTICLE_TITLE_EMPTY",
        ),
        (
            one(InputInlineResult::media("1", Media::document(url("a.pdf")))),
            "FILE_TITLE_EMPTY",
        ),
        (
            one(InputInlineResult::media("1", Media::document(url("a.txt"))).title("x")),
            "FILE_CONTENT_TYPE_INVALID",
        ),
        (
            one(InputInlineResult::media(
                "1",
                Media::photo(MediaFile::url("ftp://a.example")),
            )),
            "WEBDOCUMENT_URL_INVALID",
        ),
        (one(article(1).caption("x")), "SEND_MESSAGE_MEDIA_INVALID"),
        (
            refused(InlineAnswer::new([]).start_button("x", "?")),
            "START_PARAM_INVALID",
        ),
        (
            refused(InlineAnswer::new([]).app_button("x", "http://a.example")),
            "SWITCH_WEBVIEW_URL_INVALID",
        ),
        (one(mislabelled), "QUERY_ID_INVALID"),
        (one(article(1)), "QUERY_ID_INVALID"),
    ];
    for (error, name) in cases {
        assert!(error.is(name), "{error} is not {name}");
    }
    let raw = types::InputBotInlineResult {
        id: "raw".to_owned(),
        r#type: "thing".to_owned(),
        ..Default::default()
    };
    let mut answer = InlineAnswer::new([]);
    answer.raw.results = vec![InputBotInlineResult::from(raw)];
    assert!(refused(answer).is("RESULT_TYPE_INVALID"));
    let error = town.ann.answer_inline_query(5, [article(1)]);
    assert!(matches!(error, Err(Error::NotForUsers { .. })), "{error:?}");
    let error = town.bot.inline_query(&town.name, "te").next();
    let error = error.expect("an error").expect_err("users ask");
    assert!(matches!(error, Error::NotForBots { .. }), "{error}");
}

/// The bot changes what was sent, by the id that it is told.
#[test]
fn what_is_chosen_can_be_changed() {
    let town = town();
    let mut choices = town.bot.updates();
    let answers = answering(&town.bot, 1, |_| {
        let more = InlineKeyboard::new().row([Button::callback("More", "more")]);
        [article(1), article(2).markup(more)].into()
    });
    let results = town.offered("te");
    answers.join().expect("it has answered");
    sent(&results, "1");
    let message = sent(&results, "2");
    let bare = next_choice(&mut choices);
    assert_eq!((bare.result_id(), bare.inline_message_id()), ("1", None));
    let chosen = next_choice(&mut choices);
    let id = chosen.inline_message_id().expect("there are buttons");
    town.bot
        .edit_inline_message(id.clone(), "Changed")
        .expect("its");
    let now = message.fetch_again().expect("it answers");
    assert_eq!(now.expect("it is there").text(), "Changed");
}

/// An answer that is lost on its way sends nothing twice.
#[test]
fn a_result_is_sent_once() {
    const SEND: &str = "messages.sendInlineBotResult";
    let town = town();
    let answers = answering(&town.bot, 1, |_| [article(1)].into());
    let result = town.offered("te").remove(0);
    answers.join().expect("it has answered");
    let first = result.send("me").expect("it is sent");
    let second = result.send("me").expect("it is sent");
    assert_ne!(first.id(), second.id(), "each has a random_id of its own");
    let silent = Rule::new(Effect::DropAnswer).method(SEND).times(1);
    let silent = town.dc.faults().add(silent);
    let third = thread::scope(|scope| {
        let send = scope.spawn(|| result.send("me"));
        while town.dc.faults().fired(silent) == 0 && !send.is_finished() {
            thread::sleep(Duration::from_millis(1));
        }
        town.dc.forget_sessions();
        town.dc.cut_connections();
        send.join().expect("no call panics")
    });
    let third = third.expect("it is told in the end");
    assert_eq!(third.id(), second.id() + 1);
    let mut sent = 0;
    for message in town.ann.iter_messages("me") {
        let message = message.expect("it is read");
        sent += u32::from(message.via_bot_id().is_some());
    }
    assert_eq!(sent, 3);
}

#[test]
fn handlers_answer_and_hear_what_is_chosen() {
    let town = town();
    let (told, chosen) = mpsc::channel();
    let dispatcher = Dispatcher::new()
        .on_inline_query(filters::all(), |query: InlineQuery| {
            query.answer([article(query.text())])
        })
        .on_inline_send(filters::all(), move |chosen: InlineSend| {
            told.send(chosen.result_id().to_owned())
                .expect("it is heard");
        });
    let running = dispatcher.start(&town.bot).expect("it starts");
    let results = town.offered("tea");
    assert_eq!(sent(&results, "tea").text(), "The text of tea");
    assert_eq!(chosen.recv_timeout(LONG).expect("it is told"), "tea");
    running.stop().expect("it ends");
}

/// What a bot prepares is for one person, until its time is over.
#[test]
fn a_prepared_message_is_shared_by_whom_it_is_for() {
    let town = town();
    let ann = town.ann.my_id().expect("signed in");
    let mut updates = town.bot.updates();
    let notes = Upload::bytes(b"Hello").name("notes.txt");
    let notes = town.ann.send_document(&town.name, notes, "");
    notes.expect("the bot exists");
    let notes = loop {
        let update = updates.next_timeout(LONG).expect("it comes");
        if let Update::NewMessage(message) = update {
            break message.document().expect("it carries one");
        }
    };
    town.dc.expire_file_references();
    let notes = InputInlineResult::media("1", Media::document(&notes)).title("Notes");
    let prepared = town
        .bot
        .prepare_inline(ann, notes.caption("Read"), [Kind::Chat]);
    let prepared = prepared.expect("it can be sent");
    let seen = town.ann.prepared_inline(&town.name, &prepared.id);
    let seen = seen.expect("it is hers");
    assert_eq!(
        (seen.result.title(), &seen.chats[..]),
        (Some("Notes"), &[Kind::Chat][..])
    );
    assert!(seen.cache_time > 0);
    let message = seen.result.send("me").expect("it is sent");
    assert_eq!(
        (message.text(), message.via_bot_id()),
        ("Read", town.bot.my_id())
    );
    assert!(message.document().is_some());
    let bob = town.dc.user();
    let error = bob
        .prepared_inline(&town.name, &prepared.id)
        .expect_err("it is hers");
    assert!(error.is("ID_INVALID"), "{error}");
    town.dc.set_clock_shift(3 * 24 * 60 * 60);
    let error = town.ann.prepared_inline(&town.name, &prepared.id);
    assert!(error.expect_err("it was hers").is("ID_EXPIRED"));
    let game = InputInlineResult::game("1", Game::new("chess"));
    let error = town.bot.prepare_inline(ann, game, []).expect_err("no game");
    assert!(error.is("SEND_MESSAGE_GAME_INVALID"), "{error}");
}
