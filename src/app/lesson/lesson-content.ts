/** What is loaded for the page of a lesson: its text in the page's language, its experiment, and a recorded run. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { askAgain } from '../../loading.ts';
import type { Recording } from '../../findings/recording.ts';
import type { Lesson, Size } from '../../lessons/lesson.ts';
import type { Curriculum } from '../curriculum.ts';
import type { Prose } from '../prose.ts';
import { SpokenProse } from '../spoken-prose.ts';

export interface ContentOf {
  name: () => string;
  curriculum: () => Curriculum;
  /** the size whose recorded run is wanted, once it is settled */
  size: () => Size;
  settled: () => Promise<void>;
}

export class LessonContent implements ReactiveController {
  lesson: Lesson | undefined;
  recording: Recording | undefined;
  /** text and experiment were asked for, and have come as far as they exist */
  loaded = false;
  /** the recorded run could not be loaded */
  isRecordingMissing = false;

  /** of the recording that was asked for last */
  private size: Size | undefined;
  private readonly text: SpokenProse;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly of: ContentOf,
  ) {
    this.text = new SpokenProse(host, of.name, of.curriculum);
    host.addController(this);
  }

  get prose(): Prose | undefined {
    return this.text.prose;
  }

  async load(): Promise<Lesson | undefined> {
    const { name, curriculum } = this.of;
    await this.text.load();
    await this.of.settled();
    [this.lesson] = await Promise.all([curriculum().lesson(name()), this.loadRecording()]);
    this.loaded = true;
    this.host.requestUpdate();
    return this.lesson;
  }

  /** Another size has another recorded run. */
  hostUpdate(): void {
    if (this.loaded && this.of.size() !== this.size) void this.loadRecording();
  }

  /** Asks for the recorded run once more. */
  async loadAgain(): Promise<void> {
    await askAgain();
    await this.loadRecording();
  }

  /** A lesson works without its recording, too. */
  private async loadRecording(): Promise<void> {
    const size = (this.size = this.of.size());
    try {
      const recording = await this.of.curriculum().recording(this.of.name(), size);
      if (size === this.size) this.recording = recording;
      this.isRecordingMissing = false;
    } catch {
      this.isRecordingMissing = true;
    }
    this.host.requestUpdate();
  }
}
