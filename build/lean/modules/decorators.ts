/**
 * Stands in for `lit/decorators.js` in figures, without what is there for other kinds of decorators than the
 * experimental ones of TypeScript, to which the lab is compiled.
 */
import type { PropertyDeclaration, ReactiveElement } from 'lit';

type Decorate = (prototype: ReactiveElement, name: string) => PropertyDescriptor | undefined;

export const property =
  (options: PropertyDeclaration = {}): Decorate =>
  (prototype, name) => {
    const isAccessor = Object.hasOwn(prototype, name);
    (prototype.constructor as typeof ReactiveElement).createProperty(name, options);
    return isAccessor ? Object.getOwnPropertyDescriptor(prototype, name) : undefined;
  };

export const state = (): Decorate => property({ state: true });

export const query =
  (selector: string): Decorate =>
  () => ({
    get(this: ReactiveElement): Element | null {
      return (this.renderRoot as ParentNode).querySelector(selector);
    },
    configurable: true,
  });
