//! Scenes with the tracker: what is pushed and answered, and what is given and asked for.
mod channels;
mod containers;
mod crowds;
mod differences;
mod failures;
mod gaps;
mod nonsense;
mod own;
mod scene;
