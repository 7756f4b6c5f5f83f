/** The run-time of a course by SCORM 1.2: found in the windows around, and spoken to without ever stopping a lesson. */

/** As the standard names it. */
interface Adapter {
  LMSInitialize(nothing: ''): string | boolean;
  LMSFinish(nothing: ''): string | boolean;
  LMSGetValue(element: string): string | number | null | undefined;
  LMSSetValue(element: string, value: string): string | boolean;
  LMSCommit(nothing: ''): string | boolean;
  LMSGetLastError(): string | number;
}

/** Frames around a lesson, at most: a course that goes deeper has lost its way. */
const DEPTH = 12;

const isTrue = (answer: unknown): boolean => String(answer) === 'true';

/** In the window, in those around it, in the one that opened it, and around that. */
export function findAdapter(from: Window): Adapter | undefined {
  const above = (start: Window | null): Adapter | undefined => {
    let here = start;
    for (let depth = 0; here && depth < DEPTH; depth++) {
      try {
        const { API } = here as { API?: Adapter };
        if (API) return API;
      } catch {
        // A window of another origin says nothing.
      }
      if (here.parent === here) return undefined;
      here = here.parent;
    }
    return undefined;
  };
  return above(from) ?? above(from.opener as Window | null);
}

export class Course {
  private readonly begun = performance.now();
  private isOver = false;

  private constructor(
    private readonly adapter: Adapter,
    /** nothing is written where the learner only looks */
    private readonly writes: boolean,
  ) {}

  /** Nothing where there is no course around the page, or it does not answer. */
  static begin(from: Window): Course | undefined {
    const adapter = findAdapter(from);
    if (!adapter) return undefined;
    try {
      if (!isTrue(adapter.LMSInitialize(''))) {
        console.warn(`The course did not begin (error ${adapter.LMSGetLastError()}).`);
        return undefined;
      }
      const mode = String(adapter.LMSGetValue('cmi.core.lesson_mode'));
      const course = new Course(adapter, mode !== 'browse' && mode !== 'review');
      // Whatever is left open is gone on with, and not begun anew.
      course.set('cmi.core.exit', 'suspend');
      return course;
    } catch (error) {
      console.warn(error);
      return undefined;
    }
  }

  get(element: string): string {
    try {
      return String(this.adapter.LMSGetValue(element) ?? '');
    } catch (error) {
      console.warn(error);
      return '';
    }
  }

  /** A course may do without what it does not know. */
  set(element: string, value: string | number): void {
    if (!this.writes || this.isOver) return;
    try {
      if (isTrue(this.adapter.LMSSetValue(element, String(value)))) return;
      console.warn(`The course refused ${element} (error ${this.adapter.LMSGetLastError()}).`);
    } catch (error) {
      console.warn(error);
    }
  }

  /** The next free place of a list such as `cmi.interactions`. */
  count(list: string): number {
    return Number(this.get(`${list}._count`)) || 0;
  }

  commit(): void {
    if (this.writes && !this.isOver) this.attempt(() => this.adapter.LMSCommit(''));
  }

  /** The learner leaves. */
  finish(): void {
    if (this.isOver) return;
    this.set('cmi.core.session_time', timeOf(performance.now() - this.begun));
    this.commit();
    this.isOver = true;
    this.attempt(() => this.adapter.LMSFinish(''));
  }

  private attempt(call: () => unknown): void {
    try {
      call();
    } catch (error) {
      console.warn(error);
    }
  }
}

/** As CMITimespan: `HHHH:MM:SS.SS`. */
export function timeOf(ms: number): string {
  const hundredths = Math.round(ms / 10);
  const two = (value: number): string => String(value).padStart(2, '0');
  const [seconds, minutes, hours] = [
    Math.floor(hundredths / 100) % 60,
    Math.floor(hundredths / 6000) % 60,
    Math.min(9999, Math.floor(hundredths / 360_000)),
  ];
  return `${String(hours).padStart(4, '0')}:${two(minutes)}:${two(seconds)}.${two(hundredths % 100)}`;
}
