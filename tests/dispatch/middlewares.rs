//! Middleware that is ready made.
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use ferogram_sync::filters::all;
use ferogram_sync::middleware::{Access, Deadline, Dedup, Next, PanicRecovery, RateLimit, Traced};
use ferogram_sync::tl::types;
use ferogram_sync::{
    Client, Context, DispatchError, Dispatcher, Error, Flow, Handlers, Message, PeerMap, Update,
};
use localdc::LocalDc;

fn said(client: &Client, user_id: i64, id: i32) -> Update {
    let peer_id = types::PeerUser { user_id }.into();
    let message = types::Message {
        id,
        peer_id,
        ..Default::default()
    };
    let raw = types::UpdateNewMessage {
        message: message.into(),
        ..Default::default()
    };
    Update::from_raw(client, raw.into(), PeerMap::default())
}

fn bot() -> (LocalDc, Client) {
    let dc = LocalDc::start().unwrap();
    let bot = dc.bot();
    (dc, bot)
}

/// A message of one user in a group, changed at a time.
fn edited(client: &Client, user_id: i64, chat_id: i64, edit_date: i32) -> Update {
    let message = types::Message {
        id: 1,
        from_id: Some(types::PeerUser { user_id }.into()),
        peer_id: types::PeerChat { chat_id }.into(),
        edit_date: Some(edit_date),
        ..Default::default()
    };
    let raw = types::UpdateEditMessage {
        message: message.into(),
        ..Default::default()
    };
    Update::from_raw(client, raw.into(), PeerMap::default())
}

fn by_hand(dispatcher: Dispatcher, bot: &Client) -> Handlers {
    dispatcher.by_hand(bot).unwrap()
}

#[test]
fn who_may_use_it() {
    let (_dc, bot) = bot();
    let dispatcher = Dispatcher::new().on_message(all(), || Flow::Continue);
    let handlers = by_hand(
        dispatcher
            .middleware(Access::allow([7, 8]))
            .middleware(Access::deny([8])),
        &bot,
    );
    for (user, expected) in [(7, Flow::Continue), (8, Flow::Stop), (9, Flow::Stop)] {
        let flow = handlers.dispatch(said(&bot, user, 1)).unwrap();
        assert_eq!(flow, expected, "{user}");
    }
    // Chats can be named as well as users.
    for (ids, expected) in [([-5], Flow::Continue), ([-6], Flow::Stop)] {
        let dispatcher = Dispatcher::new().on_message(all(), || ());
        let handlers = by_hand(dispatcher.middleware(Access::allow(ids)), &bot);
        let flow = handlers.dispatch(edited(&bot, 7, 5, 1)).unwrap();
        assert_eq!(flow, expected, "{ids:?}");
    }
}

#[test]
fn what_comes_twice_is_handled_once_unless_it_failed() {
    let (_dc, bot) = bot();
    let count = std::sync::Arc::new(AtomicU32::new(0));
    let counted = std::sync::Arc::clone(&count);
    let dispatcher = Dispatcher::new().middleware(Dedup::keeping(2)).on_message(
        all(),
        move |message: Message| {
            let number = counted.fetch_add(1, Ordering::SeqCst);
            match (message.id(), number) {
                (5, 0) => Err("once more"),
                _ => Ok(()),
            }
        },
    );
    let handlers = by_hand(dispatcher, &bot);
    assert!(handlers.dispatch(said(&bot, 7, 5)).is_err());
    for (user, id) in [(7, 5), (7, 5), (8, 5), (8, 5), (7, 5)] {
        handlers.dispatch(said(&bot, user, id)).unwrap();
    }
    assert_eq!(count.load(Ordering::SeqCst), 3);
    // Only so many are remembered.
    handlers.dispatch(said(&bot, 9, 5)).unwrap();
    handlers.dispatch(said(&bot, 7, 5)).unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 5);
}

/// Each change of a message is another update.
#[test]
fn a_message_that_is_changed_twice_is_handled_twice() {
    let (_dc, bot) = bot();
    let (tell, told) = std::sync::mpsc::channel();
    let dispatcher = Dispatcher::new().middleware(Dedup::new());
    let dispatcher = dispatcher.on_edit(all(), move |message: Message| {
        tell.send(message.edit_date().unwrap())
    });
    let handlers = by_hand(dispatcher, &bot);
    for date in [10, 20, 10, 20] {
        handlers.dispatch(edited(&bot, 7, 5, date)).unwrap();
    }
    drop(handlers);
    assert_eq!(told.iter().collect::<Vec<_>>(), [10, 20]);
}

