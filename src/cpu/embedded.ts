/**
 * What a figure trains with on the processor: a file of its own. The text of a figure's worker travels inside a script,
 * so that the worker can import by full addresses only, and finds here what it needs in its global scope.
 */
import { CpuHandle } from './handle.ts';

Object.assign(globalThis, { ScalingLabCpu: CpuHandle });
