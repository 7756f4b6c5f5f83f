// π, the order of a pool of ROWS examples in one epoch: a permutation of 0 … ROWS − 1 keyed by (seed, epoch).
//
// A Feistel network on 2^(LEFT_BITS + RIGHT_BITS) ≥ ROWS numbers, repeated until it lands below ROWS
// (cycle walking: Black and Rogaway, "Ciphers with Arbitrary Finite Domains", CT-RSA 2002).
// src/kernels/batch.ts computes the same rows.

fn permute(position: u32, seed: u32, epoch: u32) -> u32 {
  let key = mix_word(mix_word(mix_word(0u, seed), BATCH_STREAM), epoch);
  var x = position;
  loop {
    var left = x >> RIGHT_BITS;
    var right = x & RIGHT_MASK;
    for (var round = 0u; round < FEISTEL_ROUNDS; round += 2u) {
      left ^= mix_word(mix_word(key, round), right) & LEFT_MASK;
      right ^= mix_word(mix_word(key, round + 1u), left) & RIGHT_MASK;
    }
    x = (left << RIGHT_BITS) | right;
    if (x < ROWS) { break; }
  }
  return x;
}
