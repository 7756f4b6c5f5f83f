/**
 * What a figure trains with on the processor: a file of its own. The text of a figure's worker travels inside a script,
 * so that the worker can import by full addresses only, and finds here what it needs in its global scope.
 */
import { CpuHandle } from '../cpu/handle.ts';
import { WorkerCrew } from '../crew/crew.ts';
import { MemberService } from '../crew/member.ts';
import { startMember } from './crew.ts';

const processor = { CpuHandle, MemberService, startMember, WorkerCrew };
export type Processor = typeof processor;

Object.assign(globalThis, { ScalingLabProcessor: processor });
