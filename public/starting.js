/**
 * Until the lab has started: says when its scripts do not come, and asks the server for them again. No module, so that
 * it runs where modules fail.
 */
{
  const LONG_MS = 10000;
  const WORDS = {
    en: {
      trouble: 'The page could not be loaded whole. Check the connection and try again.',
      again: 'Try again',
      trying: 'Asking the server again…',
    },
    zh: {
      trouble: '页面没能完整加载。请检查网络连接后再试。',
      again: '再试一次',
      trying: '正在重新向服务器请求……',
    },
  };
  const language = navigator.language.startsWith('zh') ? 'zh' : 'en';
  const words = WORDS[language];

  /** A wrong answer may stay in the browser's cache; so each script is asked for past it. */
  const askAgain = async () => {
    const asked = performance.getEntriesByType('resource').map(({ name }) => name);
    const own = document.querySelector('script[type="module"]').src;
    const folder = new URL(document.documentElement.dataset.site ?? '.', document.baseURI).href;
    const scripts = [own, ...asked].filter((name) => name.startsWith(folder) && /\.js$/.test(name));
    const answers = scripts.map((name) =>
      fetch(name, { cache: 'reload', signal: AbortSignal.timeout(LONG_MS) }).then((answer) => answer.blob()),
    );
    await Promise.allSettled(answers);
    location.reload();
  };

  const tell = () => {
    const place = document.querySelector('#starting [role]');
    // The lab has started, or this is said already.
    if (!place || place.querySelector('button')) return;
    const text = Object.assign(document.createElement('p'), { textContent: words.trouble });
    const button = Object.assign(document.createElement('button'), { textContent: words.again });
    button.addEventListener('click', () => {
      text.textContent = words.trying;
      button.disabled = true;
      void askAgain();
    });
    place.lang = language === 'zh' ? 'zh-Hans' : 'en';
    place.setAttribute('role', 'alert');
    place.replaceChildren(text, button);
  };

  // Looks until the lab brings its own; a sheet of styles that hangs would keep the page white. Nothing moves far by them.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    body { margin: 0; background: light-dark(#fbfaf7, #14161a); color: light-dark(#1d1c1a, #ecebe7); }
    #starting { padding: 8px clamp(14px, 2vw, 28px); font-family: system-ui, sans-serif; }
    #starting a { color: inherit; }
    #starting [role] { color: light-dark(#6d685f, #9b9890); }`);
  if (document.querySelector('#starting'))
    document.adoptedStyleSheets = [sheet, ...document.adoptedStyleSheets];

  addEventListener('error', ({ target }) => target instanceof HTMLScriptElement && tell(), true);
  setTimeout(tell, LONG_MS);
}
