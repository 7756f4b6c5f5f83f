/** What whoever leads a class does with it; its key stays in this browser, and out of the address, which a projector shows. */
import { codeIn, type Phase, PHASES, PLAN_KEYS } from '../../../../class/live.ts';
import type { Work } from '../../../../class/live.ts';
import type { Size } from '../../../../lessons/lesson.ts';
import { SITE_FOLDER } from '../../../../loading.ts';
import { readAddress } from '../../../sharing/address.ts';
import type { LiveController } from '../live-controller.ts';
import { lead } from '../session.ts';

const KEY = 'scaling-lab leads';

export class Leading {
  private key = '';

  constructor(private readonly live: LiveController) {}

  begin(): void {
    const given = keyInAddress();
    const kept = given ?? keyKept();
    if (!kept) return;
    if (given) {
      history.replaceState(history.state, '', '#/projector');
      try {
        localStorage.setItem(KEY, JSON.stringify(given));
      } catch {
        // Private windows may refuse: the printed link opens it again.
      }
    }
    this.key = kept.key;
    this.live.follow(lead(kept.code, kept.key));
  }

  end(): void {
    this.live.client?.close();
    this.live.follow(undefined);
  }

  /** By which another device leads, too. */
  get link(): string {
    const { code } = this.live.client!;
    return `${SITE_FOLDER}#/projector?code=${code}&key=${this.key}`;
  }

  /** Where the class looks together, everything is shown. */
  go(phase: Phase): void {
    this.set({ phase });
    if (phase === 'discuss') this.reveal();
  }

  next(): void {
    this.move(1);
  }

  back(): void {
    this.move(-1);
  }

  reveal(): void {
    this.set({ [PLAN_KEYS.revealed + this.live.client!.plan.lesson]: true });
  }

  hide(): void {
    this.set({ hidesNames: !this.live.client!.plan.hidesNames });
  }

  choose(lesson: string): void {
    this.set({ lesson, sweep: null, phase: 'lobby' });
  }

  /** How the work is shared. */
  share(work: Work): void {
    this.set({ work, ...(work === 'own-seed' && { sweep: null }) });
  }

  /** A sweep of the sandbox in the place of a lesson. @param sweep as JSON */
  sweep(sweep: string): void {
    this.set({ sweep, work: 'many-hands', phase: 'lobby' });
  }

  resize(size: Size): void {
    this.set({ size });
  }

  rename(member: string, name: string): void {
    this.set({ [PLAN_KEYS.name + member]: name || null });
  }

  remove(member: string): void {
    this.set({ [PLAN_KEYS.removed + member]: true });
  }

  over(): void {
    this.set({ ended: true });
  }

  private move(by: number): void {
    const { plan } = this.live.client!;
    // Of a sweep nothing is predicted.
    const phases = PHASES.filter((phase) => phase !== 'predict' || plan.sweep === undefined);
    const phase = phases[phases.indexOf(plan.phase) + by];
    if (phase) this.go(phase);
  }

  private set(values: Record<string, string | boolean | null>): void {
    this.live.client?.set(values);
  }
}

interface Kept {
  code: string;
  key: string;
}

function keyInAddress(): Kept | undefined {
  const { words } = readAddress(location.hash);
  return keptOf(words.get('code'), words.get('key'));
}

function keyKept(): Kept | undefined {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Partial<Kept> | null;
    return keptOf(stored?.code, stored?.key);
  } catch {
    return undefined;
  }
}

function keptOf(code: unknown, key: unknown): Kept | undefined {
  const found = typeof code === 'string' ? codeIn(code) : undefined;
  return found !== undefined && typeof key === 'string' && /^t\.[\w-]{32}$/.test(key)
    ? { code: found, key }
    : undefined;
}
