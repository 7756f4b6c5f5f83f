import { describe, expect, it } from 'vitest';
import { inHalf } from '../../src/gpu/half.ts';

const variable = (type: string): string =>
  `@group(0) @binding(0) var<storage, read_write> x: array<${type}>;`;

describe('half precision in the text of a kernel', () => {
  it('converts loads, in indices and stored values too, and stores', () => {
    const code = `${variable('f32')} fn f() { y[u32(x[0])] = x[1] + p.x[2]; x[i + u32(x[3])] = x[4]; }`;
    expect(inHalf(code, 'x')).toBe(
      `${variable('f16')} fn f() { y[u32(f32(x[0]))] = f32(x[1]) + p.x[2]; x[i + u32(f32(x[3]))] = f16(f32(x[4])); }`,
    );
  });

  it('knows vectors and aliases, and leaves comparisons, lengths and other names alone', () => {
    const code = `alias Lane = vec2f; ${variable('Lane')} fn f() { if (all(x[i] == max[x1[0]])) { return arrayLength(&x); } }`;
    expect(inHalf(code, 'x')).toBe(
      `alias Lane = vec2f; ${variable('vec2h')} fn f() { if (all(Lane(x[i]) == max[x1[0]])) { return arrayLength(&x); } }`,
    );
  });

  it('leaves what is in half precision already', () => {
    const once = inHalf(`${variable('vec4f')} fn f() { x[0] = x[1]; }`, 'x');
    expect(once).toContain('x[0] = vec4h(vec4f(x[1]));');
    expect(inHalf(once, 'x')).toBe(once);
  });

  it('refuses what has no half', () => {
    expect(() => inHalf(variable('i32'), 'x')).toThrow('x holds i32, of which there is no half.');
    expect(() => inHalf(`${variable('f32')} fn f() { x[0] += 1f; }`, 'x')).toThrow('updated in place');
  });
});
