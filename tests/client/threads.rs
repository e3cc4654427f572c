//! Calls from many threads, and many from one.
use std::thread;
use std::time::Duration;

use ferogram_sync::{Client, Delivery, Error, NetError, tl};
use localdc::{Effect, LocalDc, NewBot, Rule};

const TOKEN: &str = "1000004:threads-test";

fn bot(dc: &LocalDc) -> Client {
    dc.add_bot(NewBot::new(TOKEN, "threads_bot"));
    let client = dc.client_builder().connect().expect("it starts");
    client.bot_sign_in(TOKEN).expect("the token is right");
    client
}

#[test]
fn many_threads_share_a_client() {
    let dc = LocalDc::start().expect("it listens");
    let client = bot(&dc);
    let before = dc.executed("users.getUsers");
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                for _ in 0..50 {
                    client.get_me().expect("answered");
                }
            });
        }
    });
    assert_eq!(
        dc.executed("users.getUsers") - before,
        16 * 50,
        "each was executed once"
    );
}

#[test]
fn many_requests_in_flight_from_one_thread() {
    let dc = LocalDc::start().expect("it listens");
    let client = bot(&dc);
    let before = dc.executed("help.getConfig");
    let request = tl::functions::help::GetConfig {};
    let pending: Vec<_> = (0..3000).map(|_| client.submit(&request)).collect();
    for pending in pending {
        pending.wait().expect("answered");
    }
    assert_eq!(
        dc.executed("help.getConfig") - before,
        3000,
        "each was executed once"
    );
}

#[test]
fn a_pending_request_can_be_polled_selected_and_given_up() {
    let dc = LocalDc::start().expect("it listens");
    let client = bot(&dc);
    let request = tl::functions::help::GetConfig {};

    let mut pending = client.submit(&request);
    let answer = loop {
        if let Some(answer) = pending.try_wait() {
            break answer;
        }
        thread::yield_now();
    };
    answer.expect("answered");

    let mut pending = client.submit(&request);
    let mut select = crossbeam_channel::Select::new();
    select.recv(pending.receiver().expect("it was sent"));
    select
        .ready_timeout(Duration::from_secs(30))
        .expect("it becomes ready");
    let answer = pending.try_wait().expect("it is ready");
    answer.expect("answered");
    // An outcome comes once, and who asks again is not told that nothing was sent.
    let error = pending.wait().expect_err("it was taken");
    assert_eq!(error.delivery(), Some(Delivery::Unknown), "{error}");

    let pending = client.submit(&request);
    let queue = pending.receiver().expect("it was sent");
    queue.recv().expect("it comes").1.expect("answered");
    let error = pending.wait().expect_err("it was taken out of the queue");
    assert_eq!(error.delivery(), Some(Delivery::Unknown), "{error}");

    client.submit(&request).cancel();
    client.submit(&request).detach();
    client.get_me().expect("the client goes on");
}

#[test]
fn what_is_given_up_before_it_could_be_sent_never_runs() {
    let dc = LocalDc::start().expect("it listens");
    dc.faults().add(Rule::new(Effect::Refuse));
    let client = dc.client_builder().connect().expect("it starts");
    let request = tl::functions::help::GetConfig {};
    drop(client.submit(&request));
    client.submit(&request).cancel();
    let mut looked_at = client.submit(&request);
    assert!(looked_at.try_wait().is_none(), "there is no connection");
    drop(looked_at);
    let kept = client.submit(&tl::functions::help::GetNearestDc {});
    dc.faults().clear();
    kept.wait().expect("now there is one");
    assert_eq!(dc.executed("help.getConfig"), 0);
}

#[test]
fn polling_does_not_sleep_through_a_flood() {
    let dc = LocalDc::start().expect("it listens");
    let client = bot(&dc);
    let flood = Rule::new(Effect::flood_wait(1)).method("help.getConfig");
    dc.faults().add(flood.times(1));
    let mut pending = client.submit(&tl::functions::help::GetConfig {});
    let answer = loop {
        if let Some(answer) = pending.try_wait() {
            break answer;
        }
        thread::sleep(Duration::from_millis(1));
    };
    answer.expect("the flood was waited out");
    // A poll that slept through this one would come back with the answer.
    let flood = Rule::new(Effect::flood_wait(30)).method("help.getConfig");
    dc.faults().add(flood.times(1));
    let mut pending = client.submit(&tl::functions::help::GetConfig {});
    while pending.receiver().is_some() {
        assert!(pending.wait_timeout(Duration::from_millis(1)).is_none());
    }
    assert!(pending.try_wait().is_none(), "the pause is not over");
    // Given up in the pause: nothing is under way, and nothing is sent any more.
    let before = dc.executed("help.getConfig");
    pending.cancel();
    client.get_me().expect("the client goes on");
    assert_eq!(dc.executed("help.getConfig"), before);
}

