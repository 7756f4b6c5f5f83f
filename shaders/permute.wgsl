// π, the order of `rows` examples in one epoch: a permutation of 0 … rows − 1 keyed by (seed, epoch).
//
// A Feistel network on the smallest power of two that holds them, at least 2^FEISTEL_BITS, repeated until it lands
// below `rows` (cycle walking: Black and Rogaway, "Ciphers with Arbitrary Finite Domains", CT-RSA 2002).
// src/kernels/permutation.ts computes the same rows.

fn permute(position: u32, rows: u32, seed: u32, epoch: u32) -> u32 {
  let bits = max(FEISTEL_BITS, 32u - countLeadingZeros(rows - 1u));
  let right_bits = bits - bits / 2u;
  let left_mask = (1u << (bits / 2u)) - 1u;
  let right_mask = (1u << right_bits) - 1u;
  let key = mix_word(mix_word(mix_word(0u, seed), BATCH_STREAM), epoch);
  var x = position;
  loop {
    var left = x >> right_bits;
    var right = x & right_mask;
    for (var round = 0u; round < FEISTEL_ROUNDS; round += 2u) {
      left ^= mix_word(mix_word(key, round), right) & left_mask;
      right ^= mix_word(mix_word(key, round + 1u), left) & right_mask;
    }
    x = (left << right_bits) | right;
    if (x < rows) { break; }
  }
  return x;
}
