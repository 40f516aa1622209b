//! The lists of width parameters of the core's larger blocks, in one place.
//!
//! RustHDL cannot compute widths, so a block is generic over every width of its parts.
//! [`macro@widths`] writes the list of parameters, or of arguments, in the place of its name, and
//! [`arguments!`] does so in an expression:
//!
//! ```
//! use widths::{arguments, widths};
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
//!
//! #[widths]
//! pub fn top<Widths>() -> Top<Widths, 6> {
//!     let core = arguments!(Core::<Widths>);
//!     Top { core }
//! }
//! ```

#![forbid(unsafe_code)]

use proc_macro::{Group, Ident, TokenStream, TokenTree};

/// The lists: the word that stands for each, and its parameters in their order. The structs document
/// them.
const LISTS: [(&str, &[&str]); 6] = [
    (
        "Widths",
        &[
            "NB", "LB", "TB", "RB", "WWB", "WB", "P", "WW", "S", "PW", "S1", "S2", "S3", "XB",
            "BODY", "LINK", "RW", "DW", "LA", "LI", "TC", "GB", "GC", "PN", "G", "SB", "B", "B1",
            "CB",
        ],
    ),
    (
        "NeuronWidths",
        &[
            "NB", "LB", "S", "S1", "S2", "S3", "RW", "DW", "B", "B1", "CB",
        ],
    ),
    (
        "RouterWidths",
        &[
            "NB", "RB", "WB", "TB", "XB", "WW", "WWB", "BODY", "LINK", "SB",
        ],
    ),
    ("LaneWidths", &["P", "PW", "B", "B1", "LA", "LB", "PN"]),
    (
        "LearningWidths",
        &[
            "NB", "LB", "TB", "TC", "RB", "WB", "WW", "WWB", "P", "S", "S1", "LA", "LI", "GB",
            "GC", "DW", "LINK", "BODY", "PN",
        ],
    ),
    (
        "WayWidths",
        &[
            "NB", "TB", "TC", "RB", "WW", "P", "S", "LA", "LI", "GB", "GC",
        ],
    ),
];

/// Puts the lists in the places of their names: as parameters the first time, which must be where the
/// item's parameters are, and as arguments from then on.
#[proc_macro_attribute]
pub fn widths(_: TokenStream, item: TokenStream) -> TokenStream {
    replaced(item, &mut false)
}

/// Puts the lists in the places of their names, as arguments.
#[proc_macro]
pub fn arguments(expression: TokenStream) -> TokenStream {
    replaced(expression, &mut true)
}

fn replaced(tokens: TokenStream, declared: &mut bool) -> TokenStream {
    let mut result = TokenStream::new();
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                let word = ident.to_string();
                let Some((_, widths)) = LISTS.iter().find(|(name, _)| *name == word) else {
                    result.extend([TokenTree::Ident(ident)]);
                    continue;
                };
                let list = if *declared {
                    widths.join(", ")
                } else {
                    let parameters: Vec<_> = widths
                        .iter()
                        .map(|width| format!("const {width}: usize"))
                        .collect();
                    parameters.join(", ")
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

/// The list as tokens with the source position of its name.
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
