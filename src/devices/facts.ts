/** What a browser tells of itself and of the page around it, as far as training depends on it. */

export type Browser = 'chromium' | 'firefox' | 'safari' | 'other';
export type System = 'windows' | 'mac' | 'linux' | 'chromeos' | 'android' | 'ios' | 'other';

export interface Facts {
  browser: Browser;
  /** its number, 0 where it does not say */
  version: number;
  system: System;
  /** a telephone or tablet */
  mobile: boolean;
  /** the page came over https, or from this computer */
  secure: boolean;
  /** WebGPU is there, whatever it finds */
  webgpu: boolean;
  /** false where the page around a frame keeps WebGPU from it */
  allowed: boolean;
  /** GB of memory, as coarsely as browsers tell it; none where they do not */
  memory?: number;
}

/** The parts of a window, or of a worker's scope, that tell. */
export interface Scope {
  isSecureContext: boolean;
  navigator: {
    userAgent: string;
    maxTouchPoints?: number;
    deviceMemory?: number;
    gpu?: unknown;
    userAgentData?: {
      platform?: string;
      mobile?: boolean;
      brands?: readonly { brand: string; version: string }[];
    };
  };
  /** none in a worker */
  document?: object;
}

interface Policy {
  features(): readonly string[];
  allowsFeature(feature: string): boolean;
}

/** What the memory depends on. */
export type Room = Pick<Facts, 'system' | 'mobile' | 'memory'>;

export function roomOf({ navigator }: Scope): Room {
  const { userAgent, maxTouchPoints = 0, deviceMemory, userAgentData } = navigator;
  const system = systemOf(userAgentData?.platform ?? '', userAgent, maxTouchPoints);
  return {
    system,
    mobile: system === 'ios' || system === 'android' || userAgentData?.mobile === true,
    ...(deviceMemory !== undefined && { memory: deviceMemory }),
  };
}

export function factsOf(scope: Scope): Facts {
  const { isSecureContext, navigator, document } = scope;
  const { userAgent, userAgentData } = navigator;
  const brand = userAgentData?.brands?.find(({ brand }) => brand === 'Chromium');
  const room = roomOf(scope);
  const { system } = room;
  const browser = brand ? 'chromium' : browserOf(userAgent, system);
  const policies: { permissionsPolicy?: Policy; featurePolicy?: Policy } = document ?? {};
  const policy = policies.permissionsPolicy ?? policies.featurePolicy;
  return {
    browser,
    version: Number(brand?.version ?? VERSIONS[browser]?.exec(userAgent)?.[1] ?? 0),
    ...room,
    secure: isSecureContext,
    webgpu: navigator.gpu !== undefined && navigator.gpu !== null,
    allowed: !policy?.features().includes('webgpu') || policy.allowsFeature('webgpu'),
  };
}

const VERSIONS: Partial<Record<Browser, RegExp>> = {
  chromium: /Chrom(?:e|ium)\/(\d+)/,
  firefox: /Firefox\/(\d+)/,
  safari: /Version\/(\d+)/,
};

/** All browsers on iOS are Safari inside. */
function browserOf(userAgent: string, system: System): Browser {
  if (system === 'ios') return 'safari';
  if (userAgent.includes('Firefox/')) return 'firefox';
  if (/Chrom(e|ium)\//.test(userAgent)) return 'chromium';
  return userAgent.includes('Safari/') ? 'safari' : 'other';
}

function systemOf(platform: string, userAgent: string, touchPoints: number): System {
  const told = `${platform} ${userAgent}`;
  if (/iPhone|iPad|iPod/.test(told)) return 'ios';
  // An iPad says that it is a Mac, but no Mac can be touched.
  if (/Macintosh|macOS/.test(told)) return touchPoints > 1 ? 'ios' : 'mac';
  if (told.includes('Android')) return 'android';
  if (/CrOS|Chrome ?OS/.test(told)) return 'chromeos';
  if (told.includes('Windows')) return 'windows';
  return /Linux|X11/.test(told) ? 'linux' : 'other';
}

/**
 * Bytes that the lab may hold at once; none where the graphics' own limits are enough. iOS ends a tab near 1.5 GB,
 * without a word; of other telephones a quarter of the memory that they tell, and no more than that.
 */
export function mostBytes({ system, mobile, memory }: Room): number | undefined {
  if (system === 'ios') return 2 ** 30;
  if (!mobile) return undefined;
  return Math.min(2 ** 30, ((memory ?? 4) / 4) * 2 ** 30);
}
