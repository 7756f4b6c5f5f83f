/**
 * Horizontal fusion: neighbouring dispatches that need nothing of each other become one: some of its workgroups do the work of the first,
 * the others that of the second. Both fill the GPU together, and a launch is saved.
 */
import type { Grants } from './grants.ts';
import { textOf, wgsl, type Binding, type Dispatch } from './kernel.ts';
import { size, type Tensor } from './tensor.ts';
import {
  boundTo,
  builtinsOf,
  declarationsOf,
  NAME,
  storageVariables,
  withEntryAs,
  withoutComments,
  workgroupMemory,
  workgroupSizeOf,
} from './wgsl.ts';

/** Along one axis, on every device. */
const WORKGROUPS = 65535;

interface Options {
  /**
   * the workgroups of both take turns, for adapters that give each core one stretch of a dispatch: all long ones would be
   * one core's. Else those of the first come first
   */
  mixed?: boolean;
  /** what the device grants a dispatch, which has what both want */
  grants: Pick<Grants, 'workgroupStorage' | 'storageBuffers'>;
}

/** The same work in the same order, in fewer dispatches. */
export function fuseHorizontally(dispatches: readonly Dispatch[], options: Options): Dispatch[] {
  const merged: Dispatch[] = [];
  for (const dispatch of dispatches) {
    const before = merged.at(-1);
    const both = before && pair(before, dispatch, options);
    if (both) merged.pop();
    merged.push(both ?? dispatch);
  }
  return merged;
}

/** Threads of a workgroup in x, y and z. */
export const workgroupSize = ({ kernel }: Dispatch): readonly [number, number, number] =>
  workgroupSizeOf(wgsl(kernel));

/** Both as one, or nothing where one needs the other, or their workgroups or bindings do not allow it. */
function pair(first: Dispatch, second: Dispatch, { mixed = false, grants }: Options): Dispatch | undefined {
  const [a, b] = [first, second].map(({ workgroups: [x, y] }) => x * y) as [number, number];
  const [threads, others] = [first, second].map((each) => workgroupSize(each).reduce((all, n) => all * n));
  const fits = threads === others && first.workgroups[2] === second.workgroups[2] && a + b <= WORKGROUPS;
  if (!fits || depends(first, second)) return undefined;

  // How many of the first there are before a workgroup; a · (a + b) stays below 2³².
  const before = (x: string): string => (mixed ? `${x} * ${a}u / ${a + b}u` : `min(${x}, ${a}u)`);
  const module = new Module(first);
  const [firstCall, secondCall] = [module.call(first, 'before'), module.add(second, 'group.x - before')];
  const tooLarge = workgroupMemory([...module.declarations.values()].join('\n')) > grants.workgroupStorage;
  if (module.bindings.length > grants.storageBuffers || tooLarge) return undefined;
  const enables = [...new Set([first, second].flatMap(({ kernel }) => kernel.enables ?? []))];
  return {
    kernel: {
      name: `${first.kernel.name} + ${second.kernel.name}`,
      code: [
        ...module.declarations.values(),
        `@compute @workgroup_size(${threads}) fn main(`,
        '  @builtin(workgroup_id) group: vec3u,',
        '  @builtin(local_invocation_index) index: u32,',
        ...(enables.includes('subgroups') ? ['  @builtin(subgroup_invocation_id) subgroup_index: u32,'] : []),
        ') {',
        `  let before = ${before('group.x')};`,
        `  if (before < ${before('(group.x + 1u)')}) { ${firstCall} } else { ${secondCall} }`,
        '}',
      ],
      constants: {},
      ...(enables.length > 0 && { enables }),
    },
    bindings: module.bindings,
    workgroups: [a + b, 1, first.workgroups[2]],
    flops: first.flops + second.flops,
    parts: [...(first.parts ?? [first]), ...(second.parts ?? [second])],
  };
}

/**
 * Whether one writes what the other reads or writes. WebGPU lets a dispatch read a buffer or write it, not both,
 * whatever the ranges; activations have buffers of their own.
 */
function depends(first: Dispatch, second: Dispatch): boolean {
  return first.bindings.some((a) =>
    second.bindings.some((b) => {
      if (!a.tensor || a.tensor.storage !== b.tensor?.storage) return false;
      if (a.access === 'read' && b.access === 'read') return false;
      return a.access === 'read' || b.access === 'read' || overlap(a.tensor, b.tensor);
    }),
  );
}

function overlap(a: Tensor, b: Tensor): boolean {
  const end = (tensor: Tensor): number =>
    tensor.offset + (tensor.replicas - 1) * tensor.stride + size(tensor);
  return a.offset < end(b) && b.offset < end(a);
}

