/** What this visit trains on: as the address says, else the settings, else what is best. */
import { type Wanted, wantedIn } from '../../devices/choice.ts';
import type { Settings } from '../frame/settings.ts';

export function wantedHere({ device }: Pick<Settings, 'device'>, search = location.search): Wanted {
  return wantedIn(new URLSearchParams(search).get('device')) ?? device;
}
