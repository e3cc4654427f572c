//! Finding the handler of an update among many, and calling it.
use std::sync::LazyLock;

use divan::{Bencher, black_box};
use ferogram_sync::filters::{command, data, data_prefix, text_starts_with};
use ferogram_sync::tl::types;
use ferogram_sync::{Client, Dispatcher, Flow, Handlers, PeerMap, Update};
use localdc::LocalDc;

const HANDLERS: [usize; 4] = [1, 10, 100, 1000];

static BOT: LazyLock<Client> = LazyLock::new(|| LocalDc::shared().bot());

fn main() {
    divan::main();
}

fn said(text: String) -> Update {
    let message = types::Message {
        message: text,
        ..Default::default()
    };
    let raw = types::UpdateNewMessage {
        message: message.into(),
        ..Default::default()
    };
    Update::from_raw(&BOT, raw.into(), PeerMap::default())
}

fn pressed(data: String) -> Update {
    let data = Some(data.into_bytes());
    let raw = types::UpdateInlineBotCallbackQuery {
        data,
        ..Default::default()
    };
    Update::from_raw(&BOT, raw.into(), PeerMap::default())
}

fn bench(bencher: Bencher<'_, '_>, dispatcher: Dispatcher, update: &Update) {
    let handlers: Handlers = dispatcher.by_hand(&BOT).expect("the bot is signed in");
    let flow = handlers
        .dispatch(update.clone())
        .expect("handlers do not fail");
    assert_eq!(flow, Flow::Stop, "the last handler has it");
    bencher.bench(|| handlers.dispatch(black_box(update.clone())));
}

/// By its name, among so many.
#[divan::bench(args = HANDLERS)]
fn a_command(bencher: Bencher<'_, '_>, handlers: usize) {
    let all = (0..handlers).fold(Dispatcher::new(), |dispatcher, number| {
        dispatcher.on_message(command(format!("command{number}")), || ())
    });
    bench(
        bencher,
        all,
        &said(format!("/command{} and more", handlers - 1)),
    );
}

/// By its data, among so many.
#[divan::bench(args = HANDLERS)]
fn a_button(bencher: Bencher<'_, '_>, handlers: usize) {
    let all = (0..handlers).fold(Dispatcher::new(), |dispatcher, number| {
        dispatcher.on_callback_query(data(format!("button {number}")), || ())
    });
    bench(bencher, all, &pressed(format!("button {}", handlers - 1)));
}

/// By what its data begins with, among so many.
#[divan::bench(args = HANDLERS)]
fn a_button_by_its_beginning(bencher: Bencher<'_, '_>, handlers: usize) {
    let all = (0..handlers).fold(Dispatcher::new(), |dispatcher, number| {
        dispatcher.on_callback_query(data_prefix(format!("{number}:")), || ())
    });
    bench(bencher, all, &pressed(format!("{}:rest", handlers - 1)));
}

/// By filters that have to be asked one after the other: this grows with their number.
#[divan::bench(args = HANDLERS)]
fn a_text(bencher: Bencher<'_, '_>, handlers: usize) {
    let all = (0..handlers).fold(Dispatcher::new(), |dispatcher, number| {
        dispatcher.on_message(text_starts_with(format!("text {number} ")), || ())
    });
    bench(
        bencher,
        all,
        &said(format!("text {} and more", handlers - 1)),
    );
}
