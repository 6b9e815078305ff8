// What an edit looks like in the file, case by case, and which edits are refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fromFile, SOURCE, toFile } from '../../../sitegen/admin/adapter/file.mjs';
import { chosenLanguage, CODES, LANGUAGES, Refusal, sentence } from '../../../sitegen/admin/adapter/refusal.mjs';
import { Session } from '../../../sitegen/admin/adapter/session.mjs';
import { split } from '../../../sitegen/admin/adapter/split.mjs';

const PAGE = `---
# the page about the square
title: "Učenje na trgu"  # short, please
description: >-
  V petek bo mestni trg
  učilnica na prostem.
date: 2027-04-15
weight: 3
aliases: [/sl/a/, '/sl/b/']   # old ones
image_alt: ""
search: {exclude: false, also: ["trg"]}
sources:
  # the library
  - title: Knjižnica
    url: https://knjiznica.example/
  - title: 'Mesto'
    url: https://mesto.example/
l10n:
  sections: {"": 1a2b3c4d5e6f, programme: 0123456789ab}
extra:
  colour: &blue "#00f"
  other: *blue
---
Besedilo.

~~~
koda
~~~
`;

/** Return the lines that an edit takes away and puts in, as a diff shows them. */
function diff(before, fields) {
  const [old, now] = [before.split('\n'), toFile({ ...fromFile(before), ...fields }).split('\n')];
  let start = 0;
  while (start < Math.min(old.length, now.length) && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  return [...old.slice(start, old.length - end).map((line) => `-${line}`), ...now.slice(start, now.length - end).map((line) => `+${line}`)];
}

const CASES = {
  'a text keeps its quotes and its comment': [
    { title: 'Učenje na »trgu« "danes"' }, ['-title: "Učenje na trgu"  # short, please', '+title: "Učenje na »trgu« \\"danes\\""  # short, please']],
  'a folded text stays folded': [
    { description: 'Novo.' }, ['-  V petek bo mestni trg', '-  učilnica na prostem.', '+  Novo.']],
  'a date': [{ date: '2027-05-01' }, ['-date: 2027-04-15', '+date: 2027-05-01']],
  'a number': [{ weight: 4 }, ['-weight: 3', '+weight: 4']],
  'an item is added in brackets': [
    { aliases: ['/sl/a/', '/sl/b/', '/sl/c/'] }, ["-aliases: [/sl/a/, '/sl/b/']   # old ones", "+aliases: [/sl/a/, '/sl/b/', /sl/c/]   # old ones"]],
  'an item is removed from brackets': [
    { aliases: ['/sl/b/'] }, ["-aliases: [/sl/a/, '/sl/b/']   # old ones", "+aliases: ['/sl/b/']   # old ones"]],
  'a leaf of a list of mappings': [
    { sources: [{ title: 'Knjižnica', url: 'https://knjiznica.example/' }, { title: "L'Hora", url: 'https://mesto.example/' }] },
    ["-  - title: 'Mesto'", "+  - title: 'L''Hora'"]],
  'a mapping is added to a list': [
    { sources: [{ title: 'Knjižnica', url: 'https://knjiznica.example/' }, { title: 'Mesto', url: 'https://mesto.example/' }, { title: 'Tretji: nov', url: 'https://x.example/' }] },
    ["+  - title: 'Tretji: nov'", '+    url: https://x.example/']],
  'a mapping is removed from a list, with its comment above kept': [
    { sources: [{ title: 'Mesto', url: 'https://mesto.example/' }] },
    ['-  - title: Knjižnica', '-    url: https://knjiznica.example/']],
  'a value inside a mapping': [
    { search: { exclude: true, also: ['trg'] } }, ['-search: {exclude: false, also: ["trg"]}', '+search: {exclude: true, also: ["trg"]}']],
  'a key is removed': [{ weight: null }, ['-weight: 3']],
  'a key is added at the end': [{ slug: 'ucenje-na-trgu' }, ['+slug: ucenje-na-trgu']],
  'a text that YAML would lose is quoted': [{ slug: 'a #b' }, ["+slug: 'a #b'"]],
  'a text that is a word of YAML is quoted': [{ slug: 'no' }, ["+slug: 'no'"]],
  'false hides a page from the menus': [{ nav: 'false' }, ['+nav: false']],
  'sources are added as a block': [{ references: [{ title: 'A', url: '' }] }, ['+references:', '+  - title: A']],
  'what says nothing is not written': [{ draft: false, weight: 3, template: '', tags: [], other: { a: [] } }, []],
  'the body': [{ body: 'Besedila.\n\n~~~\nkoda\n~~~' }, ['-Besedilo.', '+Besedila.']],
  'the same as text': [{ weight: '3', aliases: ['/sl/a/ ', '/sl/b/'], search: { exclude: 'false', also: ['trg'] } }, []],
};

for (const [name, [fields, lines]] of Object.entries(CASES)) {
  test(name, () => assert.deepEqual(diff(PAGE, fields), lines));
}

test('l10n and extra are neither shown nor changed', () => {
  const fields = fromFile(PAGE);
  assert.ok(!('l10n' in fields) && !('extra' in fields));
  assert.equal(toFile({ ...fields, l10n: '', extra: '' }), PAGE);
});

test('a page goes into the menus again, and out of them', () => {
  const page = '---\ntitle: A\nnav: false # hidden\n---\n';
  assert.equal(fromFile(page).nav, 'false');
  assert.equal(toFile({ ...fromFile(page), nav: '' }), '---\ntitle: A\n---\n');
  assert.equal(toFile({ ...fromFile(page), nav: 'B' }), page.replace('false', 'B'));
  assert.equal(toFile({ ...fromFile(page.replace('false', 'B')), nav: 'false' }), page);
});

test('a new page', () => {
  const fields = { title: 'Vabilo: trg', description: '', date: '2027-04-15', draft: false, aliases: ['/sl/a/'], weight: null, body: '\nBesedilo.\n\n', [SOURCE]: '' };
  assert.equal(toFile(fields), "---\ntitle: 'Vabilo: trg'\ndate: 2027-04-15\n---\n\nBesedilo.\n");
});

test('a page without front matter gets one with its first key', () => {
  assert.equal(toFile({ ...fromFile('Text.\n'), title: 'A' }), '---\ntitle: A\n---\n\nText.\n');
});

test('a BOM and the line ends of Windows stay', () => {
  const page = '\uFEFF---\r\ntitle: A\r\n---\r\nText.\r\n';
  assert.equal(toFile({ ...fromFile(page), title: 'B' }), page.replace('A', 'B'));
});

test('a text that begins with a sign of YAML is quoted', () => {
  for (const text of ['*Nova* knjižnica', '&c', '?a', '-a', ':a', '%d', '@a', '`a`', '!a']) {
    assert.equal(toFile({ ...fromFile('---\ntitle: A\n---\n'), title: text }), `---\ntitle: '${text}'\n---\n`);
  }
});

test('line ends that only some YAML knows are escaped, also in a block', () => {
  const page = '---\ntitle: A\ndescription: |-\n  A\n  b\nslug: a\n---\n';
  const after = toFile({ ...fromFile(page), title: 'a\u2028b', description: 'c\u2029\nd\u0085' });
  assert.equal(after, '---\ntitle: "a\\u2028b"\ndescription: "c\\u2029\\nd\\u0085"\nslug: a\n---\n');
});

test('front matter ends at a line of its own, whatever else may end a line', () => {
  const page = "---\ntitle: 'A\u2028---\u2028B'\nslug: a\n---\nText.\n";
  assert.equal(split(page).body, 'Text.');
});

test('a line end that only some YAML knows is refused where it stands in the front matter', () => {
  for (const end of ['\u0085', '\u2028', '\u2029']) {
    const page = `---\ntitle: A # B${end}slug: a\n---\nText${end}\n`;
    assert.equal(toFile(fromFile(page)), page);
    assert.throws(() => toFile({ ...fromFile(page), title: 'B' }), (error) => error instanceof Refusal && error.code === 'yaml');
    const good = page.replace(end, ' ');
    assert.equal(toFile({ ...fromFile(good), title: 'B' }), good.replace('A', 'B'));
  }
});

const STEPS = [...'bcdefghij'].map((key, at) => `${key}: &${key} [${Array(9).fill(`*${'abcdefghi'[at]}`).join(', ')}]\n`);
const ENDLESS = {
  'inside of itself': 'title: A\nnav: &x [*x]\n',
  'two of them': 'title: A\nnav: &x\n  - a: &y {b: *x}\n  - *y\n',
  'millions of values': `title: A\na: &a [x]\n${STEPS.join('')}`,
};
for (const [name, head] of Object.entries(ENDLESS)) {
  test(`an alias without an end is refused: ${name}`, () => {
    const page = `---\n${head}---\nText.\n`;
    assert.equal(toFile(fromFile(page)), page);
    assert.throws(() => toFile({ ...fromFile(page), title: 'B' }), (error) => error instanceof Refusal && error.code === 'yaml');
  });
}

test('front matter of another language in one line is refused', () => {
  const page = '{ "title": "A" }\nText.\n';
  assert.equal(toFile(fromFile(page)), page);
  assert.throws(() => toFile({ ...fromFile(page), title: 'B' }), (error) => error instanceof Refusal && error.code === 'foreign');
});

test('a second save continues from the first', () => {
  const fields = { ...fromFile(PAGE), title: 'B', slug: 'b' };
  const first = toFile(fields);
  assert.equal(toFile({ ...fields, weight: 4 }), toFile({ ...fromFile(first), weight: 4 }));
});

const REFUSED = {
  yaml: ['---\ntitle: [\n---\n', { title: 'A' }],
  foreign: ['+++\ntitle = "A"\n+++\n', { title: 'A' }],
  unclosed: ['---\ntitle: A\n', { title: 'B' }],
  'line-ends': ['---\r\ntitle: A\n---\n', { title: 'B' }],
  anchor: ['---\ntitle: &a A\nnav: *a\n---\n', { title: 'B' }],
  comment: ['---\nsources:\n  - a # why\n---\n', { sources: { a: 'b' } }],
  key: ['---\n{title: A}\n---\n', { weight: 3 }],
  indent: ['---\ntitle: A\n---\n    code\ntext\n', { body: 'codes\ntext' }],
  body: ['Text.\n', { body: '---\ntitle: B\n---\n' }],
};

test('every reason to refuse has a case', () => assert.deepEqual([...Object.keys(REFUSED), 'moved', 'stale'].sort(), [...CODES].sort()));

for (const [code, [page, fields]] of Object.entries(REFUSED)) {
  test(`refused: ${code}`, () => {
    assert.equal(toFile(fromFile(page)), page);
    assert.throws(() => toFile({ ...fromFile(page), ...fields }), (error) => error instanceof Refusal && error.code === code);
  });
}

test('refused: stale, a draft of a file that is not loaded any more, in any language', () => {
  const draft = new Session().fromFile(PAGE);
  const session = new Session();
  const now = session.fromFile(PAGE.replace('Besedilo', 'Novo besedilo'));
  for (const fields of [draft, { ...draft, title: 'B' }]) {
    assert.throws(() => session.toFile(fields), (error) => error instanceof Refusal && error.code === 'stale');
  }
  assert.match(session.toFile({ ...now, title: 'B' }), /Novo besedilo/);
  assert.match(session.toFile({ title: 'New', body: '' }), /^---\ntitle: New/);
});

test('a refusal is a whole sentence in each language', () => {
  for (const language of LANGUAGES) {
    for (const code of CODES) {
      const text = sentence(code, { key: 'title', detail: 'x' }, language);
      assert.match(text, /^\p{Lu}.{40,}\.$/u);
      assert.ok(!text.includes('{'), text);
    }
  }
  assert.equal(chosenLanguage(['fi', 'es-CO', 'sl']), 'es');
  assert.equal(chosenLanguage(['fi']), 'en');
});
