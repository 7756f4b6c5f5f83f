/**
 * Stands in for `@lit/localize` wherever the embedded figure is built (vite.embed.config.ts). Each figure follows its
 * own `lang`: before an element draws, the words are those of the figure that it is in. Nothing global is configured,
 * so that a host page may use `@lit/localize` itself.
 */
import type { ReactiveControllerHost } from 'lit';
import { SOURCE } from '../languages.ts';

interface Template {
  strTag: true;
  strings: readonly string[];
  values: readonly unknown[];
}
type Message = string | Template;
type Messages = Readonly<Record<string, Message>>;

interface Configuration {
  sourceLocale: string;
  loadLocale: (locale: string) => Promise<{ templates: unknown }>;
}

const catalogues = new Map<string, Messages>();
let current: string = SOURCE;
let load: Configuration['loadLocale'] | undefined;

export const str = (strings: readonly string[], ...values: readonly unknown[]): Template => ({
  strTag: true,
  strings,
  values,
});

export function msg(message: Message, { id }: { id: string }): string {
  const translated = catalogues.get(current)?.[id] ?? message;
  if (typeof translated === 'string') return translated;
  // Values of a translation are the places of the message's own.
  const values =
    translated === message || typeof message === 'string'
      ? translated.values
      : translated.values.map((place) => message.values[Number(place)]);
  return translated.strings.reduce((text, part, i) => text + String(values[i - 1]) + part);
}

export function configureLocalization({ loadLocale }: Configuration): {
  getLocale: () => string;
  setLocale: (locale: string) => Promise<void>;
} {
  load = loadLocale;
  return { getLocale: () => current, setLocale: prepare };
}

/** Loads a language, if it is not the sources' own. */
export async function prepare(locale: string): Promise<void> {
  if (locale === SOURCE || catalogues.has(locale) || !load) return;
  catalogues.set(locale, (await load(locale)).templates as Messages);
}

/** From here on, until another figure speaks, messages are in this language. */
export function speak(locale: string): void {
  current = locale;
}

/** What a figure gives to the elements inside it. */
export interface Speaker extends Element {
  readonly language: string;
}

/** Called by each component as it is made: it speaks like the figure that it is in. */
export function updateWhenLocaleChanges(host: ReactiveControllerHost & Element): void {
  host.addController({ hostUpdate: () => speak(figureOf(host)?.language ?? SOURCE) });
}

function figureOf(element: Element): Speaker | undefined {
  for (
    let node: Node | null = element;
    node;
    node = node.parentNode ?? (node as Partial<ShadowRoot>).host ?? null
  ) {
    if (node !== element && 'language' in node) return node as Speaker;
  }
  return undefined;
}
