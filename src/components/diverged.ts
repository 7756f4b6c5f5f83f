/** Sentences about replicas that have diverged. */
import { MOST_NAMED, type Divergence } from '../replicas.ts';
import { whole } from './format.ts';
import { strings } from './strings.ts';

/** `1 of 3 replicas diverged (replica 2 at step 3); numbers are of the others`; empty where none has. */
export function describeDiverged(diverged: readonly Divergence[], replicas: number): string {
  if (diverged.length === 0) return '';
  if (replicas === 1) return strings.divergedAt(whole(diverged[0]!.step));
  const names = diverged
    .slice(0, MOST_NAMED)
    .map(({ replica, step }) => strings.replicaDiverged(whole(replica), whole(step)));
  if (diverged.length > MOST_NAMED) names.push('…');
  const tell = diverged.length < replicas ? strings.replicasDiverged : strings.allDiverged;
  return tell(whole(diverged.length), whole(replicas), names.join(', '));
}
