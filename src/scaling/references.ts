/**
 * Famous numbers to hold one's own against, each with its source, its date and how far to trust it. Estimates of what companies
 * do not publish age fast and are disputed: a page that shows one shows its note too.
 */

export interface Reference {
  id: string;
  /** Model, service or device. */
  subject: string;
  quantity:
    | 'training money'
    | 'training compute'
    | 'parameters'
    | 'training tokens'
    | 'device hours'
    | 'devices'
    | 'utilisation'
    | 'energy per day'
    | 'energy per request'
    | 'requests per day'
    | 'servers'
    | 'power'
    | 'peak rate'
    | 'growth per year'
    | 'share of energy in the cost'
    | 'water per energy';
  value: number;
  unit:
    | 'USD'
    | 'FLOP'
    | 'FLOP/s'
    | 'parameters'
    | 'tokens'
    | 'hours'
    | 'devices'
    | 'kWh'
    | 'Wh'
    | 'W'
    | 'requests'
    | 'l/kWh'
    | '1';
  /** Range in which the source, or a rival one, puts it. */
  low?: number;
  high?: number;
  /** `reported` by the maker, `estimated` by others, `disputed` where sources contradict each other. */
  trust: 'reported' | 'estimated' | 'disputed';
  source: string;
  /** Of the statement, year and month. */
  date: string;
  note?: string;
}

const AI_INDEX = 'AI Index Report 2024 (Stanford HAI), chapter 1, estimates by Epoch AI';
const COTTIER = 'Cottier et al. 2405.21015';
const EPOCH = 'Epoch AI, notable models';
const LLAMA = 'Llama Team 2407.21783';
const LLAMA_CARD = 'Llama 3.1 model card';
const LI = 'Li et al. 2304.03271, table 1, US average';
const DE_VRIES = 'de Vries, Joule 7(10), 2023, doi 10.1016/j.joule.2023.09.004';

