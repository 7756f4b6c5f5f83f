// Where element i of hidden matrix l lies in its [ROWS, COLUMNS]: TALL ones, [COLUMNS, ROWS] in the arena, are transposed.
fn place(l: u32, i: u32) -> u32 {
  return select(i, i % ROWS * COLUMNS + i / ROWS, TALL[l]);
}
