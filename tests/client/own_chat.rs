//! One's own chat: people keep notes there, and bots have none.
use ferogram_sync::tl::{ErrorKind, Remedy};
use ferogram_sync::{
    ChatAction, Client, CopyOptions, Error, ForwardOptions, Game, InputMessage, Invoice, Media,
    PeerRef, Upload,
};
use localdc::LocalDc;

/// Every way of writing to a chat, each with its name: what is forwarded and copied is `note`, from
/// the chat with `from`.
fn tried(client: &Client, to: &PeerRef, (from, note): (i64, i32)) -> Vec<(&'static str, Error)> {
    let file = |name: &str| Media::document(Upload::bytes(name.as_bytes()).name(name));
    let tea = Invoice::new("Tea", "A pound", "order 7", "XTR").price("Tea", 700);
    let attached = |media: InputMessage| client.send_message(to, media).map(drop);
    let album = client.send_album(to, ["a.txt", "b.txt"].map(file), "");
    let forwarded = client.forward_messages(to, &[note], from, ForwardOptions::new());
    let quietly = ForwardOptions::new().drop_author(true);
    let unsigned = client.forward_messages(to, &[note], from, quietly);
    let copied = client.copy_message(to, note, from, CopyOptions::new());
    let all = [
        ("text", attached("Hello".into())),
        (
            "game",
            attached(InputMessage::default().media(Game::new("chess"))),
        ),
        ("invoice", attached(InputMessage::default().media(tea))),
        ("file", client.send_media(to, file("a.txt"), "").map(drop)),
        ("album", album.map(drop)),
        ("forward", forwarded.map(drop)),
        ("forward without author", unsigned.map(drop)),
        ("copy", copied.map(drop)),
        (
            "typing",
            client.send_chat_action(to, None, ChatAction::Typing),
        ),
    ];
    let refused = all
        .into_iter()
        .map(|(name, sent)| Some((name, sent.err()?)));
    refused.flatten().collect()
}

#[test]
fn a_bot_does_not_write_to_itself_whatever_it_writes() {
    let dc = LocalDc::start().expect("it listens");
    let (bot, visitor) = dc.visited_bot();
    let me = bot.get_me().expect("signed in");
    let note = bot.send_message(visitor, "Hello").expect("she came first");
    let note = (visitor, note.id());
    assert!(
        tried(&bot, &visitor.into(), note).is_empty(),
        "all can be sent"
    );
    let name = me.username().expect("bots have one");
    for own in [PeerRef::Me, me.id().into(), name.into(), (&me).into()] {
        let refused = tried(&bot, &own, note);
        assert_eq!(refused.len(), 9, "{own:?}: {refused:?}");
        for (how, error) in refused {
            assert!(error.is("USER_IS_BOT"), "{own:?}, {how}: {error}");
            assert_eq!(error.kind().map(ErrorKind::remedy), Some(Remedy::Peer));
            assert!(error.to_string().contains("nor to itself"), "{error}");
        }
    }
    let other = dc.bot().get_me().expect("signed in");
    let name = other.username().expect("bots have one");
    let error = bot.send_message(name, "Hello").expect_err("a bot");
    assert!(error.is("USER_IS_BOT"), "{error}");
}

#[test]
fn a_person_keeps_what_may_be_kept() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let me = ann.get_me().expect("signed in");
    let note = ann.send_message("me", "Buy milk").expect("her own chat");
    let refused = tried(&ann, &PeerRef::Me, (me.id(), note.id()));
    let refused: Vec<_> = refused.iter().map(|(how, _)| *how).collect();
    assert_eq!(refused, ["game", "invoice"], "those are for bots");
}
