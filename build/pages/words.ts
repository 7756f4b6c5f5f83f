/** What the documents of the site say that stands in no lesson. */
import type { Language } from '../../src/languages.ts';

interface Words {
  site: string;
  home: { heading: string; description: string };
  claim: string;
  sources: string;
}

export const WORDS: Record<Language, Words> = {
  en: {
    site: 'Scaling Lab',
    home: {
      heading: 'Scaling Lab',
      description:
        'Train tiny neural networks in this page, on your own device, and test the big claims about large models yourself: emergence, scaling laws, Chinchilla, the bill.',
    },
    claim: 'The claim: ',
    sources: 'Sources:',
  },
  zh: {
    site: '规模定律实验室',
    home: {
      heading: '规模定律实验室',
      description:
        '在这个网页里，用你自己的设备训练很小的神经网络，亲手检验关于大模型的重要说法：涌现、规模定律、Chinchilla、账单。',
    },
    claim: '这种说法是：',
    sources: '出处：',
  },
};
