//! What the server is asked is what the program has said, option by option.
mod lists;
mod messages;
mod mini_apps;
mod scene;
