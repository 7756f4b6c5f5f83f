/**
 * What is read from the text of a kernel: its variables, declarations, entry and sizes. It knows the part of WGSL that
 * `shaders/` is written in and no more; a compiler sees every kernel anyway (docs/decisions/0005-libraries.md).
 */
import { constantsOf, evaluate } from './constants.ts';

/** Lines stay where they are, so that errors name the right ones. */
export const withoutComments = (code: string): string => code.replace(/[ \t]*\/\/.*$|^[ \t]+/gm, '');

/** A tensor in the text of a kernel: `@group(0) @binding(2) var<storage, read> x: array<vec4f>;`. */
const STORAGE = /@group\(0\)\s*@binding\((\d+)\)\s*var<storage,\s*\w+>\s*(\w+):\s*array<([^;]*)>;/g;

export interface StorageVariable {
  binding: number;
  name: string;
  /** type of an element */
  type: string;
  /** the declaration */
  text: string;
}

export function storageVariables(code: string): StorageVariable[] {
  return Array.from(code.matchAll(STORAGE), ([text, binding, name, type]) => ({
    binding: Number(binding),
    name: name!,
    type: type!,
    text,
  }));
}

/** The declaration of a storage variable with another binding. */
export function boundTo(text: string, binding: number): string {
  return text.replace(/@binding\(\d+\)/, `@binding(${binding})`);
}

/** The type that an alias stands for, or the type itself. */
export function aliased(code: string, type: string): string {
  return new RegExp(`\\balias ${type}\\s*=\\s*(\\w+);`).exec(code)?.[1] ?? type;
}

/** A name, but not a member of something. */
export const NAME = /(?<![.\w])[A-Za-z_]\w*/g;

/** Where elements of a variable stand, `x[i]`: the index of each first letter. */
export function elementsOf(code: string, name: string): number[] {
  const uses = code.matchAll(new RegExp(`(?<![.\\w])${name}\\s*\\[`, 'g'));
  return Array.from(uses, ({ index }) => index);
}

/** The index behind the bracket that closes the element which begins at `from`. */
export function endOfElement(code: string, from: number): number {
  let depth = 0;
  for (let i = code.indexOf('[', from); i < code.length; i++) {
    if (code[i] === '[') depth++;
    if (code[i] === ']' && --depth === 0) return i + 1;
  }
  throw new Error('A bracket is not closed.');
}

const BUILTIN = /@builtin\((\w+)\)\s*/g;
const MAIN = /@compute\s*@workgroup_size\(([^)]*)\)\s*fn main\(([^{]*)\)/;

/** The names of the built-in values that the entry takes, in their order. */
export function builtinsOf(code: string): string[] {
  return Array.from((MAIN.exec(code)?.[2] ?? '').matchAll(BUILTIN), ([, name]) => name!);
}

/** The text with its entry as a function of another name, whose parameters are no longer built in. */
export function withEntryAs(code: string, name: string): string {
  return code.replace(
    MAIN,
    (_, _size, parameters: string) => `fn ${name}(${parameters.replace(BUILTIN, '')})`,
  );
}

/** Threads of a workgroup in x, y and z. */
export function workgroupSizeOf(code: string): readonly [number, number, number] {
  const sizes = MAIN.exec(code)?.[1]?.split(',') ?? [];
  const [x = 1, y = 1, z = 1] = sizes.map((text) => evaluate(text, constantsOf(code)));
  return [x, y, z];
}

const BYTES: Readonly<Record<string, number>> = { f32: 4, u32: 4, i32: 4, vec2f: 8, vec4f: 16 };

/**
 * Bytes of workgroup memory that a kernel has, each variable in whole vectors.
 * @throws Error for arrays of other elements, or whose length is no constant
 */
export function workgroupMemory(code: string): number {
  const constants = constantsOf(code);
  let bytes = 0;
  for (const [text, type = '', count = ''] of code.matchAll(
    /var<workgroup> *\w+ *: *array<(\w+), *(.*?)>;/g,
  )) {
    const element = BYTES[aliased(code, type)];
    if (element === undefined) throw new Error(`${text} has elements of unknown size.`);
    bytes += 16 * Math.ceil((element * evaluate(count, constants)) / 16);
  }
  return bytes;
}

/** The declarations of a module by their names, without comments and extensions. */
export function declarationsOf(code: string): Map<string, string> {
  const text = withoutComments(code).replace(/^enable .*;$/gm, '');
  const declarations = new Map<string, string>();
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '{') depth++;
    if (text[i] === '}') depth--;
    if (depth > 0 || !';}'.includes(text[i]!)) continue;
    const declaration = text.slice(start, i + 1).trim();
    const [, name] = /(?:\b(?:fn|struct|alias|const|var)\s+|\bvar<[^>]*>\s*)(\w+)/.exec(declaration) ?? [];
    if (name) declarations.set(name, declaration);
    start = i + 1;
  }
  return declarations;
}