/** Declarations of one or two kernels, whose main functions have become functions of other names. */
class Module {
  readonly declarations: Map<string, string>;
  readonly bindings: Binding[] = [];
  /** of each storage variable: what it is bound to */
  private readonly bound = new Map<string, Binding>();

  constructor(dispatch: Dispatch) {
    this.declarations = declarationsIn(dispatch);
    for (const [name, binding] of variablesOf(dispatch, this.declarations)) this.bind(name, binding);
  }

  /** Adds another kernel. Declarations that are the same in both are shared, workgroup memory too; the others are renamed. */
  add(dispatch: Dispatch, x: string): string {
    const own = declarationsIn(dispatch);
    const variables = variablesOf(dispatch, own);
    const names = new Map<string, string>();
    for (const name of own.keys()) {
      const binding = variables.get(name);
      const same = this.hasSame(name, own) ? name : undefined;
      const shared = binding ? this.boundAs(binding, own.get(name)!) : same;
      names.set(name, shared ?? this.unused(name, own));
    }
    for (const [name, text] of own) {
      const renamed = names.get(name)!;
      if (this.declarations.has(renamed)) continue;
      this.declarations.set(
        renamed,
        text.replace(NAME, (word) => names.get(word) ?? word),
      );
      const binding = variables.get(name);
      if (binding) this.bind(renamed, binding);
    }
    return this.call(dispatch, x, (name) => names.get(name)!);
  }

  /** A call of the kernel's function for workgroup number `x` of its own. */
  call(dispatch: Dispatch, x: string, renamed = (name: string): string => name): string {
    const [columns] = dispatch.workgroups;
    const [width, height, depth] = workgroupSize(dispatch);
    const group = `vec3u((${x}) % ${columns}u, (${x}) / ${columns}u, group.z)`;
    const thread = `vec3u(index % ${width}u, index / ${width}u % ${height}u, index / ${width * height}u)`;
    const values: Record<string, string> = {
      workgroup_id: group,
      local_invocation_id: thread,
      local_invocation_index: 'index',
      global_invocation_id: `${group} * vec3u(${width}u, ${height}u, ${depth}u) + ${thread}`,
      subgroup_invocation_id: 'subgroup_index',
    };
    const wanted = builtinsOf(wgsl(dispatch.kernel));
    return `${renamed(functionName(dispatch))}(${wanted.map((name) => values[name]!).join(', ')});`;
  }

  private bind(name: string, binding: Binding): void {
    const text = this.declarations.get(name)!;
    this.declarations.set(name, boundTo(text, this.bindings.length));
    this.bindings.push(binding);
    this.bound.set(name, binding);
  }

  /** The variable through which the other kernel already reads the same tensor as the same type. */
  private boundAs({ tensor, access }: Binding, text: string): string | undefined {
    if (access !== 'read') return undefined;
    for (const [name, binding] of this.bound) {
      const same = binding.access === 'read' && isSame(binding.tensor!, tensor!);
      if (same && typeOf(this.declarations.get(name)!) === typeOf(text)) return name;
    }
    return undefined;
  }

  /** Whether a declaration, and all that it names, is the same here. */
  private hasSame(name: string, own: ReadonlyMap<string, string>): boolean {
    const text = own.get(name)!;
    if (text !== this.declarations.get(name) || storageVariables(text).length > 0) return false;
    return [...text.matchAll(NAME)].every(
      ([word]) => word === name || !own.has(word) || this.hasSame(word, own),
    );
  }

  private unused(name: string, own: ReadonlyMap<string, string>): string {
    let unused = name;
    for (let n = 2; this.declarations.has(unused) || (unused !== name && own.has(unused)); n++)
      unused = `${name}_${n}`;
    return unused;
  }
}

/** Declarations of a kernel by their names; its main function is called `functionName`. */
const declarationsIn = (dispatch: Dispatch): Map<string, string> =>
  declarationsOf(withEntryAs(withoutComments(textOf(dispatch)), functionName(dispatch)));

/** The storage variables among the declarations and what they are bound to. */
function variablesOf(
  { bindings }: Dispatch,
  declarations: ReadonlyMap<string, string>,
): Map<string, Binding> {
  const variables = new Map<string, Binding>();
  for (const [name, text] of declarations) {
    const [variable] = storageVariables(text);
    if (variable) variables.set(name, bindings[variable.binding]!);
  }
  return variables;
}

const functionName = ({ kernel }: Dispatch): string => `run_${kernel.name.replace(/\W+/g, '_')}`;
const typeOf = (variable: string): string | undefined => storageVariables(variable)[0]?.type;

function isSame(a: Tensor, b: Tensor): boolean {
  return (
    a.storage === b.storage &&
    a.offset === b.offset &&
    size(a) === size(b) &&
    a.replicas === b.replicas &&
    a.stride === b.stride
  );
}
