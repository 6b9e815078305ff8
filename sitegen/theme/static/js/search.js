/* The window of the search (templates/components/search.html). Its styles, the index and search-engine.js are fetched when a
   person opens it for the first time, by elements of the page, so that it also works from a folder on disk. */
(() => {
  'use strict';
  const panel = document.getElementById('page-search');
  if (!panel || !panel.showModal) return;
  const form = document.querySelector('form.search');
  const input = panel.querySelector('[role=combobox]');
  const list = panel.querySelector('[role=listbox]');
  const status = panel.querySelector('[role=status]');
  const slash = panel.querySelector('[type=checkbox]');
  const plural = new Intl.PluralRules(document.documentElement.lang);
  const root = new URL('../', new URL(panel.dataset.index, document.baseURI));
  const start = document.createElement('p'); // before anything is typed: the sections
  let search = null; // the index, made ready
  let active = -1; // the number of the chosen result
  let waiting = 0;
  let leaving = false; // a result was followed: the focus belongs to the place it leads to

  /* The key / is a convenience that gets in the way of speech input: a person can switch it off. */
  const remembered = (value) => {
    try {
      if (value !== undefined) localStorage.setItem('search-key', value);
      return localStorage.getItem('search-key') !== 'off';
    } catch (error) {
      return slash.checked;
    }
  };

  function load(address) {
    return new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = address;
      script.onload = resolve;
      script.onerror = () => { script.remove(); reject(); };
      document.head.append(script);
    });
  }

  /* The styles of the window come when it is about to be opened; until then layout.css keeps it out of sight. */
  let dressed = false;
  function dress() {
    if (dressed) return;
    dressed = true;
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = panel.dataset.style;
    link.onerror = () => { dressed = false; panel.style.opacity = 1; }; // plain, but there
    document.head.append(link);
  }

  function begin() {
    start.className = 'search-start';
    document.querySelectorAll('.main-menu li a').forEach((link) => {
      const copy = link.cloneNode(true);
      copy.removeAttribute('aria-current');
      start.append(copy);
    });
    if (start.firstChild) list.after(start);
  }

  function open() {
    if (panel.open) return;
    dress();
    if (!start.className) begin();
    panel.showModal();
    input.select();
    leaving = false;
    if (search) return;
    Promise.all([load(panel.dataset.engine), load(panel.dataset.index)]).then(() => {
      search = self.searchEngine.open(self.searchIndex);
      show();
    }, () => { status.textContent = panel.dataset.failed; });
  }

  function count(number) {
    const forms = panel.dataset.count.split('|').map((form) => form.split(/ (.*)/));
    const form = forms.find(([sample]) => plural.select(+sample) === plural.select(number)) || forms[forms.length - 1];
    return form[1].replace('#', number.toLocaleString(document.documentElement.lang));
  }

  function element(name, kind, pieces) {
    const made = document.createElement(name);
    made.className = kind;
    pieces.forEach(([text, hit]) => {
      const part = hit ? document.createElement('mark') : document.createTextNode(text);
      part.textContent = text;
      made.append(part);
    });
    return made;
  }

  function option(result, number) {
    const link = document.createElement('a');
    const [path, anchor] = result.url.split('#');
    // A folder on disk has no server that would look for its index.html.
    const file = location.protocol === 'file:' && /(^|\/)$/.test(path) ? path + 'index.html' : path;
    link.href = new URL(file + (anchor ? '#' + anchor : ''), root);
    link.id = 'page-result-' + number;
    link.tabIndex = -1;
    link.setAttribute('role', 'option');
    link.setAttribute('aria-selected', 'false');
    const above = result.section ? [[result.section, false]] : [];
    if (result.heading.length) above.push([above.length ? ' › ' : '', false], ...result.title);
    if (above.length) link.append(element('small', 'search-above', above));
    link.append(element('b', 'search-title', result.heading.length ? result.heading : result.title));
    link.append(element('span', 'search-fragment', result.fragment));
    return link;
  }

  function show() {
    const query = input.value.trim();
    start.hidden = query !== '';
    if (!search) return;
    const { results, whole } = query ? search.find(input.value) : { results: [], whole: true };
    list.replaceChildren(...results.map(option));
    list.scrollTop = 0;
    input.setAttribute('aria-expanded', String(results.length > 0));
    choose(-1);
    clearTimeout(waiting); // a screen reader shall hear the count when the typing pauses, not after each letter
    const text = !query ? '' : !results.length ? panel.dataset.none
      : (whole ? '' : panel.dataset.partly + ' ') + count(results.length);
    waiting = setTimeout(() => { status.textContent = text; }, 200);
  }

  function choose(number) {
    const options = list.children;
    if (options[active]) options[active].setAttribute('aria-selected', 'false');
    active = number;
    input.removeAttribute('aria-activedescendant');
    if (!options[active]) return;
    options[active].setAttribute('aria-selected', 'true');
    options[active].scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', options[active].id);
  }

  function key(event) {
    const last = list.children.length - 1;
    if (event.isComposing || last < 0) return;
    if (event.key === 'ArrowDown') choose(active < last ? active + 1 : 0);
    else if (event.key === 'ArrowUp') choose(active > 0 ? active - 1 : last);
    else if (event.key === 'Enter') list.children[Math.max(active, 0)].click();
    else return;
    event.preventDefault();
  }

  form.addEventListener('pointerenter', dress);
  form.addEventListener('focusin', dress);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    open();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const field = event.target.closest('input, textarea, select, [contenteditable]');
    if (panel.open || (field && !panel.contains(field)) || !remembered()) return;
    event.preventDefault();
    open();
  });
  input.addEventListener('input', show);
  input.addEventListener('keydown', key);
  list.addEventListener('click', (event) => {
    leaving = !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (leaving) panel.close();
  });
  panel.addEventListener('close', () => {
    // The browser gives the focus back; where there was none before the key /, the button takes it.
    const lost = document.activeElement === document.body || panel.contains(document.activeElement);
    if (lost && !leaving) form.querySelector('button').focus({ preventScroll: true });
  });
  panel.addEventListener('click', (event) => { if (event.target === panel) panel.close(); }); // beside the window
  panel.querySelector('.search-field button').addEventListener('click', () => panel.close());
  if (location.hash === '#page-search') open(); // from a page without the window: "not found"
  slash.checked = remembered();
  slash.addEventListener('change', () => remembered(slash.checked ? 'on' : 'off'));
})();
