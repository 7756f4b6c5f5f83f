/** The page with a pretended lab; its options stand in the address: `?software=true&tickMs=5`. */
import { curriculum, type Curriculum } from '../../src/app/curriculum.ts';
import { start } from '../../src/app/start.ts';
import { makeRecording } from '../../src/lessons/recording.ts';
import '../../src/styles/page.css';
import { fakeResults } from './fake-experiment.ts';
import { FakeLab, type FakeOptions } from './fake-lab.ts';

declare global {
  interface Window {
    lab: FakeLab;
  }
}

const options = Object.fromEntries(
  [...new URLSearchParams(location.search)].map(([key, value]) => [key, JSON.parse(value) as unknown]),
) as FakeOptions;

/** Recorded runs that the pretended lab could have made, those that ship, or none. */
const recording: Curriculum['recording'] = async (name, size) => {
  if (options.recorded === 'shipped') return curriculum.recording(name, size);
  const lesson = await curriculum.lesson(name);
  if (!lesson || !options.recorded) return undefined;
  const runs = fakeResults(lesson.plan('standard', 1));
  return makeRecording(
    lesson,
    { runs, benchmarks: new Map() },
    { size: 'standard', seed: 1, device: 'Recorder 3000', date: '2026-11-20T10:00:00Z', seconds: 40 },
  );
};

window.lab = new FakeLab(options);
void start(
  {
    lab: window.lab,
    curriculum: { ...curriculum, recording },
    probe: () =>
      window.lab.device().then(
        ({ name, software }) => ({ name, software, ...(software && { reason: 'no-adapter' as const }) }),
        () => ({ name: '', software: true, reason: 'no-webgpu' as const }),
      ),
  },
  document.body,
);
