/** What many seeds came to, in words: filled into a lesson's text when the page is built (src/lessons/trials.ts). */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { measured } from '../../src/components/format.ts';
import type { Size } from '../../src/findings/findings.ts';
import type { Language } from '../../src/languages.ts';
import { heldIn, type Trials } from '../../src/lessons/trials.ts';

export const trialsFile = (text: string): string => join(dirname(text), 'trials.json');

/** Of the lesson that a Markdown file belongs to. */
export function trialsBeside(text: string): Trials {
  const file = trialsFile(text);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Trials) : {};
}

/** As the device that needs no GPU calls itself. */
const PROCESSOR = 'CPU';

interface Words {
  size: Record<Size, string>;
  of: (holds: number, of: number) => string;
  range: (least: string, most: string) => string;
  and: string;
  processor: string;
  sentence: (what: string, command: string, device: string, date: string) => string;
  part: (held: string, size: string) => string;
}

const WORDS: Record<Language, Words> = {
  en: {
    size: { small: 'the small size', standard: 'the standard size', large: 'the large size' },
    of: (holds, of) => `${holds} of ${of}`,
    range: (least, most) => `${least} to ${most}`,
    and: ' and ',
    processor: 'the processor',
    part: (held, size) => `in ${held} at ${size}`,
    sentence: (what, command, device, date) =>
      `With other seeds, which share no network and no example, the verdict was “holds” ${what} (${command}, ${device}, ${date}).`,
  },
  zh: {
    size: { small: '小规模', standard: '标准规模', large: '大规模' },
    of: (holds, of) => `${of} 次中的 ${holds} 次`,
    range: (least, most) => `${least} 至 ${most}`,
    and: '，',
    processor: '处理器',
    part: (held, size) => `${size} ${held}`,
    sentence: (what, command, device, date) =>
      `换用彼此不共享网络和样本的其他种子，判定为“成立”的有：${what}（${command}，${device}，${date}）。`,
  },
};

/** What is said of a number's values, one for each seed. */
const AS = {
  range: (values: number[]): number[] => [...new Set([Math.min(...values), Math.max(...values)])],
  mean: (values: number[]): number[] => [values.reduce((sum, value) => sum + value, 0) / values.length],
};

/** @throws Error where there are no such trials, or not such a number of the verdict */
export function trialsSay(
  trials: Trials,
  language: Language,
  { size, number, digits, as }: Record<string, string>,
): string {
  const tried = Object.hasOwn(trials, size!) ? trials[size as Size] : undefined;
  if (!tried)
    throw new Error(
      `lab-trials size="${size}": nothing was tried at this size (lab verdicts --to src/lessons)`,
    );
  if (!Object.hasOwn(AS, as!))
    throw new Error(`lab-trials as="${as}" is none of ${Object.keys(AS).join(', ')}`);
  const values = tried.numbers[number!]?.filter((value) => value !== null) ?? [];
  if (values.length === 0) throw new Error(`lab-trials number="${number}" is no number of the verdict`);
  const [least, most] = AS[as as keyof typeof AS](values).map((value) => measured(value, Number(digits)));
  return most === undefined || least === most ? least! : WORDS[language].range(least!, most);
}

/** A sentence that says how often the claim held at each size that was tried; nothing where none was. */
export function trialsSentence(trials: Trials, language: Language, lesson: string): string {
  const words = WORDS[language];
  const sizes = (Object.keys(words.size) as Size[]).flatMap((size) => {
    const tried = trials[size];
    return tried ? [{ size, ...tried }] : [];
  });
  if (sizes.length === 0) return '';
  const parts = sizes.map((tried) =>
    words.part(words.of(heldIn(tried), tried.seeds.length), words.size[tried.size]),
  );
  const dates = sizes.map(({ date }) => date.slice(0, 10)).toSorted();
  const nameOf = (device: string): string => (device === PROCESSOR ? words.processor : device);
  const devices = [...new Set(sizes.map(({ device }) => nameOf(device)))].join(', ');
  const command = `<code>lab verdicts ${lesson}</code>`;
  return words.sentence(parts.join(words.and), command, devices, dates.at(-1)!);
}
