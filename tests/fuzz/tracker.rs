//! The tracker, given random values of everything that it takes in.
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use ferogram_sync::Now;
use ferogram_sync::store::{Account, UpdateState};
use ferogram_sync::tl::enums::{self, Update};
use ferogram_sync::tl::{Deserialize, types};
use ferogram_sync::tracker::{
    CONTAINERS_MAX, HELD_MAX, HELD_MAX_BOX, Mark, Origin, Output, Tracker, TrackerConfig,
};
use tlgen::{Constructor, Resolved};

use crate::ONE_AT_A_TIME;
use crate::sample::{Writer, schema};

/// How many values of each constructor are tried: enough that some are fit to be counted.
const VALUES: u64 = 100;

/// The constructors of a type, by the ending of their definitions.
fn of_type<'a>(schema: &'a Resolved, name: &str) -> Vec<&'a Constructor> {
    let ending = format!("= {name}");
    let of_it = |one: &&Constructor| one.text.ends_with(&ending) && one.api;
    schema.constructors.iter().filter(of_it).collect()
}

/// A random value, serialised with its id.
fn value(schema: &Resolved, constructor: &Constructor, seed: u64) -> Vec<u8> {
    let mut writer = Writer::new(schema, u64::from(constructor.id) << 16 | seed);
    writer.fields(constructor, 2);
    [&constructor.id.to_le_bytes()[..], &writer.out].concat()
}

/// The one table in the tracker of what is counted, held against the schema: a layer that brings
/// another counted update fails here.
#[test]
fn what_the_schema_counts_is_counted_and_nothing_else() {
    let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let schema = schema();
    let all = of_type(&schema, "Update");
    assert!(all.len() > 160, "{} of 170", all.len());
    let mut counted = 0;
    for constructor in all {
        let has = |name: &str| constructor.members.iter().any(|one| one.name == name);
        let should = has("pts_count") || has("qts");
        let values = (0..VALUES).filter_map(|seed| {
            let bytes = value(&schema, constructor, seed);
            Update::from_bytes(&bytes).ok()
        });
        let is = values.filter_map(|update| Mark::of(&update)).count() > 0;
        assert_eq!(is, should, "{}", constructor.text);
        counted += usize::from(is);
    }
    assert_eq!(counted, 31);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "any starting point will do")]
fn a_tracker_takes_in_whatever_is_well_formed() {
    let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let schema = schema();
    let updates = of_type(&schema, "Updates");
    let differences = of_type(&schema, "updates.Difference");
    let of_channels = of_type(&schema, "updates.ChannelDifference");
    let begin = Instant::now();
    for seed in 0..40 {
        let mut config = TrackerConfig::new(Account {
            user_id: 1,
            bot: seed % 2 == 0,
        });
        config.state = Some(UpdateState {
            pts: 1 << 20,
            qts: 5,
            date: 1,
            seq: 1,
        });
        let mut now = Now {
            instant: begin,
            unix: Duration::from_secs(1_800_000_000),
        };
        let mut tracker = Tracker::new(now, config);
        for round in 0..60_u64 {
            let draw = seed << 8 | round;
            let one = updates[round as usize % updates.len()];
            if let Ok(updates) = enums::Updates::from_bytes(&value(&schema, one, draw)) {
                tracker.handle_updates(now, updates, Origin::Push, &mut |_| draw % 3 > 0);
            }
            let mut outputs = 0;
            loop {
                outputs += 1;
                assert!(outputs < 20_000, "the outputs have no end");
                match tracker.poll_output(now) {
                    Output::GetState => {
                        let state = types::updates::State {
                            pts: draw as i32,
                            ..Default::default()
                        };
                        tracker.handle_state(now, state.into());
                    }
                    Output::GetDifference(_) if outputs < 50 => {
                        let one = differences[draw as usize % differences.len()];
                        let bytes = value(&schema, one, draw);
                        if let Ok(answer) = enums::updates::Difference::from_bytes(&bytes) {
                            tracker.handle_difference(now, answer);
                        }
                    }
                    Output::GetChannelDifference { channel, .. } if outputs < 50 => {
                        let one = of_channels[draw as usize % of_channels.len()];
                        let bytes = value(&schema, one, draw);
                        if let Ok(answer) = enums::updates::ChannelDifference::from_bytes(&bytes) {
                            tracker.handle_channel_difference(now, channel, answer);
                        }
                    }
                    Output::Timeout(at) => {
                        assert!(at.is_none_or(|at| at > now.instant), "the time has passed");
                        break;
                    }
                    _ => {}
                }
            }
            assert!(tracker.held() <= HELD_MAX + HELD_MAX_BOX + CONTAINERS_MAX);
            now.instant += Duration::from_millis(200);
        }
    }
}
