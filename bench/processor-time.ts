/** How much of the processors a process has had. */
import { readFileSync } from 'node:fs';

/** Of all threads of a process so far, s; undefined where the system does not tell (it does on Linux). */
export function processorSeconds(pid: number): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    // utime and stime, in hundredths of a second
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return undefined;
  }
}
