/** How the learner looks at the results: metric, axis, power … Nothing is trained again for it. */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { measured, type SegmentEvent } from '../../components/index.ts';
import type { Findings, ViewInput, Views, ViewValues } from '../../lessons/lesson.ts';
import { unusual, viewValues } from '../../lessons/views.ts';
import { say } from '../../figures/series.ts';

type NumberInput = ViewInput & { kind: 'number' };

export class ViewChoice {
  private chosen: ViewValues = {};
  /** findings after the chosen values were applied */
  private seen = new WeakMap<Findings, Findings>();

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly views: () => Views | undefined,
  ) {}

  /** The values that differ from the usual ones, for links. */
  get changes(): ViewValues {
    const views = this.views();
    return views ? unusual(views, viewValues(views, this.chosen)) : {};
  }

  /** @param values may come from a link: what does not fit has no effect */
  set(values: Readonly<Record<string, unknown>>): void {
    this.chosen = { ...this.chosen, ...(values as ViewValues) };
    this.seen = new WeakMap();
    this.host.requestUpdate();
  }

  /** Switches to the view in which a moment of the text can be seen. */
  reveal(mark: string): void {
    const values = this.views()?.marks?.[mark];
    if (values) this.set(values);
  }

  look(findings: Findings): Findings {
    const views = this.views();
    if (!views) return findings;
    let seen = this.seen.get(findings);
    if (!seen) this.seen.set(findings, (seen = views.look(findings, viewValues(views, this.chosen))));
    return seen;
  }

  render(): TemplateResult | typeof nothing {
    const views = this.views();
    if (!views) return nothing;
    const values = viewValues(views, this.chosen);
    return html`<div class="views">
      ${views.inputs.map((input) => {
        const value = values[input.name]!;
        if (input.kind === 'number') return this.renderNumber(input, value as number);
        return html`<lab-segments
          .label=${say(input.label)}
          .options=${input.options.map((option) => [option.value, say(option.label)] as const)}
          .value=${String(value)}
          @lab-segment=${({ value }: SegmentEvent) => this.set({ [input.name]: value })}
        ></lab-segments>`;
      })}
    </div>`;
  }

  private renderNumber(input: NumberInput, value: number): TemplateResult {
    const { name, label, min, max, step, slider, unit } = input;
    const take = (event: Event): void => {
      const { valueAsNumber } = event.target as HTMLInputElement;
      if (Number.isFinite(valueAsNumber)) this.set({ [name]: valueAsNumber });
    };
    return html`<label
      ><span>${say(label)}</span>
      ${
        slider
          ? html`<input
                type="range"
                min=${min}
                max=${max}
                step=${step}
                .valueAsNumber=${value}
                @input=${take}
              /><output>${measured(value, 3)}</output>`
          : html`<input
              type="number"
              inputmode="decimal"
              min=${min}
              max=${max}
              step=${step}
              .valueAsNumber=${value}
              @change=${take}
            />`
      }
      ${unit ? html`<span>${say(unit)}</span>` : nothing}
    </label>`;
  }
}
