// All of a workgroup sums a tile together (matmul_parts.wgsl does otherwise).

fn add_parts(r: u32, m0: u32, n0: u32, part: u32, index: u32, x: u32, y: u32, sums: Sums) {}
