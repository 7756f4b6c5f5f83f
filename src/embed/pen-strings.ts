/** What a figure says while its answer is drawn, replayed and compared. */
import type { PenWords } from '../components/chart/prediction-pen.ts';
import type { Language } from '../languages.ts';

const PEN: Record<Language, PenWords> = {
  en: {
    pen: (hint) => `Your prediction: ${hint} Draw with the pointer, or with the arrow keys.`,
    predicted: (x, y) => `${y} at ${x}`,
    notDrawn: 'nothing drawn yet',
  },
  zh: {
    pen: (hint) => `你的预测：${hint}用指针或方向键来画。`,
    predicted: (x, y) => `${x} 处为 ${y}`,
    notDrawn: '还没有画',
  },
};

export const penWords = (language: Language): PenWords => PEN[language];
