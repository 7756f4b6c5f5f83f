/** A fitted law in words and numbers, or why there is none. */
import { html, nothing, type TemplateResult } from 'lit';
import { measured } from '../../components/index.ts';
import type { FittedLaw } from '../../worker/protocol.ts';
import { strings } from './sweep-strings.ts';

const FORMULAS: Record<FittedLaw['law'], string> = {
  power: 'L = E + A · x^(−α)',
  parametric: 'L = E + A / N^α + B / D^β,  N_opt ∝ C^a',
  isoflop: 'N_opt = k · C^a,  D_opt ∝ C^b',
};
const SYMBOLS: Record<string, string> = { alpha: 'α', beta: 'β' };

export function renderFit(fit: FittedLaw | undefined): TemplateResult | typeof nothing {
  if (!fit) return nothing;
  if (fit.refusal !== undefined) {
    return html`<p class="notice" data-kind="slow" data-testid="fit">
      <b>${strings.refused}</b> <span lang="en">${fit.refusal}</span>
    </p>`;
  }
  return html`<div class="fit" data-testid="fit">
    <code>${FORMULAS[fit.law]}</code>
    <dl class="metrics">
      ${Object.entries(fit.parameters).map(
        ([name, { estimate, low, high }]) =>
          html`<div>
            <dt>${SYMBOLS[name] ?? name}</dt>
            <dd>${measured(estimate, 3)} <small>[${measured(low, 3)}, ${measured(high, 3)}]</small></dd>
          </div>`,
      )}
    </dl>
    ${fit.notes?.map((note) => html`<p class="caption" lang="en">${note}</p>`) ?? nothing}
  </div>`;
}
