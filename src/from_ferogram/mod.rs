//! For those who come from the async library `ferogram`: what each of its names is here.
//!
//! Every name of its documentation has a row, and so have those that its later releases added. A
//! row names what does the same here, or says in a sentence why nothing has to. `not yet` is a
//! promise: nothing here does it so far.
//!
//! - [`modules`]: its modules, crates and features, and the key exchange with an example
//! - [`types`]: its types and traits
//! - [`setup`]: the builder and its settings
//! - [`methods`]: the methods of the client
//! - [`updates`]: updates, filters and dispatching
//! - [`messages`]: messages, and what they are made of
//! - [`people`]: users, chats, media, and lists of them
//!
//! # What is otherwise
//!
//! Nothing is `async`: a call blocks until its answer is here, and never longer than its timeout. A
//! stream of updates is an iterator. Threads take the place of tasks, and
//! [`Client::submit`](crate::Client::submit) keeps many requests in flight from one of them:
//!
//! ```
//! # let client = localdc::LocalDc::shared().user();
//! // There: let message = client.send_message("me", "Hello").await?;
//! let message = client.send_message("me", "Hello")?;
//! assert_eq!(message.text(), "Hello");
//! # Ok::<(), ferogram_sync::Error>(())
//! ```
//!
//! A client ends with its last clone, however many streams and messages are still held. Errors say
//! whether the server can have carried a request out: [`Error::delivery`](crate::Error::delivery).
pub mod messages;
pub mod methods;
pub mod modules;
pub mod people;
pub mod setup;
pub mod types;
pub mod updates;
