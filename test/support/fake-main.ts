/** The page with a pretended lab; its options stand in the address: `?software=true&tickMs=5`. */
import { curriculum } from '../../src/app/curriculum.ts';
import { start } from '../../src/app/start.ts';
import '../../src/styles/page.css';
import { FakeLab, type FakeOptions } from './fake-lab.ts';

declare global {
  interface Window {
    lab: FakeLab;
  }
}

const options = Object.fromEntries(
  [...new URLSearchParams(location.search)].map(([key, value]) => [key, JSON.parse(value) as unknown]),
) as FakeOptions;

window.lab = new FakeLab(options);
void start(
  {
    lab: window.lab,
    curriculum,
    probe: () => window.lab.device().catch(() => undefined),
  },
  document.body,
);
