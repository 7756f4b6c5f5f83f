// 1 − βᵗ = −expm1(t ln β), with a series where 1 − exp would cancel.
fn one_minus_power(log_beta: f32, t: f32) -> f32 {
  let x = t * log_beta;
  if (x < -0.5f) { return 1f - exp(x); }
  let series = 1f + x / 2f * (1f + x / 3f * (1f + x / 4f * (1f + x / 5f * (1f + x / 6f * (1f + x / 7f * (1f + x / 8f))))));
  return -x * series;
}
