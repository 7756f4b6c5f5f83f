/** What a figure says while its answer waits. */
import type { Language } from '../languages.ts';

interface Words {
  how: string;
  type: string;
  further: string;
  ready: string;
  yourNumber: string;
  done: string;
  clear: string;
  showMe: string;
}

const en: Words = {
  how: 'Draw it on the chart: with the pointer, or with the arrow keys.',
  type: 'It lies on no axis: type it.',
  further: 'Go on: at least over half of the field.',
  ready: 'Nothing is trained yet, and nothing was shown.',
  yourNumber: 'Your number',
  done: 'That is my prediction',
  clear: 'Draw anew',
  showMe: 'Show me',
};

const zh: Words = {
  how: '画在图上：用指针，或用方向键。',
  type: '它不在坐标轴上：直接填写。',
  further: '接着画：至少画满一半。',
  ready: '还什么都没有训练，也什么都没有展示。',
  yourNumber: '你的数',
  done: '这就是我的预测',
  clear: '重新画',
  showMe: '直接看结果',
};

const WORDS: Record<Language, Words> = { en, zh };

export const waitingWords = (language: Language): Words => WORDS[language];
