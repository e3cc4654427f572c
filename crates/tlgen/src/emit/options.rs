//! How the code is generated.

/// How the code is generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The path of the module that holds the codec and the generated code, such as `crate::tl`.
    pub root: String,
    /// Whether functions can be deserialised too, for servers.
    pub server: bool,
    /// Functions that can be in any case, by their names: clients read them again.
    pub read: Vec<String>,
}
