/** Any file of the lab as runs that are kept. */
import type { KeptRun } from '../findings/kept-run.ts';
import { cut, showSetting } from '../show.ts';
import { type LabFile, readLabFile } from './lab-file.ts';
import type { RunResult } from '../training/results/result.ts';
import { type RunSpec, taskOf } from '../training/spec/spec.ts';
import { recordSingleRun, withoutOwnText } from './single-run.ts';
import { writtenSpec } from './written-spec.ts';

const MOST_NAME = 120;

/**
 * @param name for runs that have none of their own
 * @throws SchemaError
 */
export const keptRunsIn = (text: string, name: string): KeptRun[] => keptRunsOf(readLabFile(text), name);

export function keptRunsOf(file: LabFile, name: string): KeptRun[] {
  switch (file.kind) {
    case 'runs':
      return file.runs;
    case 'recording':
      return [{ ...file.recording, name: cut(name, MOST_NAME), changes: {}, prediction: {} }];
    case 'run':
      return [keptFrom(file.result, name)];
    case 'sweep':
      return file.runs.map(({ result, values }) =>
        keptFrom(result, [name, ...Object.entries(values).map(valueText)].join(' · ')),
      );
  }
}

const valueText = ([path, value]: [string, unknown]): string => `${path} ${showSetting(value)}`;

/** A run of the command line among those that are kept. */
export function keptFrom(result: RunResult, name: string): KeptRun {
  return {
    ...recordSingleRun(result, isInNats(result.spec)),
    name: cut(name, MOST_NAME),
    changes: writtenSpec(withoutOwnText(result.spec)),
    prediction: {},
  };
}

function isInNats(spec: RunSpec): boolean {
  return taskOf(spec).shape.targets.kind === 'classes' && spec.loss !== 'squared-error';
}
