/** The camera, read for QR codes: by the browser's own reader where it has one, else by a library that is loaded then. */
import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { Picture } from '../../class/scan.ts';

type Reader = (video: HTMLVideoElement) => Promise<string | undefined>;

/** Between two pictures, ms. */
const EVERY_MS = 250;

export class Scanner implements ReactiveController {
  private stream: MediaStream | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** a code stays before the camera for many pictures */
  private last = '';

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly found: (text: string) => void,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.stop();
  }

  get running(): boolean {
    return this.stream !== undefined;
  }

  /** @throws where there is no camera, or it is not allowed */
  async toggle(): Promise<void> {
    if (this.stream) {
      this.stop();
      return;
    }
    const [stream] = await Promise.all([
      navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 } } }),
      reader(),
    ]);
    this.stream = stream;
    this.host.requestUpdate();
  }

  render(): TemplateResult | typeof nothing {
    const { stream } = this;
    if (!stream) return nothing;
    return html`<video
      class="camera"
      autoplay
      muted
      playsinline
      ${ref((element) => {
        const video = element as HTMLVideoElement | undefined;
        if (!video || video.srcObject === stream) return;
        video.srcObject = stream;
        void this.look(video, stream);
      })}
    ></video>`;
  }

  private stop(): void {
    clearTimeout(this.timer);
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = undefined;
    this.last = '';
    this.host.requestUpdate();
  }

  private async look(video: HTMLVideoElement, stream: MediaStream): Promise<void> {
    if (stream !== this.stream) return;
    if (video.readyState >= video.HAVE_CURRENT_DATA) {
      const text = await (await reader())(video).catch(() => undefined);
      if (text && text !== this.last && stream === this.stream) {
        this.last = text;
        this.found(text);
      }
    }
    this.timer = setTimeout(() => void this.look(video, stream), EVERY_MS);
  }
}

let made: Promise<Reader> | undefined;
const reader = (): Promise<Reader> =>
  (made ??= makeReader().catch((error: unknown) => {
    made = undefined;
    throw error;
  }));

interface Detector {
  detect: (source: CanvasImageSource) => Promise<{ rawValue: string }[]>;
}
type DetectorClass = (new (options: { formats: string[] }) => Detector) & {
  getSupportedFormats: () => Promise<string[]>;
};

async function makeReader(): Promise<Reader> {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: DetectorClass };
  if (BarcodeDetector && (await BarcodeDetector.getSupportedFormats()).includes('qr_code')) {
    const detector = new BarcodeDetector({ formats: ['qr_code'] });
    return async (video) => (await detector.detect(video))[0]?.rawValue;
  }
  const { readQR } = await import('../../class/scan.ts');
  const canvas = document.createElement('canvas');
  return async (video) => Promise.resolve(readQR(pictureOf(video, canvas)));
}

/** The picture that a video, or an image, shows now. */
export function pictureOf(
  source: HTMLVideoElement | ImageBitmap,
  canvas = document.createElement('canvas'),
): Picture {
  const isVideo = source instanceof HTMLVideoElement;
  canvas.width = isVideo ? source.videoWidth : source.width;
  canvas.height = isVideo ? source.videoHeight : source.height;
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.drawImage(source, 0, 0);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
