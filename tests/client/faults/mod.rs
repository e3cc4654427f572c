//! The promises of delivery over real sockets, while the local data centre misbehaves.
//!
//! `FAULTS_ROUNDS=100 cargo test --test client faults -- --nocapture` runs longer, with other seeds;
//! `FAULTS_SEED=7` begins with another one.
mod mix;
mod recovery;
mod referee;
mod stage;
mod storm;
mod transfers;
mod twice;