export const REFERENCES = [
  {
    id: 'gpt-4-money',
    subject: 'GPT-4',
    quantity: 'training money',
    value: 78.4e6,
    unit: 'USD',
    low: 40e6,
    high: 100e6,
    trust: 'estimated',
    source: AI_INDEX,
    date: '2024-04',
    note: 'Compute of the final run at cloud-rental prices. Amortised hardware and energy come to about half; its maker spoke of more than 100 million.',
  },
  {
    id: 'gemini-ultra-money',
    subject: 'Gemini Ultra',
    quantity: 'training money',
    value: 191.4e6,
    unit: 'USD',
    low: 30e6,
    high: 191.4e6,
    trust: 'estimated',
    source: AI_INDEX,
    date: '2024-04',
    note: 'At cloud-rental prices; the owner of the chips pays far less, about 30 million when amortised.',
  },
  {
    id: 'palm-money',
    subject: 'PaLM (540B)',
    quantity: 'training money',
    value: 12.4e6,
    unit: 'USD',
    trust: 'estimated',
    source: AI_INDEX,
    date: '2024-04',
    note: 'At cloud-rental prices.',
  },
  {
    id: 'transformer-money',
    subject: 'Transformer (2017)',
    quantity: 'training money',
    value: 930,
    unit: 'USD',
    trust: 'estimated',
    source: AI_INDEX,
    date: '2024-04',
    note: 'At cloud-rental prices.',
  },
  {
    id: 'training-cost-growth',
    subject: 'Frontier models since 2016',
    quantity: 'growth per year',
    value: 2.4,
    unit: '1',
    low: 2.0,
    high: 2.9,
    trust: 'estimated',
    source: COTTIER,
    date: '2024-05',
    note: 'Amortised hardware and energy; the range is a 90% interval.',
  },
  {
    id: 'energy-share',
    subject: 'Frontier models',
    quantity: 'share of energy in the cost',
    value: 0.04,
    unit: '1',
    low: 0.02,
    high: 0.06,
    trust: 'estimated',
    source: COTTIER,
    date: '2024-05',
    note: 'The middle of the range that is given.',
  },
  {
    id: 'gpt-4-compute',
    subject: 'GPT-4',
    quantity: 'training compute',
    value: 2.1e25,
    unit: 'FLOP',
    low: 0.4e25,
    high: 10e25,
    trust: 'estimated',
    source: EPOCH,
    date: '2024-04',
    note: 'From leaks; models whose makers publish nothing are taken to be right within a factor of 5.',
  },
  {
    id: 'gemini-ultra-compute',
    subject: 'Gemini Ultra',
    quantity: 'training compute',
    value: 5.0e25,
    unit: 'FLOP',
    low: 1e25,
    high: 25e25,
    trust: 'estimated',
    source: EPOCH,
    date: '2024-04',
    note: 'From benchmark results and guesses at the hardware; within a factor of 5.',
  },
  {
    id: 'palm-compute',
    subject: 'PaLM (540B)',
    quantity: 'training compute',
    value: 2.53e24,
    unit: 'FLOP',
    trust: 'reported',
    source: 'Chowdhery et al. 2204.02311: 6 · 540e9 · 780e9',
    date: '2022-04',
  },
  {
    id: 'gpt-3-compute',
    subject: 'GPT-3 (175B)',
    quantity: 'training compute',
    value: 3.14e23,
    unit: 'FLOP',
    trust: 'reported',
    source: 'Brown et al. 2005.14165, appendix D',
    date: '2020-05',
  },
  {
    id: 'chinchilla-compute',
    subject: 'Chinchilla (70B)',
    quantity: 'training compute',
    value: 5.76e23,
    unit: 'FLOP',
    trust: 'reported',
    source: 'Hoffmann et al. 2203.15556: the budget of Gopher',
    date: '2022-03',
  },
  {
    id: 'transformer-compute',
    subject: 'Transformer (2017)',
    quantity: 'training compute',
    value: 2.3e19,
    unit: 'FLOP',
    low: 7.4e18,
    high: 2.3e19,
    trust: 'reported',
    source: 'Vaswani et al. 1706.03762, table 2 (big)',
    date: '2017-06',
    note: 'From the peak rate of the GPUs; Epoch AI counts 7.4e18.',
  },
  {
    id: 'llama-405b-parameters',
    subject: 'Llama 3.1 405B',
    quantity: 'parameters',
    value: 405e9,
    unit: 'parameters',
    trust: 'reported',
    source: LLAMA,
    date: '2024-07',
  },
  {
    id: 'llama-405b-tokens',
    subject: 'Llama 3.1 405B',
    quantity: 'training tokens',
    value: 15.6e12,
    unit: 'tokens',
    trust: 'reported',
    source: LLAMA,
    date: '2024-07',
  },
  {
    id: 'llama-405b-compute',
    subject: 'Llama 3.1 405B',
    quantity: 'training compute',
    value: 3.8e25,
    unit: 'FLOP',
    trust: 'reported',
    source: LLAMA,
    date: '2024-07',
    note: '6ND gives 3.79e25.',
  },
  {
    id: 'llama-405b-devices',
    subject: 'Llama 3.1 405B',
    quantity: 'devices',
    value: 16384,
    unit: 'devices',
    trust: 'reported',
    source: LLAMA,
    date: '2024-07',
    note: 'H100 GPUs at most; fewer in the early part of the run.',
  },
  {
    id: 'llama-405b-utilisation',
    subject: 'Llama 3.1 405B',
    quantity: 'utilisation',
    value: 0.4,
    unit: '1',
    low: 0.38,
    high: 0.43,
    trust: 'reported',
    source: LLAMA,
    date: '2024-07',
    note: 'Share of the peak rate in bfloat16.',
  },
  {
    id: 'llama-405b-hours',
    subject: 'Llama 3.1 405B',
    quantity: 'device hours',
    value: 30.84e6,
    unit: 'hours',
    trust: 'reported',
    source: LLAMA_CARD,
    date: '2024-07',
    note: 'More than 6ND at 40% would take (26.6 million): restarts and later stages count too.',
  },
  {
    id: 'gpt-4-utilisation',
    subject: 'GPT-4',
    quantity: 'utilisation',
    value: 0.34,
    unit: '1',
    trust: 'estimated',
    source: EPOCH,
    date: '2024-04',
    note: 'From leaks, as the hardware is: A100.',
  },
  {
    id: 'a100-peak',
    subject: 'A100 SXM',
    quantity: 'peak rate',
    value: 312e12,
    unit: 'FLOP/s',
    trust: 'reported',
    source: 'NVIDIA A100 data sheet, bfloat16, dense',
    date: '2020-05',
  },
  {
    id: 'a100-power',
    subject: 'A100 SXM',
    quantity: 'power',
    value: 400,
    unit: 'W',
    trust: 'reported',
    source: 'NVIDIA A100 data sheet',
    date: '2020-05',
    note: 'Peak of the GPU alone, without its server and cooling.',
  },
  {
    id: 'water-on-site',
    subject: 'data centres in the US',
    quantity: 'water per energy',
    value: 0.55,
    unit: 'l/kWh',
    trust: 'estimated',
    source: LI,
    date: '2023-04',
    note: 'Evaporated for cooling; from near 0 to several litres, by place, season and cooling.',
  },
  {
    id: 'water-of-electricity',
    subject: 'electricity in the US',
    quantity: 'water per energy',
    value: 3.142,
    unit: 'l/kWh',
    trust: 'estimated',
    source: LI,
    date: '2023-04',
    note: 'Evaporated where the electricity is made; hydropower counts most.',
  },
  {
    id: 'h100-peak',
    subject: 'H100 SXM',
    quantity: 'peak rate',
    value: 989e12,
    unit: 'FLOP/s',
    trust: 'reported',
    source: 'NVIDIA H100 data sheet, bfloat16, dense',
    date: '2022-03',
  },
  {
    id: 'h100-power',
    subject: 'H100 SXM',
    quantity: 'power',
    value: 700,
    unit: 'W',
    trust: 'reported',
    source: LLAMA_CARD,
    date: '2024-07',
    note: 'Peak of the GPU alone, without its server and cooling.',
  },
  {
    id: 'desktop-power',
    subject: 'Desktop GPU',
    quantity: 'power',
    value: 250,
    unit: 'W',
    low: 120,
    high: 450,
    trust: 'estimated',
    source: 'typical board power of consumer cards',
    date: '2024-07',
    note: 'Set your own.',
  },
  {
    id: 'laptop-power',
    subject: 'Laptop GPU',
    quantity: 'power',
    value: 30,
    unit: 'W',
    low: 10,
    high: 115,
    trust: 'estimated',
    source: 'typical of integrated to gaming laptops',
    date: '2024-07',
    note: 'Set your own.',
  },
  {
    id: 'chatgpt-energy-press',
    subject: 'ChatGPT',
    quantity: 'energy per day',
    value: 500e3,
    unit: 'kWh',
    trust: 'disputed',
    source: 'The New Yorker, 9 March 2024, after de Vries',
    date: '2024-03',
    note: '“More than half a million”, 17,000 times a household at 29 kWh a day. An early-2023 guess at the number of servers, all at full power.',
  },
  {
    id: 'chatgpt-energy',
    subject: 'ChatGPT',
    quantity: 'energy per day',
    value: 564e3,
    unit: 'kWh',
    trust: 'disputed',
    source: DE_VRIES,
    date: '2023-10',
    note: '3,617 servers · 6.5 kW · 24 h; the number of servers is an analyst’s estimate of February 2023.',
  },
  {
    id: 'chatgpt-servers',
    subject: 'ChatGPT',
    quantity: 'servers',
    value: 3617,
    unit: 'devices',
    trust: 'disputed',
    source: `${DE_VRIES}, after SemiAnalysis`,
    date: '2023-02',
    note: 'Servers of 8 A100 GPUs at 6.5 kW each.',
  },
  {
    id: 'chatgpt-requests',
    subject: 'ChatGPT',
    quantity: 'requests per day',
    value: 195e6,
    unit: 'requests',
    trust: 'disputed',
    source: `${DE_VRIES}, after SemiAnalysis`,
    date: '2023-02',
    note: '13 million users a day with 15 requests each.',
  },
  {
    id: 'chatgpt-request-2023',
    subject: 'ChatGPT',
    quantity: 'energy per request',
    value: 2.9,
    unit: 'Wh',
    trust: 'disputed',
    source: DE_VRIES,
    date: '2023-10',
  },
  {
    id: 'chatgpt-request-2025',
    subject: 'ChatGPT',
    quantity: 'energy per request',
    value: 0.34,
    unit: 'Wh',
    trust: 'disputed',
    source: 'S. Altman, “The Gentle Singularity”, 10 June 2025',
    date: '2025-06',
    note: 'Stated without a method; other models, other hardware and another year than the 2.9 Wh.',
  },
  {
    id: 'us-household',
    subject: 'US household',
    quantity: 'energy per day',
    value: 29,
    unit: 'kWh',
    trust: 'reported',
    source: 'US Energy Information Administration, average residential customer in 2022 (10,791 kWh a year)',
    date: '2023-10',
  },
] as const satisfies readonly Reference[];

export type ReferenceId = (typeof REFERENCES)[number]['id'];

export function reference(id: ReferenceId): Reference {
  return REFERENCES.find((row) => row.id === id)!;
}
