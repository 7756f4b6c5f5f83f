/** What a figure says when its answer is replayed and compared. */
import type { ComparisonWords } from '../figures/comparison.ts';
import type { Language } from '../languages.ts';

interface Words extends ComparisonWords {
  showMe: string;
  change: string;
  replay: string;
  play: string;
  hold: string;
  moment: string;
  score: (points: number) => string;
}

const WORDS: Record<Language, Words> = {
  en: {
    against: (said, got) => `You predicted ${said}; your run gave ${got}.`,
    againstRecorded: (said, got) => `You predicted ${said}; the recorded run gave ${got}.`,
    more: (times) => `That is ${times} times as much.`,
    less: (times) => `You said ${times} times as much as it was.`,
    apart: (percent) => `Your curve lay ${percent}% of the chart’s height from it, on average.`,
    never: 'never',
    showMe: 'Show me',
    change: 'Change it',
    replay: 'Replay the recorded run',
    play: 'Play',
    hold: 'Hold',
    moment: 'Moment of the recorded run',
    score: (points) => `${points} of 100 points`,
  },
  zh: {
    against: (said, got) => `你的预测是 ${said}；你的训练结果是 ${got}。`,
    againstRecorded: (said, got) => `你的预测是 ${said}；预存的训练结果是 ${got}。`,
    more: (times) => `是你预测的 ${times} 倍。`,
    less: (times) => `你的预测是实际的 ${times} 倍。`,
    apart: (percent) => `你的曲线平均偏离图高的 ${percent}%。`,
    never: '永远不会',
    showMe: '直接看结果',
    change: '修改',
    replay: '重放预存的训练',
    play: '播放',
    hold: '停住',
    moment: '预存训练的时刻',
    score: (points) => `得 ${points} 分（满分 100）`,
  },
};

export const answeredWords = (language: Language): Words => WORDS[language];
