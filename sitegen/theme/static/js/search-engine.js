/* Finds sections in the index that the build made (sitegen/outputs/search.py). Knows nothing of the page it runs in.
   `words` and `fold` are those of sitegen/languages/words.py; tests/search_words.yaml holds both to it. */
self.searchEngine = (() => {
  'use strict';

  const WORD = /[\p{L}\p{N}\p{M}\u00ad\u200c\u200d]+/gu;
  const SET = '\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3040-\\u312f\\u31a0-\\u31ff'
    + '\\u3400-\\u9fff\\ua9e0-\\ua9ff\\uaa60-\\uaa7f\\uf900-\\ufaff\\uff66-\\uff9f\\u{20000}-\\u{3ffff}';
  const UNSPACED = new RegExp(`[${SET}]`, 'u');
  const PIECES = new RegExp(`[${SET}]+|[^${SET}]+`, 'gu');
  const LETTER = /\P{M}\p{M}*|^\p{M}+/gu;
  const LETTERS = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ı: 'i', ς: 'σ' };
  // What a hit is worth by where it stands, and by how the word there differs from the one that was typed.
  const TITLE = 12, OTHER = 10, HEADING = 8, TEXT = 1, PAGE = 0.3;
  const EXACT = 1, FORM = 0.95, BEGUN = 0.8, SLIP = 0.5, BEGINNING = 0.4;
  const PER_PAGE = 3, MOST = 100;
  const WIDTH = 170, LEAD = 50; // letters of a fragment, and at most how many before its first hit
  const folded = new Map(); // the work of `fold` is done once for each word

  const words = (text) => spans(text).map(([word]) => word);

  /* Returns [word, where it begins] of every word. Scripts that write words without spaces between them give each two
     neighbouring letters, each letter with the vowels and tones above and below it. */
  function spans(text) {
    const found = [];
    for (const { 0: run, index } of text.matchAll(WORD)) {
      if (!UNSPACED.test(run)) {
        found.push([run, index]);
        continue;
      }
      for (const { 0: piece, index: inside } of run.matchAll(PIECES)) {
        const letters = [...piece.matchAll(LETTER)];
        if (letters.length < 2 || !UNSPACED.test(piece)) found.push([piece, index + inside]);
        else letters.slice(1).forEach((letter, at) => found.push([letters[at][0] + letter[0], index + inside + letters[at].index]));
      }
    }
    return found;
  }

  function fold(word) {
    if (!folded.has(word)) {
      folded.set(word, word.normalize('NFKD').toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, '').replace(/[ßæœøłđıς]/g, (letter) => LETTERS[letter]));
    }
    return folded.get(word);
  }

  /* Says whether `typed` becomes `word` (or, unfinished, its beginning) by one letter changed, added, left out, or
     exchanged with the next: a distance of at most 1 by Damerau and Levenshtein. */
  function slipped(typed, word, unfinished) {
    let at = 0;
    while (at < typed.length && typed[at] === word[at]) at++;
    const same = (i, j) => unfinished ? word.slice(j).startsWith(typed.slice(i)) : typed.slice(i) === word.slice(j);
    return same(at + 1, at + 1) || same(at + 1, at) || same(at, at + 1)
      || (typed[at] === word[at + 1] && typed[at + 1] === word[at] && same(at + 2, at + 2));
  }

  /* Makes the index ready: `find` looks for a query in it. */
  function open(data) {
    const records = []; // one for each section
    const places = new Map(); // folded word → Map of record number → worth of the word there
    const groups = new Map(); // folded word → arrays of the forms that it shares a dictionary word with

    const note = (text, worth, number) => words(text).forEach((written) => {
      const word = fold(written);
      if (!word) return;
      if (!places.has(word)) places.set(word, new Map());
      const here = places.get(word);
      const before = here.get(number) || 0;
      // Said often counts a little more, but never as much as being said in a heading.
      here.set(number, before >= worth && worth === TEXT ? before + 0.1 / before : Math.max(before, worth));
    });

    data.pages.forEach(([url, title, section, description, parts, also = []], page) => {
      parts.forEach(([id, heading, text], part) => {
        const number = records.push({ page, url, title, section, description, id, heading, text, also: part ? [] : also }) - 1;
        const name = part ? heading : title;
        // A short title says more about its page than a long one, and a page at the top more than one of a section.
        const fit = (name) => (part || section ? 0.9 : 1) + 0.2 / words(name).length;
        note(name, (part ? HEADING : TITLE) * fit(name), number);
        // What people call the page is nearly as good as its title.
        records[number].also.forEach((other) => note(other, OTHER * fit(other), number));
        note(text, TEXT, number);
        note(part ? title : description, part ? PAGE : TEXT, number);
      });
    });
    data.forms.forEach((line) => {
      const [start, ...ends] = line.split('|');
      const forms = ends.map((end) => start + end);
      forms.forEach((form) => groups.set(form, [...(groups.get(form) || []), forms]));
    });
    const known = [...new Set([...places.keys(), ...groups.keys()])];

    /* Returns Map of folded word → how well it answers the typed one. */
    function answers(typed, unfinished) {
      const found = new Map();
      const add = (word, worth) => {
        if (places.has(word)) found.set(word, Math.max(worth, found.get(word) || 0));
      };
      const take = (word, worth) => {
        add(word, worth);
        (groups.get(word) || []).forEach((forms) => forms.forEach((form) => add(form, worth * FORM)));
      };
      const takeAll = (test, worth) => known.forEach((word) => {
        if (test(word)) take(word, worth * (0.5 + 0.5 * Math.min(1, typed.length / word.length)));
      });

      take(typed, EXACT);
      if (typed.length > 1 && (unfinished || !found.size)) takeAll((word) => word.startsWith(typed), BEGUN);
      if ([...typed].length === 1 && UNSPACED.test(typed)) takeAll((word) => word.includes(typed), BEGUN);
      if (typed.length > 3) {
        if (!found.size) takeAll((word) => slipped(typed, word, false), SLIP);
        if (!found.size && unfinished) takeAll((word) => slipped(typed, word, true), SLIP);
        for (let end = typed.length - 1; !found.size && end > 3 && end >= typed.length / 2; end--) {
          takeAll((word) => word.startsWith(typed.slice(0, end)), BEGINNING);
        }
      }
      return found;
    }

    /* Returns Map of record number → worth of its best answer to one typed word. */
    function hits(found) {
      const worth = new Map();
      found.forEach((quality, word) => places.get(word).forEach((value, number) => {
        worth.set(number, Math.max(worth.get(number) || 0, quality * value));
      }));
      return worth;
    }

    /* Returns { results, whole }: the sections that have every word; when none has, `whole` is false and they are those
       that have the most. A word that stands nearly everywhere ("the") need not be there. The last word of the query
       may be unfinished unless something follows it. */
    function find(query) {
      const typed = words(query).map(fold).filter(Boolean);
      const open = /[\p{L}\p{N}\p{M}]$/u.test(query);
      const asked = typed.map((word, at) => {
        const found = answers(word, open && at === typed.length - 1);
        const worth = hits(found);
        const rare = Math.log(1 + records.length / (worth.size + 1));
        return { word, found, worth, rare, common: worth.size > records.length / 2 };
      });
      const needed = asked.some((word) => !word.common) ? asked.filter((word) => !word.common) : asked;
      const scores = new Map(); // record number → [needed words that it has, score]
      asked.forEach((word) => word.worth.forEach((value, number) => {
        const [count, score] = scores.get(number) || [0, 0];
        scores.set(number, [count + (needed.includes(word) ? 1 : 0), score + value * word.rare]);
      }));
      const most = Math.max(0, ...[...scores.values()].map(([count]) => count));
      const best = [...scores].filter(([, [count]]) => count === most)
        .sort(([a, [, x]], [b, [, y]]) => y - x || a - b);
      const shown = new Map(); // page → how many of its sections are among the results
      const telling = asked.filter((word) => needed.includes(word) || word.word.length > 3);
      const marked = new Set(telling.flatMap((word) => [...word.found.keys()]));
      const results = [];
      best.forEach(([number]) => {
        const record = records[number];
        const count = shown.get(record.page) || 0;
        shown.set(record.page, count + 1);
        if (count < PER_PAGE && results.length < MOST) results.push(result(record, marked));
      });
      return { results, whole: most === needed.length };
    }

    return { find };
  }

  /* A result as a person sees it: texts are arrays of [text, whether it is a hit]. */
  function result(record, marked) {
    const hit = (text) => pieces(text, marked).some(([, found]) => found);
    const found = hit(record.text) || record.id ? record.text : record.description || record.text;
    const text = [...record.also.filter(hit), found].join('\n'); // the other names that were meant go first
    return {
      url: record.url + (record.id && '#' + record.id),
      title: pieces(record.title, marked),
      heading: pieces(record.heading, marked),
      section: record.section,
      fragment: fragment(pieces(text.replace(/([.!?:;,…])?\n/g, (line, mark) => mark ? mark + ' ' : ' · '), marked)),
    };
  }

  /* Cuts a text at its hits. */
  function pieces(text, marked) {
    const cut = [];
    let end = 0;
    for (const [word, start] of spans(text)) {
      if (!marked.has(fold(word))) continue;
      const last = cut[cut.length - 1];
      const after = start + word.length;
      // Two words, or two pairs of letters, are one hit.
      if (last && (start <= end || /^\s$/.test(text.slice(end, start)))) last[0] += text.slice(end, after);
      else cut.push([text.slice(end, start), false], [word, true]);
      end = after;
    }
    cut.push([text.slice(end), false]);
    return cut.filter(([piece]) => piece);
  }

  /* Shortens a text to the place where most different hits stand together. */
  function fragment(cut) {
    const starts = [];
    cut.reduce((at, [piece]) => (starts.push(at), at + piece.length), 0);
    const length = cut.reduce((sum, [piece]) => sum + piece.length, 0);
    let best = 0, most = 0;
    cut.forEach(([, hit], first) => {
      if (!hit) return;
      const near = new Set();
      for (let i = first; i < cut.length && starts[i] < starts[first] + WIDTH - LEAD; i++) {
        if (cut[i][1]) words(cut[i][0]).forEach((word) => near.add(fold(word)));
      }
      if (near.size > most) [best, most] = [starts[first], near.size];
    });
    const whole = cut.map(([piece]) => piece).join('');
    const from = beginning(whole, Math.max(0, Math.min(best - LEAD, length - WIDTH)), best);
    let to = Math.min(length, from + WIDTH);
    if (to < length && whole.lastIndexOf(' ', to) > best) to = whole.lastIndexOf(' ', to);
    const inside = cut.map(([piece, hit], i) => [piece.slice(Math.max(0, from - starts[i]), Math.max(0, to - starts[i])), hit]);
    return [[from ? '… ' : '', false], ...inside, [to < length ? ' …' : '', false]].filter(([piece]) => piece);
  }

  /* Returns where a fragment begins, between two places: with a sentence, else with a word. */
  function beginning(text, earliest, latest) {
    if (!earliest) return 0;
    const between = text.slice(earliest, latest + 1);
    const sentence = between.search(/[.!?:·] [\p{Lu}«»„“‘"¿¡(]/u);
    if (sentence >= 0) return earliest + sentence + 2;
    return earliest + between.indexOf(' ') + 1;
  }

  return { open, words, fold, slipped };
})();
