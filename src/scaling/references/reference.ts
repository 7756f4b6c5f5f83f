/** A famous number to hold one's own against. */
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
