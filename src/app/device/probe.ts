/** What the page would train on, as far as the browser says: the engine is loaded only when something is trained. */
import { order } from '../../devices/choice.ts';
import { caseOf, type Case, type Tried } from '../../devices/cases.ts';
import { factsOf } from '../../devices/facts.ts';
import { adaptersOf, nameOfAdapter, offered } from '../../devices/offers.ts';
import { wantedHere } from './wanted.ts';
import { loadSettings } from '../frame/settings.ts';

export interface Probe {
  /** the GPU's name, where the browser gives it */
  name: string;
  /** why the processor trains, where it does */
  software: boolean;
  reason?: Case | undefined;
}

export async function probe(): Promise<Probe> {
  const wanted = wantedHere(loadSettings());
  const tried: Tried[] = [];
  // Older browsers lack it, whatever the types say.
  const adapters = await adaptersOf((navigator as Partial<Navigator>).gpu, wanted, tried);
  const [[kind] = []] = order(adapters.map(offered), wanted);
  const graphics = adapters.find(({ featureLevel }) => featureLevel === kind);
  for (const adapter of adapters)
    tried.push({ ...offered(adapter), outcome: adapter === graphics ? 'chosen' : 'slower' });
  if (!graphics) tried.push({ kind: 'cpu', outcome: 'chosen' });
  const reason = caseOf(factsOf(window), tried, wanted);
  return { name: graphics ? nameOfAdapter(graphics) : '', software: reason !== undefined, reason };
}
