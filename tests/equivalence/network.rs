//! The part of the digits network that fits on a core.

use demos::digits::Digits;
use network::Network;
use network::image::CoreImage;
use network::npy::{self, Array};
use spec::CoreConfig;

const TEXT: &str = include_str!("../../examples/digits/network.toml");
const INPUT_HIDDEN: &[u8] = include_bytes!("../../examples/digits/w_input_hidden.npy");
const HIDDEN_OUTPUT: &[u8] = include_bytes!("../../examples/digits/w_hidden_output.npy");
const BIAS_HIDDEN: &[u8] = include_bytes!("../../examples/digits/bias_hidden.npy");
const BIAS_OUTPUT: &[u8] = include_bytes!("../../examples/digits/bias_output.npy");

/// The digits network for a core: its image, the number of hidden neurons, and the images.
pub(crate) struct Fitted {
    pub(crate) image: CoreImage,
    pub(crate) hidden: usize,
    pub(crate) digits: Digits,
}

impl Fitted {
    /// The network with the first hidden neurons, as many as fit on `config`; none if no digits fit.
    pub(crate) fn new(config: &CoreConfig) -> Option<Fitted> {
        let digits = Digits::embedded().unwrap();
        let whole = digits.network().populations()[0].size;
        let (image, hidden) = (1..=whole).rev().find_map(|hidden| {
            let network = with_hidden(hidden, whole);
            CoreImage::map(&network, config).ok().zip(Some(hidden))
        })?;
        Some(Fitted {
            image,
            hidden,
            digits,
        })
    }
}

/// The network with the first `hidden` of its `whole` hidden neurons.
fn with_hidden(hidden: usize, whole: usize) -> Network {
    let sized = format!("size = {hidden}\n");
    let text = TEXT.replacen(&format!("size = {whole}\n"), &sized, 1);
    let mut file = |name: &str| {
        Ok(match name {
            "w_input_hidden.npy" => first_columns(INPUT_HIDDEN, hidden),
            "w_hidden_output.npy" => first_rows(HIDDEN_OUTPUT, hidden),
            "bias_hidden.npy" => first_rows(BIAS_HIDDEN, hidden),
            "bias_output.npy" => BIAS_OUTPUT.to_vec(),
            other => return Err(format!("no file {other}")),
        })
    };
    Network::from_toml(&text, &mut file).unwrap()
}

fn first_rows(file: &[u8], rows: usize) -> Vec<u8> {
    let array = Array::parse(file).unwrap();
    let mut shape = array.shape().to_vec();
    shape[0] = rows;
    let values = integers(&array);
    npy::encode(&shape, &values[..shape.iter().product()]).unwrap()
}

fn first_columns(file: &[u8], columns: usize) -> Vec<u8> {
    let array = Array::parse(file).unwrap();
    let &[rows, width] = array.shape() else {
        panic!("{:?}", array.shape())
    };
    let values = integers(&array);
    let kept: Vec<_> = values
        .chunks(width)
        .flat_map(|row| &row[..columns])
        .copied()
        .collect();
    npy::encode(&[rows, columns], &kept).unwrap()
}

fn integers(array: &Array) -> Vec<i32> {
    let values = array.to_integers().unwrap();
    values
        .into_iter()
        .map(|it| it.try_into().unwrap())
        .collect()
}
