/** Like Lit's `live`, for text fields: keeps what somebody is typing until a `change` event reports it. */
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
      // Runs before the template's own listener, which may set another value.
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
 * For `.value=${typed(text)}`: sets the field to `text` at every rendering, as `live` does, but not while somebody types:
 * a page that updates meanwhile would delete what was typed.
 */
export const typed = directive(Typed);
