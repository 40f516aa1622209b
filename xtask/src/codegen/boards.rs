//! Generates the Verilog around the device for every board.

use anyhow::Result;

use super::Generated;
use crate::boards::Board;

/// `constraints/<board>/board.v`, for every board.
pub(super) fn render_all() -> Result<Vec<Generated>> {
    let boards = Board::all()?;
    let render = |board: &Board| Generated {
        file: board.wrapper_file(),
        text: board.wrapper(),
    };
    Ok(boards.iter().map(render).collect())
}
