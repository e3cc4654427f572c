//! What may be done twice is done again when its answer is lost; the rest is not.
use std::thread;
use std::time::Duration;

use ferogram_sync::{Result, tl};
use localdc::{Effect, Rule};

use super::referee::Said;
use super::stage::Stage;

/// Marks as read what is read: nobody notices.
fn marks_as_read(stage: &Stage) -> Result<()> {
    let request = tl::functions::messages::ReadHistory {
        peer: stage.to_bob.clone().into(),
        max_id: 1,
    };
    stage.ann.invoke(&request).map(drop)
}

/// Each time another group.
fn founds_a_group(stage: &Stage) -> Result<()> {
    let bob = tl::types::InputUser {
        user_id: stage.to_bob.user_id,
        access_hash: stage.to_bob.access_hash,
    };
    let request = tl::functions::messages::CreateChat {
        users: vec![bob.into()],
        title: "once".to_owned(),
        ..Default::default()
    };
    stage.ann.invoke(&request).map(drop)
}

type Call = fn(&Stage) -> Result<()>;

const READ: (&str, Call) = ("messages.readHistory", marks_as_read);
const FOUND: (&str, Call) = ("messages.createChat", founds_a_group);

#[test]
fn after_an_inner_error() {
    let stage = Stage::new();
    for ((method, call), said, ran) in [(READ, Said::Answered, 2), (FOUND, Said::Failed, 1)] {
        let failing = Rule::new(Effect::internal(500, true)).method(method);
        stage.dc.faults().add(failing.times(1));
        assert_eq!(Said::of(&call(&stage)), said, "{method}");
        assert_eq!(stage.dc.executed(method), ran, "{method}");
    }
}

#[test]
fn after_a_server_that_has_forgotten() {
    let stage = Stage::new();
    for ((method, call), said, ran) in [(READ, Said::Answered, 2), (FOUND, Said::Unknown, 1)] {
        let silent = Rule::new(Effect::DropAnswer).method(method);
        let silent = stage.dc.faults().add(silent.times(1));
        let outcome = thread::scope(|scope| {
            let call = scope.spawn(|| call(&stage));
            while stage.dc.faults().fired(silent) == 0 && !call.is_finished() {
                thread::sleep(Duration::from_millis(1));
            }
            stage.dc.forget_sessions();
            stage.dc.cut_connections();
            call.join().expect("no call panics")
        });
        assert_eq!(Said::of(&outcome), said, "{method}");
        assert_eq!(stage.dc.executed(method), ran, "{method}");
    }
}
