//! What can be a state.
use super::error::StateError;
use super::fields::Fields;

/// What can be a state of a dialogue: an enum with `#[derive(FsmState)]`.
///
/// It is kept under its name and that of the variant, and the values of fields as JSON: so fields
/// are of types that `serde` can write and read. Enums of one program need different names;
/// [`Dispatcher::run`](crate::Dispatcher::run) says so when two filters are for different enums of
/// the same name.
///
/// Whoever renames an enum or a variant does not find what was kept before, as if there were no
/// state: `#[fsm(name = "…")]` keeps the old name. A field that is new has to be an `Option`, or
/// what was kept before is an error.
///
/// ```
/// use ferogram_sync::FsmState;
///
/// #[derive(FsmState)]
/// #[fsm(name = "Order")]
/// enum Purchase {
///     Choosing,
///     #[fsm(name = "Paying")]
///     ToBePaid { item: String, price: u32 },
/// }
///
/// let state = Purchase::ToBePaid { item: "pear".into(), price: 3 };
/// assert_eq!(state.key(), "Order::Paying");
/// assert_eq!(Purchase::Choosing.key(), "Order::Choosing");
/// ```
pub trait FsmState: Sized + 'static {
    /// The name of the enum.
    const NAME: &'static str;

    /// The name of the variant.
    fn variant(&self) -> &'static str;

    /// Writes the fields of the variant.
    ///
    /// # Errors
    ///
    /// [`StateError::Value`] when one cannot be written.
    fn write(&self, fields: &mut Fields) -> Result<(), StateError>;

    /// The state of this variant; `None` when there is no such variant.
    ///
    /// # Errors
    ///
    /// [`StateError::Value`] when a field is not what it was.
    fn read(variant: &str, fields: &Fields) -> Result<Option<Self>, StateError>;

    /// Under which key it is kept.
    #[must_use]
    fn key(&self) -> String {
        format!("{}::{}", Self::NAME, self.variant())
    }
}
