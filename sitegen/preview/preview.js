// The preview's script in an open page. Whenever livereload says that something has changed, it asks whether this page
// has: then it loads it again; stylesheets it exchanges; problems it lays over the page. It is never published.
(() => {
  'use strict';
  const own = document.currentScript;
  const page = own.dataset.page;
  const explains = 'explains' in own.dataset;
  let styles = own.dataset.styles;
  let asking = false;
  let again = false;
  let shown = '';
  let seen = '';
  let overlay = null;

  // livereload.js finds plugins by this prefix, and asks them before it does anything itself.
  window.LiveReloadPluginSitegen = class {
    static identifier = 'sitegen';
    static version = '1.0';
    reload() {
      ask();
      return true;
    }
  };
  document.addEventListener('LiveReloadConnect', ask);
  ask();

  async function ask() {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    try {
      do {
        again = false;
        const answer = await fetch(`/__preview__/state?path=${encodeURIComponent(location.pathname)}`);
        if (answer.ok) look(await answer.json());
      } while (again);
    } catch {
      // The server has gone: livereload looks for it, and says when it is there again.
    } finally {
      asking = false;
    }
  }

  function look(state) {
    if (state.page !== page) {
      location.reload();
      return;
    }
    if (state.styles !== styles) {
      styles = state.styles;
      exchange();
    }
    if (!explains) show(state);
  }

  // Load each stylesheet anew beside the old one, which goes only when the new one is there: nothing flickers.
  function exchange() {
    for (const old of document.querySelectorAll('link[rel~="stylesheet"]:not([data-replaced])')) {
      const address = new URL(old.href);
      if (address.origin !== location.origin) continue;
      address.searchParams.set('preview', styles);
      const fresh = old.cloneNode();
      fresh.href = address;
      old.dataset.replaced = '';
      fresh.addEventListener('load', () => old.remove());
      fresh.addEventListener('error', () => old.remove());
      old.after(fresh);
    }
  }

  function show(state) {
    const text = JSON.stringify([state.failed, state.problems, state.more]);
    if (text === shown) return;
    shown = text;
    const wasOpen = overlay?.querySelector('dialog')?.open;
    const built = JSON.stringify([state.failed, state.problems.filter((problem) => !problem.from)]);
    const isNew = built !== seen; // what the check adds later does not open again what somebody has closed
    seen = built;
    overlay?.host.remove();
    overlay = null;
    if (!state.problems.length) return;
    overlay = made(state);
    if ((state.failed && isNew) || wasOpen) overlay.querySelector('dialog').showModal();
  }

  function made(state) {
    const host = element('sitegen-preview', { lang: state.language, dir: 'ltr' });
    const root = host.attachShadow({ mode: 'open' });
    root.append(element('style', {}, STYLE));
    const dialog = element('dialog', {
      role: state.failed ? 'alertdialog' : 'dialog',
      class: state.failed ? 'failed' : '',
      'aria-labelledby': 'title',
      'aria-describedby': 'what',
    });
    const label = counted(state);
    const close = element('button', { type: 'button', class: 'close' }, state.words.close);
    close.addEventListener('click', () => dialog.close());
    const head = element('div', { class: 'head' });
    head.append(element('h2', { id: 'title' }, label), close);
    dialog.append(head, element('p', { id: 'what' }, state.failed ? state.words.failed : ''));
    const list = element('ol', { tabindex: '0', 'aria-labelledby': 'title' });
    for (const problem of state.problems) list.append(entry(problem, state.words));
    dialog.append(list);
    if (state.more) dialog.append(element('p', { class: 'more' }, state.more));
    const badge = element('button', { type: 'button', class: state.failed ? 'badge failed' : 'badge' },
      label);
    badge.addEventListener('click', () => dialog.showModal());
    root.append(badge, dialog);
    document.documentElement.append(host);
    return root;
  }

  // Say how many problems keep a build back or were found by it, and how many only the command check would refuse.
  function counted(state) {
    const checks = state.problems.filter((problem) => problem.from).length;
    const counts = [[state.words.title, state.problems.length - checks], [state.words.check, checks]];
    return counts.filter(([, count]) => count).map(([word, count]) => `${word}: ${count}`).join(' · ');
  }

  function entry(problem, words) {
    const item = element('li', { class: problem.level });
    const where = element('p', { class: 'where' });
    where.append(element('strong', {}, problem.word), ' ', element('code', {}, problem.where));
    item.append(where, element('p', { class: 'text' }, problem.text));
    if (problem.source) {
      const start = `${words.line} ${problem.line}: `;
      const mark = problem.column ? `\n${' '.repeat(start.length)}${problem.mark}^` : '';
      item.append(element('pre', {}, start + problem.source.replaceAll('\t', ' ') + mark));
    }
    if (problem.hint) item.append(element('p', { class: 'hint' }, problem.hint));
    item.append(element('p', { class: 'code' }, problem.from ? `${problem.code} · ${problem.from}` : problem.code));
    return item;
  }

  function element(name, attributes, text) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text) made.textContent = text;
    return made;
  }

  const STYLE = `
    :host { all: initial; color-scheme: light dark }
    @media print { :host { display: none } }
    * { box-sizing: border-box }
    .badge, dialog {
      --paper: #fff; --ink: #1b1b1b; --quiet: #4a4a4a; --line: #767676; --error: #8c0d0d; --warning: #6b4300;
      --code: #f2f2f2;
      color: var(--ink); background: var(--paper); font: 16px/1.5 system-ui, sans-serif; text-align: left;
    }
    .badge {
      position: fixed; inset: auto 12px 12px auto; z-index: 2147483647; padding: 6px 14px; border-radius: 99px;
      border: 2px solid var(--warning); color: var(--warning); font-size: 14px; font-weight: 600; cursor: pointer;
    }
    .badge:has(+ dialog[open]) { opacity: 0 }
    .badge.failed { border-color: var(--error); color: var(--error) }
    dialog {
      width: min(56rem, calc(100vw - 24px)); max-width: none; max-height: 70vh; margin: auto auto 12px; padding: 0;
      border: 1px solid var(--line); border-top: 6px solid var(--warning); border-radius: 8px;
    }
    dialog[open] { display: flex; flex-direction: column }
    dialog.failed { border-top-color: var(--error) }
    dialog::backdrop { background: rgb(0 0 0 / 35%) }
    .head { display: flex; gap: 16px; align-items: center; justify-content: space-between; padding: 12px 20px 0 }
    h2 { margin: 0; font-size: 20px; line-height: 1.3 }
    p { margin: 0 }
    #what { padding: 0 20px; color: var(--quiet) }
    #what:empty { display: none }
    .close {
      min-height: 32px; padding: 2px 14px; border: 1px solid var(--line); border-radius: 6px; color: inherit;
      background: var(--code); font: inherit; font-size: 15px; cursor: pointer;
    }
    ol { margin: 12px 0 0; padding: 0 20px 8px; overflow: auto; list-style: none; overscroll-behavior: contain }
    li { padding: 12px 0; border-top: 1px solid var(--line) }
    .where strong { color: var(--warning) }
    .error .where strong { color: var(--error) }
    code, pre, .code { font-family: ui-monospace, monospace; font-size: 14px }
    code { font-weight: 600; overflow-wrap: anywhere }
    pre { margin: 8px 0; padding: 8px 12px; overflow: auto; border-radius: 4px; background: var(--code) }
    .hint::before { content: "→ " }
    .code, .more { color: var(--quiet) }
    .more { padding: 8px 20px; border-top: 1px solid var(--line) }
    :focus-visible { outline: 3px solid #1a66d6; outline-offset: 2px }
    @media (prefers-color-scheme: dark) {
      .badge, dialog {
        --paper: #1c1c1e; --ink: #f4f4f4; --quiet: #c9c9c9; --line: #8c8c8c; --error: #ffb3ab; --warning: #ffd38a;
        --code: #2c2c30;
      }
      :focus-visible { outline-color: #9cc4ff }
    }
  `;
})();
