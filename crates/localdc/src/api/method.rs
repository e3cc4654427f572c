//! A method: its number, who may call it, and what reads and runs it.
use ferogram_sync::tl::{DecodeError, DecodeErrorKind, Deserialize, RemoteCall};

use crate::world::World;

use super::done::Done;
use super::seam::{Caller, Reply, RpcError};

/// Reads a method's fields, which are still serialised: that needs no world.
pub(crate) type Handler = fn(&[u8]) -> Result<Run, RpcError>;

/// Runs a method whose fields are read.
pub(crate) type Run = Box<dyn FnOnce(&mut World, &Caller) -> Result<Reply, RpcError>>;

/// Who may call a method, users and bots alike: which of them, the schema's table says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// Anybody, logged in or not (<https://core.telegram.org/api/auth>).
    Free,
    /// Who is logged in, in any data centre.
    Anywhere,
    /// Who is logged in, in the account's own data centre.
    Home,
}

/// A method.
pub(crate) struct Method {
    pub(crate) id: u32,
    pub(crate) name: &'static str,
    pub(crate) access: Access,
    pub(crate) read: Handler,
}

/// Reads the fields of a request.
pub(super) fn decode<R: Deserialize>(fields: &[u8]) -> Result<R, RpcError> {
    R::from_bytes(fields).map_err(refusal)
}

/// What a request that cannot be read is answered with (<https://core.telegram.org/api/errors>).
fn refusal(error: DecodeError) -> RpcError {
    match error.kind {
        DecodeErrorKind::UnknownConstructor { id, .. } => {
            RpcError::new(400, format!("INPUT_CONSTRUCTOR_INVALID_{id:08X}"))
        }
        _ => RpcError::new(400, "INPUT_FETCH_ERROR"),
    }
}

/// Ties a handler to the answer that the schema promises for its method.
pub(super) fn reply<R: RemoteCall>(done: Done<R::Return>) -> Reply
where
    R::Return: ferogram_sync::tl::Serialize,
{
    done.into_reply()
}

macro_rules! methods {
    ($($access:ident $name:literal $request:ty => $handler:path;)*) => {
        &[$(Method {
            id: <$request>::CONSTRUCTOR_ID,
            name: $name,
            access: Access::$access,
            read: |fields| {
                let request = decode::<$request>(fields)?;
                Ok(Box::new(move |world, caller| {
                    $handler(world, caller, request).map(reply::<$request>)
                }))
            },
        }),*]
    };
}
pub(super) use methods;
