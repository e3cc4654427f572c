//! See the crate: these run its models.
use model::{what_is_forwarded_arrives, who_looks_first_is_woken_too, who_waits_is_woken};

#[test]
fn who_waits_is_woken_in_every_order() {
    who_waits_is_woken();
}

#[test]
fn who_looks_first_is_woken_too_in_every_order() {
    who_looks_first_is_woken_too();
}

#[test]
fn what_is_forwarded_arrives_in_every_order() {
    what_is_forwarded_arrives();
}
