/** Lit's `live` for fields that are typed into: what is typed stays until it is taken over. */
import { noChange } from 'lit';
import { Directive, directive, type DirectiveParameters, type PropertyPart } from 'lit/directive.js';
import { setCommittedValue } from 'lit/directive-helpers.js';

class Typed extends Directive {
  private field: HTMLInputElement | HTMLTextAreaElement | undefined;
  private isTyping = false;

  render(value: string): unknown {
    return value;
  }

  override update(part: PropertyPart, [value]: DirectiveParameters<this>): unknown {
    if (!this.field) {
      this.field = part.element as HTMLInputElement | HTMLTextAreaElement;
      this.field.addEventListener('input', () => (this.isTyping = true));
      // Before the template's own listener, whose answer may be another value.
      for (const end of ['change', 'blur']) {
        this.field.addEventListener(end, () => (this.isTyping = false), { capture: true });
      }
    }
    if (this.isTyping || this.field.value === value) return noChange;
    setCommittedValue(part);
    return value;
  }
}

/**
 * For `.value=${typed(text)}`: sets the field to `text` at every rendering, as `live` does, but not while something is being
 * typed there that no `change` event has told yet; a page that renders anew meanwhile would lose it.
 */
export const typed = directive(Typed);
