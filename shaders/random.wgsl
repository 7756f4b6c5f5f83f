// Random numbers from counters: src/random.ts and src/kernels/permutation.ts give the same bits.
// Source: Jarzynski and Olano, "Hash Functions for GPU Rendering", JCGT 9(3), 2020.
//
//   hash(a, b, …, z) = mix(… mix(mix(0, a), b) …, z)

// One stream per purpose; 1 to 4 are taken by src/random.ts.
const BATCH_STREAM = 5u;
const TOKEN_STREAM = 6u;

fn pcg(word: u32) -> u32 {
  let state = word * 747796405u + 2891336453u;
  let mixed = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
  return (mixed >> 22u) ^ mixed;
}

fn mix_word(hash: u32, word: u32) -> u32 { return pcg(hash ^ word); }

// Uniform in [0, 1): the first 24 bits.
fn uniform_float(word: u32) -> f32 { return f32(word >> 8u) / 16777216f; }
