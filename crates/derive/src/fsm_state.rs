//! An enum as the state of a dialogue.
use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Error, Fields, Ident, LitStr, Result, Variant};

/// What the derive writes.
pub(crate) fn expand(input: &DeriveInput) -> Result<TokenStream> {
    let Data::Enum(data) = &input.data else {
        let words = "a state is one of several: derive it for an enum";
        return Err(Error::new(input.span(), words));
    };
    if !input.generics.params.is_empty() {
        let words = "a state cannot be generic: it is read again by its name";
        return Err(Error::new(input.generics.span(), words));
    }
    let name = name_of(&input.attrs, &input.ident)?;
    let mut names = HashSet::new();
    let (mut variants, mut writes, mut reads) = (Vec::new(), Vec::new(), Vec::new());
    for variant in &data.variants {
        let called = name_of(&variant.attrs, &variant.ident)?;
        if !names.insert(called.clone()) {
            let words = format!("two variants are called `{called}`");
            return Err(Error::new(variant.span(), words));
        }
        let ident = &variant.ident;
        variants.push(quote!(Self::#ident { .. } => #called,));
        let (write, read) = fields(variant);
        writes.push(write);
        reads.push(quote!(#called => #read,));
    }
    let ident = &input.ident;
    Ok(quote! {
        impl ::ferogram_sync::fsm::FsmState for #ident {
            const NAME: &'static str = #name;

            fn variant(&self) -> &'static str {
                match self { #(#variants)* }
            }

            fn write(
                &self,
                fields: &mut ::ferogram_sync::fsm::Fields,
            ) -> ::core::result::Result<(), ::ferogram_sync::fsm::StateError> {
                match self { #(#writes)* }
                ::core::result::Result::Ok(())
            }

            fn read(
                variant: &str,
                fields: &::ferogram_sync::fsm::Fields,
            ) -> ::core::result::Result<
                ::core::option::Option<Self>,
                ::ferogram_sync::fsm::StateError,
            > {
                ::core::result::Result::Ok(::core::option::Option::Some(match variant {
                    #(#reads)*
                    _ => return ::core::result::Result::Ok(::core::option::Option::None),
                }))
            }
        }
    })
}

/// How the fields of a variant are written, as an arm, and read, as a value.
fn fields(variant: &Variant) -> (TokenStream, TokenStream) {
    let ident = &variant.ident;
    match &variant.fields {
        Fields::Unit => (quote!(Self::#ident => {}), quote!(Self::#ident)),
        Fields::Named(named) => {
            let idents: Vec<_> = named
                .named
                .iter()
                .filter_map(|it| it.ident.as_ref())
                .collect();
            let names: Vec<_> = idents.iter().map(|it| unraw(it)).collect();
            (
                quote!(Self::#ident { #(#idents),* } => { #(fields.put(#names, #idents)?;)* }),
                quote!(Self::#ident { #(#idents: fields.field(#names)?),* }),
            )
        }
        Fields::Unnamed(unnamed) => {
            let places = 0..unnamed.unnamed.len();
            let idents: Vec<_> = places
                .clone()
                .map(|it| format_ident!("field_{it}"))
                .collect();
            let names: Vec<_> = places.map(|it| it.to_string()).collect();
            (
                quote!(Self::#ident(#(#idents),*) => { #(fields.put(#names, #idents)?;)* }),
                quote!(Self::#ident(#(fields.field(#names)?),*)),
            )
        }
    }
}

/// The name that `#[fsm(name = "…")]` gives, or its own.
fn name_of(attributes: &[Attribute], ident: &Ident) -> Result<String> {
    let mut name = unraw(ident);
    for attribute in attributes.iter().filter(|it| it.path().is_ident("fsm")) {
        attribute.parse_nested_meta(|meta| {
            if !meta.path.is_ident("name") {
                return Err(meta.error("only `name = \"…\"` can be said here"));
            }
            let given: LitStr = meta.value()?.parse()?;
            name = given.value();
            if name.is_empty() || name.contains("::") {
                return Err(Error::new(
                    given.span(),
                    "a name has letters, and no `::` in it",
                ));
            }
            Ok(())
        })?;
    }
    Ok(name)
}

fn unraw(ident: &Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_owned()
}
