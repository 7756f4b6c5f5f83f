/** Durations in words. */
import { msg, str } from '../msg.ts';
export const durations = {
  get underSecond(): string {
    return msg('under 1 s', { id: 'duration.under-second' });
  },
  seconds: (n: number): string => msg(str`${n} s`, { id: 'duration.seconds' }),
  minutes: (n: number): string => msg(str`${n} min`, { id: 'duration.minutes' }),
  minutesSeconds: (m: number, s: number): string =>
    msg(str`${m} min ${s} s`, { id: 'duration.minutes-seconds' }),
  hoursMinutes: (h: number, m: number): string => msg(str`${h} h ${m} min`, { id: 'duration.hours-minutes' }),
};
