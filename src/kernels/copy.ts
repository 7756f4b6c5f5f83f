/** Copies a tensor, to half precision too; `bench` measures with it what memory and dispatches cost on a device. */
import { LEAST } from '../gpu/grants.ts';
import { read, write, type Dispatch } from '../gpu/kernel.ts';
import { size, type Tensor } from '../gpu/tensor.ts';
import { work } from '../cpu/work.ts';
import copyCode from '../../shaders/copy.wgsl?raw';
import { expectElements } from './shapes.ts';

/**
 * @param op.threads of a workgroup; default: as many as every device grants
 * @throws RangeError when the sizes differ or are no multiple of 4
 */
export function copy(op: { from: Tensor; to: Tensor; threads?: number }): Dispatch {
  const { from, to, threads = LEAST.threads } = op;
  const elements = size(from);
  expectElements('copy', elements, to);
  if (elements % 4 !== 0 || from.replicas !== 1 || to.replicas !== 1) {
    throw new RangeError(`copy: ${elements} elements; wanted one replica and a multiple of 4.`);
  }
  return {
    kernel: { name: 'copy', code: [copyCode], constants: { N: elements, THREADS: threads } },
    bindings: [read(from), write(to)],
    workgroups: [Math.ceil(elements / (4 * threads)), 1, 1],
    flops: 0,
    cpu: work('copy', from, to),
  };
}
