/** What the bars that start and stop runs have to say to their owner. */

/** Where a run stands, as the bar needs to know it. */
export type RunPhase =
  'closed' | 'opening' | 'ready' | 'running' | 'paused' | 'finished' | 'diverged' | 'failed';

export type Command = 'run' | 'pause' | 'restart' | 'step' | 'reset' | 'skip';

/** A button of the run bar was pressed. */
export class CommandEvent extends Event {
  static readonly type = 'lab-command';
  constructor(readonly command: Command) {
    super(CommandEvent.type, { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'lab-command': CommandEvent;
  }
}
