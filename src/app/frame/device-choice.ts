/** At the foot of every page: what trains. Another device needs another worker, so the page is loaded again. */
import { html, type TemplateResult } from 'lit';
import { WANTED, wantedIn } from '../../devices/choice.ts';
import { CORES, coresIn } from '../../devices/cores.ts';
import { coresWord, strings, wishOf } from '../device/device-strings.ts';
import { wantedHere } from '../device/wanted.ts';
import type { Settings } from './settings.ts';

export function renderDeviceChoice(
  settings: Settings,
  change: (change: Partial<Settings>) => void,
): TemplateResult {
  const wanted = wantedHere(settings);
  const chooseDevice = (event: Event): void => {
    change({ device: wantedIn((event.target as HTMLSelectElement).value) ?? 'auto' });
    const address = new URL(location.href);
    address.searchParams.delete('device');
    history.replaceState(history.state, '', address);
    location.reload();
  };
  const chooseCores = (event: Event): void => {
    change({ cores: coresIn((event.target as HTMLSelectElement).value) ?? 'many' });
    location.reload();
  };
  return html`<p>
    <label
      >${strings.train}
      <select @change=${chooseDevice}>
        ${WANTED.map((each) => html`<option value=${each} .selected=${each === wanted}>${wishOf(each)}</option>`)}
      </select></label
    >
    <label
      >${strings.cores}
      <select @change=${chooseCores}>
        ${CORES.map((each) => html`<option value=${each} .selected=${each === settings.cores}>${coresWord(each)}</option>`)}
      </select></label
    >
  </p>`;
}
