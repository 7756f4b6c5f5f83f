/** Shows the page in another language, once its texts are there. */
import type { Language } from '../../languages.ts';
import { askAgain } from '../../loading.ts';
import { speak } from '../../locales/language.ts';
import { moveToLanguage } from './site.ts';

export class LanguageSwitch {
  /** a language was asked for whose texts could not be loaded */
  isMissing = false;

  constructor(
    private readonly host: { requestUpdate(): void },
    private readonly changed: (language: Language) => void,
  ) {}

  async to(language: Language): Promise<void> {
    const isSpoken = (await isLoaded(language)) || ((await askAgain()) && (await isLoaded(language)));
    this.isMissing = !isSpoken;
    this.host.requestUpdate();
    if (!isSpoken) return;
    moveToLanguage(language);
    this.changed(language);
  }
}

const isLoaded = (language: Language): Promise<boolean> =>
  speak(language).then(
    () => true,
    () => false,
  );
