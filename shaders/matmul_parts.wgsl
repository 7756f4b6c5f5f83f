// The end of a product that the parts of a workgroup have summed (matmul_tiled.wgsl): its blocks are 4 × 4 outputs a thread.

// The sums of all parts lie one behind the other in the place of the tiles: vector i of one part.
fn put_sum(part: u32, i: u32, value: vec4f) { tiles[part * (TILE_M * TILE_N / 4u) + i] = value; }
fn sum_of(part: u32, i: u32) -> vec4f { return tiles[part * (TILE_M * TILE_N / 4u) + i]; }
fn all_of(i: u32) -> vec4f {
  var total = sum_of(0u, i);
  for (var part = 1u; part < SPLITS; part++) { total += sum_of(part, i); }
  return total;
}

// Every thread of the workgroup must call it: as many as there are outputs / 4.
fn add_parts(r: u32, m0: u32, n0: u32, part: u32, index: u32, x: u32, y: u32, sums: Sums) {
  let first = 4u * y * ACROSS + x;
  put_sum(part, first, sums.top[0]);
  put_sum(part, first + ACROSS, sums.top[1]);
  put_sum(part, first + 2u * ACROSS, sums.top[2]);
  put_sum(part, first + 3u * ACROSS, sums.top[3]);
  workgroupBarrier();
  let n = n0 + index % ACROSS * 4u;
  store(r, m0 + index / ACROSS, n, all_of(index) + bias_at(r, n));
  if (HAS_DBIAS && n0 == 0u) {
    workgroupBarrier();
    if (x == 0u) { put_sum(part, y, sums.dbias); }
    workgroupBarrier();
    if (index < DOWN) { store_dbias(r, m0 + 4u * index, all_of(index)); }
  }
}
