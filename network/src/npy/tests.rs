//! Tests with files as NumPy writes them, with malformed files, and with random bytes.

use proptest::prelude::*;

use super::*;

/// A file with this text as its header.
fn file(header: &str, data: &[u8]) -> Vec<u8> {
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.bytes());
    bytes.extend(data);
    bytes
}

/// A file with this type, order and shape.
fn array(descr: &str, fortran: &str, shape: &str, data: &[u8]) -> Vec<u8> {
    let header =
        format!("{{'descr': '{descr}', 'fortran_order': {fortran}, 'shape': {shape}, }}      \n");
    file(&header, data)
}

fn integers(bytes: &[u8]) -> Vec<i64> {
    Array::parse(bytes).unwrap().to_integers().unwrap()
}

#[test]
fn every_element_type_is_read() {
    assert_eq!(
        integers(&array("|i1", "False", "(2,)", &[0x80, 1])),
        [-128, 1]
    );
    assert_eq!(
        integers(&array("|u1", "False", "(2,)", &[0x80, 1])),
        [128, 1]
    );
    assert_eq!(
        integers(&array("<i2", "False", "(1,)", &[0xfe, 0xff])),
        [-2]
    );
    assert_eq!(
        integers(&array(">i2", "False", "(1,)", &[0xff, 0xfe])),
        [-2]
    );
    assert_eq!(
        integers(&array("<u2", "False", "(1,)", &[0xfe, 0xff])),
        [65_534]
    );
    assert_eq!(
        integers(&array("<i4", "False", "(1,)", &(-7i32).to_le_bytes())),
        [-7]
    );
    assert_eq!(
        integers(&array("<u4", "False", "(1,)", &[0xff; 4])),
        [4_294_967_295]
    );
    assert_eq!(
        integers(&array("<i8", "False", "(1,)", &i64::MIN.to_le_bytes())),
        [i64::MIN]
    );
    assert_eq!(
        integers(&array(">i8", "False", "(1,)", &(-9i64).to_be_bytes())),
        [-9]
    );
    assert_eq!(
        integers(&array("<f4", "False", "(1,)", &(-2f32).to_le_bytes())),
        [-2]
    );
    assert_eq!(
        integers(&array(">f8", "False", "(1,)", &1e15f64.to_be_bytes())),
        [10i64.pow(15)]
    );
}

#[test]
fn fortran_order_is_turned() {
    let bytes = array("|i1", "True", "(2, 3)", &[1, 4, 2, 5, 3, 6]);
    let array = Array::parse(&bytes).unwrap();
    assert_eq!(array.shape(), [2, 3]);
    assert_eq!(array.to_integers().unwrap(), [1, 2, 3, 4, 5, 6]);
}

#[test]
fn blocks_have_three_sizes() {
    // Element [i, j, k] is 100 i + 10 j + k; in Fortran order, i varies fastest.
    let c = [0, 1, 2, 10, 11, 12, 100, 101, 102, 110, 111, 112];
    let fortran = [0, 100, 10, 110, 1, 101, 11, 111, 2, 102, 12, 112];
    for (order, data) in [("False", c), ("True", fortran)] {
        let block = Array::parse(&array("|u1", order, "(2, 2, 3)", &data)).unwrap();
        assert_eq!(block.shape(), [2, 2, 3]);
        assert_eq!(block.to_integers().unwrap(), c.map(i64::from));
    }
    let empty = array("|i1", "True", "(2, 0, 3)", &[]);
    assert!(integers(&empty).is_empty());
    let half = array("<f4", "False", "(1, 1, 2)", &[0, 0, 0, 0, 0, 0, 0, 0x3f]);
    let error = Array::parse(&half).unwrap().to_integers().unwrap_err();
    assert!(matches!(error, NpyError::NotAnInteger { index, .. } if index == [0, 0, 1]));
}

#[test]
fn every_version_of_the_format_is_read() {
    let header = b"{\"shape\": (1L,), \"descr\": \"|i1\", \"fortran_order\": False}";
    for version in [2, 3] {
        let mut bytes = b"\x93NUMPY".to_vec();
        bytes.extend([version, 0]);
        bytes.extend((header.len() as u32).to_le_bytes());
        bytes.extend(header);
        bytes.push(5);
        assert_eq!(integers(&bytes), [5]);
    }
}

#[test]
fn fractions_nan_and_infinity_are_no_integers() {
    for value in [0.5, f64::NAN, f64::INFINITY, 1e300] {
        let mut data = [1.0f64, 2.0, 3.0].map(f64::to_le_bytes).concat();
        data.extend(value.to_le_bytes());
        let error = Array::parse(&array("<f8", "False", "(2, 2)", &data))
            .unwrap()
            .to_integers();
        let message = error.unwrap_err().to_string();
        assert!(message.starts_with("element [1, 1] is "), "{message}");
        assert!(message.ends_with("which is not an integer"), "{message}");
    }
}

