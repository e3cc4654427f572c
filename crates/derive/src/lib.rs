//! The derive macros of `ferogram-sync`, which hands them out.
mod fsm_state;

use proc_macro::TokenStream;

/// Makes an enum a state that a dispatcher can keep: see `ferogram_sync::fsm`.
///
/// A state is kept under the enum's name and that of the variant, with the values of its fields.
/// Who renames either would not find what was kept before: `#[fsm(name = "…")]` on the enum or on a
/// variant keeps the old name.
#[proc_macro_derive(FsmState, attributes(fsm))]
pub fn fsm_state(input: TokenStream) -> TokenStream {
    let input = syn::parse_macro_input!(input as syn::DeriveInput);
    fsm_state::expand(&input)
        .unwrap_or_else(|error| error.to_compile_error())
        .into()
}
