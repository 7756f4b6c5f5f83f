/** One lab for all figures of a page: a worker that starts with the first, ends with the last, and serves one at a time. */
import type { Wanted } from '../devices/choice.ts';
import { createLab, type WorkerLife } from '../worker/client.ts';
import type { ExperimentLab } from '../worker/protocol.ts';

/** Who trains, or waits for it. */
export interface Trainee {
  /** It is this one's turn, until it calls `release`. */
  granted(): void;
}

class Hub {
  /** the host page's policy has refused the worker */
  forbidden = false;
  /** what figures train on, as the first of them says, for as long as the worker is there */
  wanted: Wanted = 'auto';

  private lab: (ExperimentLab & WorkerLife) | undefined;
  private readonly users = new Set<Trainee>();
  /** in the order of asking; the first one has its turn */
  private queue: Trainee[] = [];

  /** The lab, for as long as the figure has not left. @param wanted what to train on, if it is the first */
  async join(user: Trainee, wanted: Wanted): Promise<ExperimentLab & WorkerLife> {
    this.users.add(user);
    if (!this.lab) this.wanted = wanted;
    const { startEmbedWorker } = await import('../worker/embed-start.ts');
    this.lab ??= createLab(() => {
      document.addEventListener('securitypolicyviolation', this.onViolation);
      return startEmbedWorker(this.wanted);
    });
    return this.lab;
  }

  /** The figure has closed all that it had open. With the last one the worker goes, and its device. */
  leave(user: Trainee): void {
    this.release(user);
    this.users.delete(user);
    if (this.users.size) return;
    this.lab?.end();
    document.removeEventListener('securitypolicyviolation', this.onViolation);
    this.lab = undefined;
  }

  /** Calls `granted`, at once or when all who asked before are done. */
  request(trainee: Trainee): void {
    if (this.queue.includes(trainee)) return;
    this.queue.push(trainee);
    if (this.queue[0] === trainee) trainee.granted();
  }

  hasTurn(trainee: Trainee): boolean {
    return this.queue[0] === trainee;
  }

  release(trainee: Trainee): void {
    const had = this.hasTurn(trainee);
    this.queue = this.queue.filter((other) => other !== trainee);
    if (had) this.queue[0]?.granted();
  }

  private readonly onViolation = ({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent): void => {
    const isOurs = /^(worker|child|script|default)-src/.test(effectiveDirective)
      ? /^(blob|data)/.test(blockedURI)
      : effectiveDirective.includes('trusted-types');
    if (isOurs) this.forbidden = true;
  };
}

export const hub = new Hub();
