// Every Markdown file of the project: without a change the same bytes, with one change only the lines of that key.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { fromFile, SOURCE, toFile } from '../../../sitegen/admin/adapter/file.mjs';
import { parsed, values } from '../../../sitegen/admin/adapter/head.mjs';
import { lineOf } from '../../../sitegen/admin/adapter/lines.mjs';
import { Refusal } from '../../../sitegen/admin/adapter/refusal.mjs';
import { split } from '../../../sitegen/admin/adapter/split.mjs';
import { keyOf } from '../../../sitegen/admin/adapter/values.mjs';

const ROOT = join(import.meta.dirname, '../../..');
const FOLDERS = ['content', 'sitegen/starter', 'tests/sites', 'tests/dialects', 'tests/minimal', 'tests/bad', 'docs'];
const FILES = FOLDERS.flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true })
  .filter((name) => name.endsWith('.md')).map((name) => join(folder, name)));

const read = (path) => readFileSync(join(ROOT, path), 'utf8');

/** Return the parts of a file, or nothing where the adapter refuses to change it. */
function partsOf(text) {
  try {
    const parts = split(text);
    values(parts.head);
    return parts;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** Return [first, end] of the lines that differ, as [lines before, lines after]. */
function difference(before, after) {
  const [old, now] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < Math.min(old.length, now.length) && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  return { start, old: old.slice(start, old.length - end), now: now.slice(start, now.length - end) };
}

/** Return another value of the same kind. */
function another(value) {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 7;
  if (typeof value === 'string') return `${value}x`;
  if (Array.isArray(value)) return [...value, typeof value[0] === 'object' ? { title: 'New' } : 'new'];
  return { ...value, more: 'new' };
}

test('there are files to read', () => assert.ok(FILES.length > 500, String(FILES.length)));

test('without a change every file keeps its bytes', () => {
  for (const path of FILES) assert.equal(toFile(fromFile(read(path))), read(path), path);
});

test('as the editor hands values back, trimmed and as text, every file keeps its bytes', () => {
  const asText = (value) => (typeof value === 'object' ? value : String(value).trim());
  for (const path of FILES) {
    const { [SOURCE]: source, ...fields } = fromFile(read(path).trim());
    const back = Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, asText(value)]));
    const search = typeof fields.search === 'object' ? { search: { exclude: false, also: [], ...fields.search } } : {};
    const more = { draft: false, weight: null, sources: [], search: { exclude: false, also: [] }, image_alt: '' };
    assert.equal(toFile({ ...more, ...back, ...search, [SOURCE]: source }), read(path).trim(), path);
  }
});

test('a change of one key changes the lines of that key', () => {
  let changes = 0;
  for (const path of FILES.filter((name) => !/^(?:docs|tests\/bad)/.test(name))) {
    const text = read(path);
    const parts = partsOf(text);
    if (!parts) continue;
    const document = parsed(parts.head);
    const above = parts.opening.split('\n').length - 1;
    for (const pair of document.contents?.items ?? []) {
      const [key, fields] = [keyOf(pair), fromFile(text)];
      if (!(key in fields) || key === 'body') continue;
      const edited = { ...fields, [key]: another(fields[key]) };
      let after;
      try {
        after = toFile(edited);
      } catch (error) {
        assert.ok(error instanceof Refusal, `${path}: ${key}: ${error.stack}`);
        assert.ok(['anchor', 'comment', 'key'].includes(error.code), path);
        assert.match(path, /^tests\/dialects/, `${path}: ${error.message}`);
        continue;
      }
      changes += 1;
      const [start, end] = lineOf(parts.head, pair).map((at) => parts.head.slice(0, at).split('\n').length - 1 + above);
      const { start: first, old, now } = difference(text.replaceAll('\r\n', '\n'), after.replaceAll('\r\n', '\n'));
      assert.ok(first >= start && first + old.length <= end, `${path}: ${key}: ${old.join('⏎')} → ${now.join('⏎')}`);
      assert.ok(typeof fields[key] === 'object' || text.includes('|') || now.length === 1, `${path}: ${key}: ${now}`);
    }
  }
  assert.ok(changes > 1000, String(changes));
});

test('one letter in a body changes one line', () => {
  for (const path of FILES) {
    const text = read(path);
    const fields = fromFile(text);
    if (!partsOf(text) || !fields.body.trim() || /^\s/.test(fields.body)) continue;
    const at = Math.floor(fields.body.length / 2);
    const after = toFile({ ...fields, body: `${fields.body.slice(0, at)}x${fields.body.slice(at)}` });
    assert.equal(after.length, text.length + 1, path);
    const { old, now } = difference(text, after);
    assert.equal(old.length, 1, path);
    assert.equal(now.length, 1, path);
  }
});

test('a file that cannot be changed is shown, kept, and a change of it is refused', () => {
  const refused = FILES.filter((path) => !partsOf(read(path)));
  for (const path of refused) {
    const fields = fromFile(read(path));
    assert.equal(toFile(fields), read(path));
    assert.throws(() => toFile({ ...fields, title: 'New' }), Refusal, path);
  }
});
