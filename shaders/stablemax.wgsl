// Cross-entropy of StableMax, −ln p(target) with p = s(logits) / Σ s(logits), for class_loss.wgsl and class_scores.wgsl.
//
//   s(x) = 1 + x where x ≥ 0, 1 / (1 − x) where not    Prieto et al., arXiv 2501.04697, equation 5
//
// It grows as a line does, not as a power of e, so that one logit never makes the others vanish beside it in f32.

const BY_MOST = false;

fn s(x: f32) -> f32 { return select(1f / (1f + abs(x)), 1f + abs(x), x >= 0f); }

fn share(x: f32, most: f32, hit: f32) -> f32 { return s(x); }
fn loss_of(sum: f32, of_target: f32, most: f32) -> f32 { return log(sum / s(of_target)); }
fn slope(x: f32, most: f32, sum: f32, hit: f32) -> f32 { return (s(x) / sum - hit) / (1f + abs(x)); }

fn parts(x: f32, most: f32, hit: f32) -> vec3f {
  let share = s(x);
  return vec3f(share, share * share, log(share));
}
fn gain(sums: vec3f, mean: f32) -> f32 { return mean - log(sums.x); }
fn squares(sums: vec3f) -> f32 { return sums.y / (sums.x * sums.x); }
