import { describe, expect, it } from 'vitest';
import { type Case, caseOf, CASES, type Tried } from '../../src/devices/cases.ts';
import { type Facts, factsOf, mostBytes, type Scope } from '../../src/devices/facts.ts';

/** What browsers say of themselves. */
const AGENTS = {
  windows:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36',
  old: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36',
  edge: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36 Edg/146.0.0.0',
  linux:
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  chromebook:
    'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36',
  android:
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Mobile Safari/537.36',
  firefox: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:142.0) Gecko/20100101 Firefox/142.0',
  oldFirefox: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0',
  firefoxAndroid: 'Mozilla/5.0 (Android 15; Mobile; rv:142.0) Gecko/142.0 Firefox/142.0',
  firefoxLinux: 'Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0',
  safari:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
  iphone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  chromeOnIphone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0.0.0 Mobile/15E148 Safari/604.1',
} as const;

interface Circumstances {
  secure?: boolean;
  gpu?: boolean;
  touch?: number;
  /** whether a policy lets the frame have WebGPU */
  allows?: boolean;
}

function scopeOf(
  userAgent: string,
  { secure = true, gpu = true, touch = 0, allows }: Circumstances = {},
): Scope {
  const policy = { features: () => ['camera', 'webgpu'], allowsFeature: () => allows };
  return {
    isSecureContext: secure,
    navigator: { userAgent, maxTouchPoints: touch, ...(gpu && { gpu: {} }) },
    ...(allows !== undefined && { document: { permissionsPolicy: policy } }),
  };
}

const chosen = (kind: Tried['kind'], software: boolean): Tried => ({ kind, outcome: 'chosen', software });
const cpu = chosen('cpu', true);
const none: Tried[] = [{ kind: 'core', outcome: 'none' }, { kind: 'compatibility', outcome: 'none' }, cpu];
const after = (outcome: Tried['outcome'], more: Partial<Tried> = {}): Tried[] => [
  { kind: 'core', outcome, ...more },
  cpu,
];

describe('why no graphics train', () => {
  it.each<[keyof typeof AGENTS, Circumstances, Tried[], Case | undefined]>([
    ['windows', {}, [chosen('core', false)], undefined],
    ['windows', {}, [{ kind: 'core', outcome: 'none' }, chosen('compatibility', false)], undefined],
    ['windows', { secure: false, gpu: false }, none, 'insecure'],
    ['iphone', { secure: false, gpu: false }, none, 'insecure'],
    ['windows', { allows: false }, none, 'policy'],
    ['windows', { allows: true }, none, 'no-adapter'],
    ['linux', {}, none, 'linux'],
    ['linux', { gpu: false }, none, 'linux'],
    ['linux', {}, after('slower', { software: true }), 'software'],
    ['windows', {}, after('slower', { software: true }), 'software'],
    ['windows', {}, [chosen('core', true)], 'software'],
    ['firefoxAndroid', { gpu: false }, none, 'firefox-android'],
    ['firefoxAndroid', {}, none, 'firefox-android'],
    ['firefoxLinux', { gpu: false }, none, 'firefox-linux'],
    ['iphone', { gpu: false }, none, 'ios'],
    ['chromeOnIphone', { gpu: false }, none, 'ios'],
    ['safari', { gpu: false, touch: 5 }, none, 'ios'], // an iPad
    ['safari', { gpu: false }, none, 'safari'],
    ['iphone', {}, none, 'no-adapter'],
    ['old', { gpu: false }, none, 'outdated'],
    ['oldFirefox', { gpu: false }, none, 'outdated'],
    ['edge', { gpu: false }, none, 'no-webgpu'],
    ['chromebook', {}, none, 'no-adapter'],
    ['android', {}, none, 'no-adapter'],
    ['firefox', {}, none, 'no-adapter'],
    ['windows', {}, after('weak'), 'weak'],
    ['windows', {}, after('refused'), 'refused'],
    ['linux', {}, after('refused'), 'refused'],
    ['windows', {}, after('lost'), 'lost'],
  ])('%s %j %j: %s', (agent, circumstances, tried, expected) => {
    expect(caseOf(factsOf(scopeOf(AGENTS[agent], circumstances)), tried)).toBe(expected);
  });

  it('is the wish where the processor was asked for, and only there', () => {
    const facts = factsOf(scopeOf(AGENTS.windows));
    expect(caseOf(facts, [cpu], 'cpu')).toBe('wanted');
    expect(caseOf(facts, none, 'gpu')).toBe('no-adapter');
    expect(caseOf(facts, [chosen('core', false)], 'cpu')).toBeUndefined();
  });

  it('is known before anything was tried, and there is no case that cannot be', () => {
    expect(caseOf(factsOf(scopeOf(AGENTS.windows, { secure: false })), [])).toBe('insecure');
    expect(new Set(CASES).size).toBe(CASES.length);
  });
});

describe('what a browser tells', () => {
  it.each<[keyof typeof AGENTS, Partial<Facts>]>([
    ['windows', { browser: 'chromium', version: 146, system: 'windows', mobile: false }],
    ['edge', { browser: 'chromium', version: 146, system: 'windows' }],
    ['linux', { browser: 'chromium', version: 140, system: 'linux' }],
    ['chromebook', { browser: 'chromium', system: 'chromeos', mobile: false }],
    ['android', { browser: 'chromium', system: 'android', mobile: true }],
    ['firefox', { browser: 'firefox', version: 142, system: 'windows' }],
    ['firefoxAndroid', { browser: 'firefox', system: 'android', mobile: true }],
    ['safari', { browser: 'safari', version: 18, system: 'mac', mobile: false }],
    ['chromeOnIphone', { browser: 'safari', system: 'ios', mobile: true }],
  ])('%s', (agent, expected) => {
    expect(factsOf(scopeOf(AGENTS[agent]))).toMatchObject(expected);
  });

  it('is taken from the data that browsers give instead of their agent, where they do', () => {
    const scope = scopeOf('Mozilla/5.0');
    const brands = [
      { brand: 'Not A;Brand', version: '8' },
      { brand: 'Chromium', version: '146' },
    ];
    const navigator = {
      ...scope.navigator,
      deviceMemory: 4,
      userAgentData: { platform: 'Android', mobile: true, brands },
    };
    expect(factsOf({ ...scope, navigator })).toMatchObject({
      browser: 'chromium',
      version: 146,
      system: 'android',
      mobile: true,
      memory: 4,
    });
  });
});

it.each<[Pick<Facts, 'system' | 'mobile' | 'memory'>, number | undefined]>([
  [{ system: 'ios', mobile: true }, 2 ** 30],
  [{ system: 'android', mobile: true, memory: 8 }, 2 ** 30],
  [{ system: 'android', mobile: true, memory: 2 }, 2 ** 29],
  [{ system: 'android', mobile: true }, 2 ** 30],
  [{ system: 'windows', mobile: false, memory: 8 }, undefined],
  [{ system: 'chromeos', mobile: false }, undefined],
])('%j may hold %s bytes', (facts, bytes) => {
  expect(mostBytes(facts)).toBe(bytes);
});