/// So much of one chat, whoever writes in it.
#[test]
fn a_chat_has_a_limit_of_its_own() {
    let (_dc, bot) = bot();
    let limit = RateLimit::new(2, Duration::from_secs(3600)).per_chat(3);
    let dispatcher = Dispatcher::new().middleware(limit);
    let handlers = by_hand(dispatcher.on_any(all(), || Flow::Continue), &bot);
    let flow = |user, chat| handlers.dispatch(edited(&bot, user, chat, 1)).unwrap();
    assert_eq!([flow(7, 5), flow(8, 5)], [Flow::Continue, Flow::Continue]);
    assert_eq!([flow(9, 5), flow(10, 5)], [Flow::Continue, Flow::Stop]);
    assert_eq!(flow(10, 6), Flow::Continue);
}

/// Each update is counted by its kind and by what became of it, and timed; none is at work
/// afterwards.
#[cfg(feature = "metrics")]
#[test]
fn updates_are_counted() {
    use ferogram_sync::middleware::Metrics;

    use super::recorder::Noted;

    let (_dc, bot) = bot();
    let dispatcher =
        Dispatcher::new()
            .middleware(Metrics::new())
            .on_message(all(), |message: Message| match message.id() {
                1 => Ok(Flow::Stop),
                2 => Ok(Flow::Continue),
                3 => panic!("a panic is a failure too"),
                _ => Err("no"),
            });
    let handlers = by_hand(dispatcher, &bot);
    let noted = Noted::default();
    metrics::with_local_recorder(&noted, || {
        for id in [1, 1, 2, 3, 4] {
            handlers.dispatch(said(&bot, 7, id)).ok();
        }
    });
    let name = "ferogram_updates_total";
    for (outcome, count) in [("handled", 2), ("unhandled", 1), ("failed", 2)] {
        let labels = format!("{name} kind=NewMessage outcome={outcome}");
        assert_eq!(noted.count(&labels), count, "{noted:?}");
    }
    assert_eq!(noted.count("ferogram_update_seconds kind=NewMessage"), 5);
    assert_eq!(noted.count("ferogram_updates_at_work"), 0);
}

#[test]
fn who_asks_too_often_is_told() {
    let (_dc, bot) = bot();
    let told = std::sync::Arc::new(AtomicU32::new(0));
    let telling = std::sync::Arc::clone(&told);
    let limit = RateLimit::new(2, Duration::from_secs(3600)).on_limited(move |cx| {
        assert_eq!(cx.sender_id(), Some(7));
        telling.fetch_add(1, Ordering::SeqCst);
    });
    let dispatcher = Dispatcher::new().middleware(limit);
    let handlers = by_hand(dispatcher.on_message(all(), || Flow::Continue), &bot);
    let flow = |user| handlers.dispatch(said(&bot, user, 1)).unwrap();
    assert_eq!(
        [flow(7), flow(7), flow(7)],
        [Flow::Continue, Flow::Continue, Flow::Stop]
    );
    assert_eq!(flow(8), Flow::Continue);
    assert_eq!(told.load(Ordering::SeqCst), 1);
}

#[test]
fn a_deadline_is_the_calls_too() {
    let (_dc, bot) = bot();
    let time = Duration::from_millis(20);
    let dispatcher = Dispatcher::new()
        .middleware(Deadline::new(Duration::from_secs(3600)))
        .middleware(Deadline::new(time))
        .middleware(Deadline::new(Duration::from_secs(3600)))
        .on_message(all(), move |cx: Context| {
            assert!(cx.remaining().unwrap() <= time, "the nearer one counts");
            thread::sleep(time + time);
            assert_eq!(cx.remaining(), Some(Duration::ZERO));
            let error = cx.client()?.get_me().expect_err("the time is over");
            assert!(matches!(error, Error::Unanswered(_)), "{error}");
            Ok::<_, Error>(())
        });
    let result = by_hand(dispatcher, &bot).dispatch(said(&bot, 7, 1));
    assert!(
        matches!(result, Err(DispatchError::Overdue(after)) if after == time),
        "{result:?}"
    );
}

#[test]
fn a_panic_of_middleware_can_be_caught_by_another() {
    let (_dc, bot) = bot();
    let dispatcher = Dispatcher::new()
        .middleware(Traced::new())
        .middleware(|cx: &mut Context, next: Next<'_>| match next.run(cx) {
            Err(DispatchError::Panicked(words)) => {
                assert_eq!(words, "within");
                Ok(Flow::Stop)
            }
            other => panic!("{other:?}"),
        })
        .middleware(PanicRecovery::new())
        .middleware(|_: &mut Context, _: Next<'_>| panic!("within"));
    assert_eq!(
        by_hand(dispatcher, &bot)
            .dispatch(said(&bot, 7, 1))
            .unwrap(),
        Flow::Stop
    );
}
