/** Time and memory of each configuration of an axis. */
import { time } from '../../src/bench/measure.ts';
import { TrainingSubject, type TrainingCase } from '../../src/bench/training.ts';
import type { Device } from '../../src/gpu/device.ts';
import { kernelChoice } from '../../src/kernels/choice.ts';
import { planTraining, trainingBytes } from '../../src/training/trainer/memory.ts';
import { trainingStep } from '../../src/training/trainer/programs.ts';
import type { GrowthAxis } from './axes.ts';
import { exponent, localExponents } from './exponent.ts';

export interface GrowthPoint {
  value: number;
  /** median ms per step */
  msPerStep: number;
  flops: number;
  gflops: number;
  /** exponent of time against FLOPs from the point before to this; below 1 the device was not full before */
  localExponent?: number;
  /** bytes on the GPU: what the trainer says beforehand, and what was allocated */
  predictedBytes: number;
  measuredBytes: number;
}

export interface Growth {
  axis: string;
  description: string;
  points: GrowthPoint[];
  /** least squares over all points */
  exponents: { timeByAxis: number; flopsByAxis: number; timeByFlops: number };
}

/** Steps of one submit: what is asked for is the device's time, not that of reading a loss. Fewer where they take long. */
const STEPS = 20;
const SUBMIT_MS = 500;

/** Bytes that training will hold, planned as the trainer plans them; nothing is allocated. */
export function predictedBytes(device: Device, { spec, shape, data }: TrainingCase): number {
  const memory = planTraining(spec, shape, data);
  return trainingBytes(memory, trainingStep(spec, shape, memory, kernelChoice(device), false));
}

/**
 * A subject and the bytes that came with it. The losses' readback is among them, 4 bytes per replica, which no
 * prediction counts.
 */
export async function buildMeasured(
  device: Device,
  given: TrainingCase,
): Promise<{ subject: TrainingSubject; bytes: number }> {
  const before = device.counters.bytesAlive;
  const subject = await TrainingSubject.build(device, given);
  return { subject, bytes: device.counters.bytesAlive - before };
}

/** All configurations of the axis take turns on the device. */
export async function measureAxis(device: Device, axis: GrowthAxis, budgetMs: number): Promise<Growth> {
  const subjects: TrainingSubject[] = [];
  const steps: number[] = [];
  try {
    const bytes: { predictedBytes: number; measuredBytes: number }[] = [];
    for (const value of axis.values) {
      const given = axis.at(value);
      const predicted = predictedBytes(device, given);
      const { subject, bytes: measured } = await buildMeasured(device, given);
      subjects.push(subject);
      bytes.push({ predictedBytes: predicted, measuredBytes: measured });
      steps.push(await stepsOf(subject));
    }
    const medians = await time(subjects, steps, { budgetMs, least: 3, most: 100 });
    return growthOf(
      axis,
      axis.values.map((value, i) => ({
        value,
        msPerStep: medians[i]!,
        flops: subjects[i]!.flops,
        ...bytes[i]!,
      })),
    );
  } finally {
    for (const subject of subjects) subject.destroy();
  }
}

async function stepsOf(subject: TrainingSubject): Promise<number> {
  await subject.run(1);
  const [msPerStep] = await time([subject], 1, { budgetMs: SUBMIT_MS, least: 1, most: STEPS });
  return Math.max(1, Math.min(STEPS, Math.floor(SUBMIT_MS / msPerStep!)));
}

/** The exponents of what was measured. */
export function growthOf(
  { name, description }: Pick<GrowthAxis, 'name' | 'description'>,
  measured: readonly Omit<GrowthPoint, 'gflops' | 'localExponent'>[],
): Growth {
  const values = measured.map(({ value }) => value);
  const times = measured.map(({ msPerStep }) => msPerStep);
  const flops = measured.map((point) => point.flops);
  const local = localExponents(flops, times);
  return {
    axis: name,
    description,
    points: measured.map((point, i) => ({
      ...point,
      gflops: point.flops / point.msPerStep / 1e6,
      ...(i > 0 && { localExponent: local[i - 1]! }),
    })),
    exponents: {
      timeByAxis: exponent(values, times),
      flopsByAxis: exponent(values, flops),
      timeByFlops: exponent(flops, times),
    },
  };
}
