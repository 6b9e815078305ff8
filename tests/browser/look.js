// What eyes would notice in a page, as functions that return lines of text: one line, one fault.
window.look = (() => {
  'use strict';
  const root = document.documentElement;
  const style = (element) => getComputedStyle(element);

  function name(element) {
    const marks = [element.localName, element.id && '#' + element.id, ...[...element.classList].map((mark) => '.' + mark)];
    const text = (element.getAttribute('aria-label') || element.textContent || '').trim().replace(/\s+/g, ' ').slice(0, 40);
    return marks.filter(Boolean).join('') + (text ? ` »${text}«` : '');
  }

  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });

  function above(element) {
    const found = [];
    for (let at = element.parentElement; at; at = at.parentElement) found.push(at);
    return found;
  }

  // Text for screen readers only is cut on purpose.
  const hidden = (element) => element.getBoundingClientRect().width <= 1 || style(element).clipPath === 'inset(50%)';
  const cuts = (element, way) => (element.localName === 'svg' && style(element)['overflow' + way] !== 'visible') ||
    ['hidden', 'clip'].includes(style(element)['overflow' + way]);
  const scrolls = (element, way) => ['auto', 'scroll'].includes(style(element)['overflow' + way]);

  // Every line of text that is shown: [element, rectangle, node]. An open dialog hides what is behind it.
  function lines() {
    const found = [];
    const stage = document.querySelector('dialog[open]') || document.body;
    const walker = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const element = node.parentElement;
      if (!node.data.trim() || ['script', 'style', 'title', 'desc'].includes(element.localName) || !shown(element)) continue;
      const around = [element, ...above(element)];
      if (around.some(hidden)) continue;
      const frames = around.filter((one) => one !== document.body && one !== root && scrolls(one, 'Y'))
        .map((one) => one.getBoundingClientRect());
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        const scrolledAway = frames.some((frame) => box.bottom > frame.bottom || box.top < frame.top);
        if (box.width > 1 && box.height > 1 && !scrolledAway) found.push([element, box, node]);
      }
    }
    return found;
  }

  // The page is wider than the window, or something stands outside it, by more than `margin`.
  function overflow(margin = 1) {
    const faults = [];
    const width = root.clientWidth;
    if (root.scrollWidth > width - 1 + margin) faults.push(`the page is ${root.scrollWidth} px wide`);
    for (const element of document.body.querySelectorAll('*')) {
      const box = element.getBoundingClientRect();
      if (!box.width || !shown(element) || hidden(element) || (box.right <= width + margin && box.left >= -margin)) continue;
      if (box.bottom < 0) continue; // the skip link waits above the page
      const around = [element, ...above(element)];
      if (around.some((one, at) => at && (cuts(one, 'X') || scrolls(one, 'X')))) continue;
      faults.push(`${name(element)} reaches from ${Math.round(box.left)} to ${Math.round(box.right)}`);
    }
    return faults;
  }

  // Text that a box cuts off, or that lies on other text.
  function cut() {
    const faults = new Set();
    const found = lines();
    for (const [element, box] of found) {
      for (const around of [element, ...above(element)]) {
        if (around === document.body || around === root) break;
        if (scrolls(around, 'X') || scrolls(around, 'Y')) break;
        const edge = around.getBoundingClientRect();
        const sideways = cuts(around, 'X') && (box.right > edge.right + 2 || box.left < edge.left - 2);
        const middle = (box.top + box.bottom) / 2;
        const upright = cuts(around, 'Y') && (middle + box.height / 4 > edge.bottom || middle - box.height / 4 < edge.top);
        if (sideways || upright) faults.add(`${name(element)} is cut by ${name(around).split(' ')[0]}`);
      }
    }
    // The middle half of a line is where the letters are: lines may be set closer than their boxes.
    const cores = found.map(([element, box, node]) => ({
      element, node, left: box.left, right: box.right, top: box.top + box.height / 4, bottom: box.bottom - box.height / 4,
    })).sort((a, b) => a.top - b.top);
    cores.forEach((one, at) => {
      for (let next = at + 1; next < cores.length && cores[next].top < one.bottom; next++) {
        const other = cores[next];
        const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const high = Math.min(one.bottom, other.bottom) - other.top;
        if (one.node !== other.node && wide > 2 && high > 2) faults.add(`${name(one.element)} lies on ${name(other.element)}`);
      }
    });
    return [...faults];
  }

  // Pairs of these elements, neither inside the other, whose boxes share more than a pixel each way.
  function overlaps(selector) {
    const shownOnes = [...document.querySelectorAll(selector)].filter((one) => shown(one) && !hidden(one));
    const boxes = shownOnes.map((one) => [one, one.getBoundingClientRect()]).filter(([, box]) => box.width && box.height);
    return boxes.flatMap(([one, box], at) => boxes.slice(at + 1).filter(([other, edge]) =>
      !one.contains(other) && !other.contains(one) &&
      Math.min(box.right, edge.right) - Math.max(box.left, edge.left) > 1 &&
      Math.min(box.bottom, edge.bottom) - Math.max(box.top, edge.top) > 1,
    ).map(([other]) => `${name(one)} lies on ${name(other)}`));
  }

  // Things to press that are less than 24 px wide or high, links within a sentence aside (WCAG 2.5.8).
  function small() {
    const faults = [];
    for (const element of document.querySelectorAll('a[href], button, input, select, textarea, summary, [role=option]')) {
      if (!shown(element) || element.matches('.skip')) continue;
      let box = (element.closest('label') || element).getBoundingClientRect();
      const around = element.parentElement;
      const sentence = style(element).display === 'inline' && around.textContent.trim() !== element.textContent.trim();
      if (element.closest('svg')) box = element.getBoundingClientRect();
      if (!box.width || sentence || (box.width >= 23.9 && box.height >= 23.9)) continue;
      faults.push(`${name(element)} is ${box.width.toFixed(1)} × ${box.height.toFixed(1)}`);
    }
    return faults;
  }

  const channels = (colour) => {
    const numbers = colour.match(/[\d.]+/g).map(Number);
    const scale = colour.startsWith('color(') ? 1 : 255;
    return { rgb: numbers.slice(0, 3).map((value) => value / scale), alpha: numbers[3] ?? 1 };
  };
  const light = (rgb) => rgb.map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    .reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0);

  // What is behind a point of a drawing: the nearest shape below the text that is filled, else the page.
  function behind(text, x, y) {
    const stack = document.elementsFromPoint(x, y);
    for (const element of stack.slice(stack.indexOf(text) + 1)) {
      if (element.closest('text')) continue;
      const { fill, backgroundColor, fillOpacity } = style(element);
      const inside = element.closest('svg') && element.localName !== 'svg';
      const colour = inside ? fill : backgroundColor;
      if (!colour || colour === 'none' || colour.startsWith('url')) continue;
      const { rgb, alpha } = channels(colour);
      if (alpha * (inside ? fillOpacity : 1) > 0.5) return rgb;
    }
    return channels(style(root).backgroundColor).alpha ? channels(style(root).backgroundColor).rgb : [1, 1, 1];
  }

  // Text in drawings, which axe does not judge, whose contrast is below `least`.
  function faint(least) {
    const faults = [];
    for (const text of document.querySelectorAll('main svg text')) {
      if (!shown(text)) continue;
      text.scrollIntoView({ block: 'center', behavior: 'instant' });
      const box = text.getBoundingClientRect();
      const leaf = text.querySelector('tspan') || text;
      const ink = light(channels(style(leaf).fill).rgb);
      const ground = light(behind(text, box.left + box.width / 2, box.top + box.height / 2));
      const ratio = (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
      if (ratio < least) faults.push(`${name(text)} has a contrast of ${ratio.toFixed(2)}`);
    }
    return faults;
  }

  // Rules for all elements; a stylesheet made by a script is not an inline style for the Content-Security-Policy.
  function restyle(css) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
  }

  return { name, shown, lines, overflow, cut, overlaps, small, faint, restyle };
})();
