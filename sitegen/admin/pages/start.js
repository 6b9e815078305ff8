// The page of the web editor. Without a hash in the address it is the start page: what is outdated, which warnings there
// are, and the ways into the editor. With one it loads the editor, in the order in which its parts need each other.
(() => {
  'use strict';

  const own = document.currentScript;
  const given = (name) => JSON.parse(own.getAttribute(`data-${name}`));
  const configurations = given('configurations');
  const locales = given('locales');
  const styles = given('styles');
  const LANGUAGE = 'sitegen.language';
  const PREFERENCES = 'sveltia-cms.prefs';
  const fonts = given('fonts');
  // Families by file.
  const FACES = {
    'source-sans-3': ['Source Sans 3', { weight: '200 900', sizeAdjust: '110%' }],
    'source-sans-3-ext': ['Source Sans 3', { weight: '200 900', sizeAdjust: '110%', unicodeRange: 'U+0100-02BA, U+1E00-1E9F' }],
    'noto-mono': ['Noto Mono', { weight: '400' }],
    'material-symbols-outlined': ['Material Symbols Outlined', { weight: '400', display: 'block' }],
  };

  const stored = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  };

  const store = (name, value) => {
    try {
      localStorage.setItem(name, value);
    } catch {
      // without a store, the choice holds for this page only
    }
  };

  const languageOf = () => {
    const asked = [stored(LANGUAGE), ...navigator.languages.map((one) => one.split('-')[0])];
    return asked.find((one) => one in configurations) ?? Object.keys(configurations)[0];
  };

  // The editor has translations of its own, for some languages only: it keeps which one in its preferences.
  const choose = (language) => {
    let kept = {};
    try {
      kept = JSON.parse(stored(PREFERENCES)) ?? {};
    } catch {
      // what is broken there, the editor replaces
    }
    store(LANGUAGE, language);
    store(PREFERENCES, JSON.stringify({ ...kept, locale: locales[language] ?? 'auto' }));
  };

  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

  // ----- the editor

  // The editor asks other hosts for its newest version, for their status and for its translations. The policy refuses
  // that; refused here, it is no error in the console. Its translations are in this folder.
  const stayAtHome = () => {
    const fetched = window.fetch.bind(window);
    const locale = /^https:\/\/unpkg\.com\/@sveltia\/cms@[^/]+\/locales\/([\w-]+\.json)$/;
    const others = /^https:\/\/(unpkg\.com|www\.githubstatus\.com|status-api\.hostedstatus\.com|status\.gitlab\.com)\//;
    window.fetch = (input, options) => {
      const url = String(input instanceof Request ? input.url : input);
      const translated = url.match(locale);
      if (translated) {
        return fetched(`locales/${translated[1]}`, options);
      }
      return others.test(url) ? Promise.reject(new TypeError(`not asked: ${url}`)) : fetched(input, options);
    };
  };

  // The editor's stylesheet names its fonts on another host: these rules go before anything is drawn with them.
  const removeForeignFonts = (style) => {
    const rules = [...(style.sheet?.cssRules ?? [])];
    rules.forEach((rule) => {
      if (rule instanceof CSSFontFaceRule && rule.cssText.includes('https://')) {
        style.sheet.deleteRule([...style.sheet.cssRules].indexOf(rule));
      }
    });
  };

  const addFonts = () => {
    const added = (records) => records.flatMap(({ addedNodes }) => [...addedNodes]);
    new MutationObserver((records) => {
      added(records).filter((node) => node instanceof HTMLStyleElement).forEach(removeForeignFonts);
    }).observe(document.head, { childList: true });
    Object.entries(FACES).forEach(([file, [family, described]]) => {
      if (fonts.includes(`${file}.woff2`)) {
        document.fonts.add(new FontFace(family, `url(fonts/${file}.woff2) format('woff2')`, { display: 'swap', ...described }));
      }
    });
  };

  const load = (file) =>
    new Promise((resolve, reject) => {
      document.body.append(element('script', { src: file, async: false, onload: resolve, onerror: reject }));
    });

  let opened = false;
  const open = async () => {
    if (opened) {
      return;
    }
    opened = true;
    const language = languageOf();
    const place = { rel: 'cms-config-url', type: 'application/yaml', href: configurations[language] };
    document.head.append(element('link', place));
    window.CMS_MANUAL_INIT = true;
    document.documentElement.lang = language; // in which the adapter says why it refuses something
    stayAtHome();
    addFonts();
    document.getElementById('start').remove();
    await load('sveltia-cms.js');
    styles.forEach((style) => window.CMS.registerPreviewStyle(new URL(style, document.baseURI).href));
    await load('adapter.js');
  };

  // ----- the start page

  const route = (way, text, properties = {}) => element('a', { href: `#${way}`, textContent: text, ...properties });
  const outside = (url, text) => element('a', { href: url, textContent: text, target: '_blank', rel: 'noreferrer' });

  const choice = (language, words) => {
    const names = new Intl.DisplayNames([language], { type: 'language' });
    const options = Object.keys(configurations).map((code) =>
      element('option', { value: code, textContent: names.of(code), selected: code === language }),
    );
    const select = element('select', {}, ...options);
    select.addEventListener('change', () => {
      choose(select.value);
      location.reload();
    });
    return element('label', {}, `${words.language}: `, select);
  };

  const workItem = (one, words) => {
    const parts = [route(one.route, one.title), ' ', element('span', { className: 'state', textContent: words[one.state] })];
    if (one.sections.length) {
      const sections = one.sections.map(({ word, title }) => title ?? words[word]).join(' · ');
      parts.push(element('span', { className: 'more', textContent: filled(words.sections, { sections }) }));
    }
    return element('li', {}, ...parts);
  };

  const languageCard = (one, work, words) => {
    const title = element('h3', { textContent: one.label, lang: one.code });
    if (one.share === undefined) {
      return element('div', { className: 'card' }, title, element('p', { textContent: words.source }));
    }
    const bar = element('progress', { max: 100, value: one.share, ariaLabel: one.label });
    const done = element('p', { textContent: filled(words.done, { share: one.share }) });
    const card = element('div', { className: 'card' }, title, bar, done);
    const items = work.filter(({ lang }) => lang === one.code);
    if (items.length) {
      const summary = filled(words.todo, { pages: items.length, words: one.words });
      const list = element('ul', {}, ...items.map((item) => workItem(item, words)));
      card.append(element('details', { open: items.length < 8 }, element('summary', { textContent: summary }), list));
    }
    return card;
  };

  const translations = (content, words) => {
    if (content.languages.length < 2) {
      return [];
    }
    const cards = content.languages.map((one) => languageCard(one, content.work, words));
    return [element('h2', { textContent: words.translations }), ...cards];
  };

  const problemItem = (one, language) => {
    const [text, hint] = one.texts[language];
    const where = one.route ? route(one.route, one.where) : element('span', { textContent: one.where });
    where.className = 'where';
    return element('li', {}, where, element('span', { className: 'more', textContent: `${text} ${hint}` }));
  };

  const show = (content, language) => {
    const words = content.words[language];
    const start = document.getElementById('start');
    const ways = [
      route('/collections/pages', words.open, { className: 'main' }),
      route(content.new, words.new),
    ].map((way) => element('li', {}, way));
    const others = [outside(content.runs, words.runs)];
    if (content.token) {
      others.push(outside(content.token, words.token));
    }
    document.documentElement.lang = language;
    document.title = content.titles[language];
    start.replaceChildren(
      element('h1', { textContent: document.title }),
      element('p', { className: 'where', textContent: content.repository }),
      element('p', { textContent: words[content.workflow] }),
      element('ul', { className: 'ways' }, ...ways),
      element('p', { className: 'others' }, ...others, choice(language, words)),
      ...translations(content, words),
      element('h2', { textContent: words.warnings }),
      content.problems.length
        ? element('ul', {}, ...content.problems.map((one) => problemItem(one, language)))
        : element('p', { textContent: words.nothing }),
    );
  };

  const begin = async () => {
    // a service that signs people in comes back with a code in the address
    if (location.hash.length > 1 || new URLSearchParams(location.search).has('code')) {
      await open();
      return;
    }
    window.addEventListener('hashchange', open, { once: true });
    try {
      const answer = await fetch('status.json', { cache: 'no-cache' });
      show(await answer.json(), languageOf());
    } catch {
      await open(); // without the list there is still the editor
    }
  };

  begin();
})();