#[test]
fn each_fault_has_its_message() {
    let cases: &[(Vec<u8>, &str)] = &[
        (b"PK\x03\x04".to_vec(), "not an .npy file"),
        (
            b"\x93NUMPY\x09\x00\x00\x00".to_vec(),
            "version 9.0 of the .npy format",
        ),
        (
            b"\x93NUMPY\x01\x00\xff\xff{".to_vec(),
            "the header needs 65545 bytes, the file has 11",
        ),
        (
            b"\x93NUMPY\x02\x00\xff\xff\xff\xff".to_vec(),
            "needs 4294967307 bytes",
        ),
        (
            file("{'descr': '<i4'}", &[]),
            "the header is damaged at byte 26",
        ),
        (file("[[[[[[", &[]), "the header is damaged at byte 10"),
        (
            array("|O", "False", "(2,)", &[]),
            "elements of type \"|O\" are not read",
        ),
        (array("<i4", "Maybe", "(2,)", &[]), "the header is damaged"),
        (array("<i4", "False", "(-2,)", &[]), "the header is damaged"),
        (array("<i4", "False", "()", &[0; 4]), "has 0 dimensions"),
        (
            array("<i4", "False", "(1, 1, 1, 1)", &[0; 4]),
            "has 4 dimensions",
        ),
        (
            array("<i4", "False", "(1000000000000,)", &[]),
            "more than 33554432 elements",
        ),
        (
            array("<i4", "False", "(4294967296, 4294967296)", &[]),
            "more than 33554432 elements",
        ),
        (
            array("<i4", "False", "(0, 1000000000000)", &[]),
            "more than 33554432 elements",
        ),
        (
            array("<i4", "False", "(99999999999999999999,)", &[]),
            "the header is damaged",
        ),
        (
            array("<i4", "False", "(2,)", &[0; 7]),
            "the elements take 8 bytes, the file has 7",
        ),
        (
            array("<i4", "False", "(2,)", &[0; 9]),
            "the elements take 8 bytes, the file has 9",
        ),
    ];
    for (bytes, expected) in cases {
        let message = Array::parse(bytes).unwrap_err().to_string();
        assert!(message.contains(expected), "{message:?} lacks {expected:?}");
    }
}

#[test]
fn encode_refuses_what_does_not_fit_its_shape() {
    assert!(matches!(
        encode(&[2, 2], &[1]),
        Err(NpyError::Values { .. })
    ));
    assert!(matches!(
        encode(&[usize::MAX, 2], &[1]),
        Err(NpyError::Values { .. })
    ));
    assert!(matches!(
        encode(&[], &[1]),
        Err(NpyError::Dimensions { found: 0 })
    ));
}

#[test]
fn elements_begin_at_a_multiple_of_64() {
    for (shape, values) in [(vec![3], vec![1, 2, 3]), (vec![1, 2], vec![-1, i32::MIN])] {
        let bytes = encode(&shape, &values).unwrap();
        assert_eq!((bytes.len() - 4 * values.len()) % 64, 0);
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read(
        rows in 0usize..9,
        columns in 0usize..9,
        seed in proptest::collection::vec(any::<i32>(), 81),
    ) {
        let values = &seed[..rows * columns];
        let array = Array::parse(&encode(&[rows, columns], values).unwrap()).unwrap();
        prop_assert_eq!(array.shape(), [rows, columns]);
        let wide: Vec<i64> = values.iter().map(|&value| i64::from(value)).collect();
        prop_assert_eq!(array.to_integers().unwrap(), wide);
    }

    #[test]
    fn any_bytes_give_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = Array::parse(&bytes);
        let mut with_magic = b"\x93NUMPY\x01\x00".to_vec();
        with_magic.extend(&bytes);
        let _ = Array::parse(&with_magic);
    }

    #[test]
    fn any_header_gives_an_answer(header in "[{}\\[\\]()',: 0-9<i4a-z_]{0,80}") {
        let _ = Array::parse(&file(&header, &[0; 16]));
    }

    #[test]
    fn a_damaged_file_gives_an_answer(
        at in 0usize..80,
        byte in any::<u8>(),
        cut in 0usize..100,
    ) {
        let mut bytes = encode(&[2, 2], &[1, 2, 3, 4]).unwrap();
        bytes[at] = byte;
        let _ = Array::parse(&bytes);
        bytes.truncate(cut);
        prop_assert!(Array::parse(&bytes).is_err() || cut >= bytes.len());
    }
}
