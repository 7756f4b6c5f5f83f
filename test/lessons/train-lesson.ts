/** A lesson at its small size, trained for real. */
import type { Device } from '../../src/gpu/device.ts';
import type { Findings, Lesson } from '../../src/lessons/lesson.ts';
import { runPlan } from '../../src/training/plan/plan.ts';
import { MemoryStore } from '../../src/training/plan/store.ts';
import { runSpecs } from './replicated.ts';

export async function trainLesson(device: Device, lesson: Lesson): Promise<Findings> {
  const plan = [...runSpecs(lesson, 'small')].map(([id, spec]) => ({ id, spec, values: {}, level: 0 }));
  const runs = await runPlan(device, plan, { store: new MemoryStore() });
  return lesson.judge({ runs, benchmarks: new Map() }, 'small');
}
