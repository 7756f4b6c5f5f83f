/** The settings of the sandbox, and what the engine finds wrong with them. */
import type { ReactiveControllerHost } from 'lit';
import type { FormValue } from '../../components/index.ts';
import type { Checked, DeviceReport, FormDescription, Lab, RunSpec } from '../../worker/protocol.ts';
import { sayProblem, type Words } from '../../figures/say-problem.ts';
import type { SharedLink } from '../sharing/sharing.ts';
import { type Draft, FIRST, firstOn, set, toSpec } from './draft.ts';
import { loadDraft, saveDraft } from './draft-store.ts';
import { Questions } from './questions.ts';
import type { Mode } from './settings-panel.ts';
import { EMPTY_SWEEP, type SweepDraft } from './sweep-draft.ts';

const CHECK_AFTER_MS = 150;

export class SandboxSettings {
  form: FormDescription | undefined;
  device: DeviceReport | undefined;
  draft: Draft = FIRST;
  mode: Mode = 'run';
  sweep: SweepDraft = EMPTY_SWEEP;
  textNote = '';
  /** the engine's answer about the draft, or about an earlier one */
  checked: (Checked & { draft: Draft }) | undefined;

  readonly questions: Questions;
  private checking: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly lab: () => Lab,
  ) {
    host.addController(this);
    this.questions = new Questions(host);
  }

  hostDisconnected(): void {
    clearTimeout(this.checking);
  }

  /** @param link may have set the first settings */
  async load(link: Pick<SharedLink, 'ready' | 'shared'>): Promise<void> {
    const form = await this.lab().describe();
    await link.ready;
    const stored = link.shared ? undefined : loadDraft();
    if (stored) this.put(stored);
    this.put({ form });
    const device = await this.lab()
      .device()
      .catch(() => undefined);
    this.put({ device });
    // The device decides about the first settings only if no link, earlier visit or quick visitor has.
    if (this.draft === FIRST) this.put({ draft: firstOn(device) });
    await this.questions.ask(() => this.check());
  }

  put(
    values: Partial<
      Pick<SandboxSettings, 'form' | 'device' | 'draft' | 'mode' | 'sweep' | 'textNote' | 'checked'>
    >,
  ): void {
    Object.assign(this, values);
    this.host.requestUpdate();
  }

  begin(changes: Draft): void {
    this.put({ mode: 'run' });
    this.change({ ...changes });
  }

  change(draft: Draft): void {
    this.put({ draft });
    this.store();
    clearTimeout(this.checking);
    this.checking = setTimeout(() => void this.questions.ask(() => this.check()), CHECK_AFTER_MS);
  }

  set(path: string, value: FormValue | undefined): void {
    this.change(set(this.draft, path, value, this.form!));
  }

  setMode(mode: Mode): void {
    this.put({ mode });
    this.store();
  }

  setSweep(sweep: SweepDraft, base: Draft | undefined): void {
    this.put({ sweep });
    if (base) this.change(base);
    this.store();
  }

  get valid(): { draft: Draft; spec: RunSpec; parameters: number; flops: number } | undefined {
    return this.checked && 'spec' in this.checked ? this.checked : undefined;
  }

  /** The engine's answer is about the draft as it is. */
  get isChecked(): boolean {
    return this.checked?.draft === this.draft;
  }

  /** How much of the text is too rare for the vocabulary, once the settings on the page have been checked. */
  get rare(): { share: number; vocabulary: number } | undefined {
    const { checked } = this;
    if (!checked || !('spec' in checked) || !this.isChecked || !checked.rareShare) return undefined;
    const { vocabulary } = checked.spec.task as { vocabulary?: number };
    return { share: checked.rareShare, vocabulary: vocabulary ?? 0 };
  }

  get errors(): Readonly<Record<string, Words>> {
    if (!this.checked || !('problems' in this.checked)) return {};
    return Object.fromEntries(this.checked.problems.map((problem) => [problem.path, sayProblem(problem)]));
  }

  private async check(): Promise<void> {
    const { draft } = this;
    const checked = await this.lab().check(toSpec(draft));
    if (draft === this.draft) this.put({ checked: { ...checked, draft } });
  }

  private store(): void {
    saveDraft({ draft: this.draft, mode: this.mode, sweep: this.sweep });
  }
}
