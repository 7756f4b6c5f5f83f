/** Half precision in memory: a kernel computes in f32, and reads and writes some of its tensors as f16. */
import type { Tensor } from './tensor.ts';
import { aliased, elementsOf, endOfElement, storageVariables, withoutComments } from './wgsl.ts';

/** The text of a kernel whose bindings are these: variables that are bound to half precision become so. */
export function withHalves(
  code: string,
  bindings: readonly { tensor: Pick<Tensor, 'storage'> | undefined }[],
): string {
  const halves = storageVariables(code).filter(({ binding }) => bindings[binding]?.tensor?.storage.half);
  const text = halves.reduce((halved, { name }) => inHalf(halved, name), code);
  return halves.length ? `enable f16;\n${text}` : text;
}

/** Element types of storage variables, and the half of each. */
const HALVES: Readonly<Record<string, string>> = { f32: 'f16', vec2f: 'vec2h', vec4f: 'vec4h' };

/**
 * The text of a kernel with the storage variable `name` in half precision: each load becomes a conversion to the type
 * it had, each store one from it. A text in which it is so already stays.
 * @throws Error where the kernel uses the variable in a way that has no half
 */
export function inHalf(code: string, name: string): string {
  const variable = storageVariables(code).find((each) => each.name === name);
  const type = variable?.type ?? '';
  if (Object.values(HALVES).includes(type)) return code;
  const half = HALVES[aliased(code, type)];
  if (!variable || !half)
    throw new Error(`${name} holds ${type || 'nothing known'}, of which there is no half.`);

  // From the last use to the first, so that what an index or a stored value loads is converted before it moves.
  // Comments, which name shapes and equations in the same way, go first.
  const declared = variable.text.replace(`array<${type}>`, `array<${half}>`);
  let text = withoutComments(code).replace(variable.text, declared);
  for (const index of elementsOf(text, name).reverse()) {
    const end = endOfElement(text, index);
    const [, sign, equals] = /^\s*([-+*/]?)(=)(?!=)/.exec(text.slice(end)) ?? [];
    if (sign) throw new Error(`${name} is updated in place, which half precision does not know.`);
    const element = text.slice(index, end);
    if (equals) {
      const from = text.indexOf('=', end) + 1;
      const to = text.indexOf(';', from);
      text = `${text.slice(0, from)} ${half}(${text.slice(from, to).trim()})${text.slice(to)}`;
    } else text = `${text.slice(0, index)}${type}(${element})${text.slice(end)}`;
  }
  return text;
}