#[test]
fn calls_in_flight_end_at_once_when_the_client_is_closed() {
    // Nobody accepts: the call would wait for an hour.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let client = Client::builder()
        .api_id(1)
        .api_hash("hash")
        .in_memory()
        .timeout(Duration::from_secs(3600))
        .dc_addr(1, listener.local_addr().expect("it listens"))
        .connect()
        .expect("it starts");
    let token = client.shutdown_token();
    let error = thread::scope(|scope| {
        let call = scope.spawn(|| client.invoke(&tl::functions::help::GetConfig {}));
        thread::sleep(Duration::from_millis(50));
        token.cancel();
        call.join()
            .expect("no panic")
            .expect_err("the client was closed")
    });
    assert!(
        matches!(error, Error::Unanswered(_) | Error::Net(NetError::Closed)),
        "{error}"
    );
    let error = client
        .invoke(&tl::functions::help::GetConfig {})
        .expect_err("closed");
    assert!(matches!(error, Error::Net(NetError::Closed)), "{error}");
}

#[test]
fn messages_and_streams_keep_nothing_alive() {
    let dc = LocalDc::start().expect("it listens");
    let client = bot(&dc);
    let mut updates = client.updates();
    let pending = client.submit(&tl::functions::help::GetConfig {});
    drop(client);
    assert!(updates.next().is_none());
    // It was answered in time, or says truly what became of it.
    if let Err(error) = pending.wait() {
        assert!(matches!(error, Error::Unanswered(_)), "{error}");
    }
}

#[test]
fn a_request_that_outlives_its_client_says_truly_what_became_of_it() {
    let dc = LocalDc::start().expect("it listens");
    let client = bot(&dc);
    let silent = Rule::new(Effect::DropAnswer).method("help.getConfig");
    dc.faults().add(silent);
    let before = dc.executed("help.getConfig");
    let pending = client.submit(&tl::functions::help::GetConfig {});
    while dc.executed("help.getConfig") == before {
        thread::sleep(Duration::from_millis(1));
    }
    drop(client);
    let error = pending.wait().expect_err("nobody answers");
    assert_eq!(error.delivery(), Some(Delivery::Unknown), "{error}");
}

/// What a program holds goes from thread to thread; all but what is still being said is shared by
/// several.
#[test]
fn everything_goes_to_other_threads() {
    use ferogram_sync as f;

    fn one<T: Send>() {}
    fn all<T: Send + Sync>() {}
    fn error<T: std::error::Error + Send + Sync + 'static>() {}
    one::<(f::ClientBuilder, f::Config, f::Upload<'_>, f::Media<'_>)>();
    one::<(f::Download<'_>, f::AlbumItem<'_>, f::MediaFile<'_>)>();
    all::<(Client, f::Network, f::ShutdownToken, f::Pending<i32>)>();
    all::<(f::Updates, f::Watch, f::UpdateDelivery, f::ChannelWatch)>();
    all::<(f::Update, f::Message, f::ServiceMessage, f::RawUpdate)>();
    all::<(
        f::User,
        f::Chat,
        f::Channel,
        f::Group,
        f::PeerRef,
        f::PeerMap,
    )>();
    all::<(f::UserFull, f::ChatFull, f::Dialog, f::Participant)>();
    all::<(
        f::MessageIter,
        f::HistoryIter,
        f::DialogIter,
        f::GlobalSearch,
    )>();
    all::<(f::Participants, f::AdminLog, f::Importers, f::InviteLinks)>();
    all::<(f::Topics, f::Stories, f::Boosts, f::CommonChats)>();
    all::<(f::BlockedPeers, f::ProfilePhotos, f::Reactors, f::PollVotes)>();
    all::<(f::SavedTopics, f::StickerSetPages, f::StickerSet)>();
    all::<(f::RemoteFile, f::Chunks, f::UploadWriter, f::UploadedFile)>();
    all::<(f::TransferHandle, f::UploadTicket, f::FileSource, f::FileId)>();
    all::<(
        f::InputMessage,
        f::InputPoll,
        f::CopyOptions,
        f::Subscription,
    )>();
    all::<(f::LoginToken, f::PasswordToken, f::QrCode, f::Takeout)>();
    all::<(f::TypingGuard, f::Conversation, f::Context, f::Handlers)>();
    all::<(f::Dispatcher, f::Router, f::Running, f::Stopper, f::Filter)>();
    all::<(f::MemoryStore, f::FileStore, f::store::StringSession)>();
    error::<Error>();
    error::<f::SignInError>();
    error::<f::DispatchError>();
    error::<f::ConversationError>();
    error::<f::BuilderError>();
}
