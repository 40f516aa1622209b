//! The list of all width parameters of a core's blocks, in one place.
//!
//! RustHDL cannot compute widths, so the blocks that contain all others are generic over every
//! width. [`macro@widths`] writes the list of parameters for them:
//!
//! ```
//! use widths::widths;
//!
//! #[widths]
//! pub struct Core<Widths>;
//!
//! #[widths]
//! pub struct Top<Widths, const IB: usize> {
//!     core: Core<Widths>,
//! }
//!
//! #[widths]
//! impl<Widths, const IB: usize> Top<Widths, IB> {}
//! ```

#![forbid(unsafe_code)]

use proc_macro::{Group, Ident, TokenStream, TokenTree};

/// The word that the list replaces.
const WORD: &str = "Widths";

/// The parameters of `hdl::core::Core`, in its order; that struct documents them.
const WIDTHS: [&str; 28] = [
    "NB", "LB", "TB", "RB", "WWB", "WB", "P", "WW", "S", "PW", "S1", "S2", "S3", "XB", "BODY",
    "LINK", "RW", "DW", "LA", "LI", "TC", "GB", "GC", "PN", "G", "SB", "B", "B1",
];

/// Puts the widths in the place of the word `Widths`: as parameters the first time, which must be where
/// the item's parameters are, and as arguments from then on.
#[proc_macro_attribute]
pub fn widths(_: TokenStream, item: TokenStream) -> TokenStream {
    replaced(item, &mut false)
}

fn replaced(tokens: TokenStream, declared: &mut bool) -> TokenStream {
    let mut result = TokenStream::new();
    for token in tokens {
        match token {
            TokenTree::Ident(ident) if ident.to_string() == WORD => {
                let list = if *declared {
                    WIDTHS.join(", ")
                } else {
                    WIDTHS
                        .map(|width| format!("const {width}: usize"))
                        .join(", ")
                };
                *declared = true;
                result.extend(spanned(&list, &ident));
            }
            TokenTree::Group(group) => {
                let inside = replaced(group.stream(), declared);
                let mut whole = Group::new(group.delimiter(), inside);
                whole.set_span(group.span());
                result.extend([TokenTree::Group(whole)]);
            }
            other => result.extend([other]),
        }
    }
    result
}

/// The list as tokens with the source position of the replaced word.
fn spanned(list: &str, word: &Ident) -> TokenStream {
    let tokens: TokenStream = list.parse().unwrap_or_default();
    tokens
        .into_iter()
        .map(|mut token| {
            token.set_span(word.span());
            token
        })
        .collect()
}
