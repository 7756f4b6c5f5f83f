/** The page with a pretended lab; its options stand in the address: `?software=true&tickMs=5`. */
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
start(window.lab, document.body);
