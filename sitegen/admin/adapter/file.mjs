/**
 * A Markdown file and what the web editor knows of it: the keys that it may change, the body, and the file itself, which
 * travels with them, so that a save changes what was edited and nothing else.
 */

import { values, withKey, withoutKey, withValue } from './head.mjs';
import { Refusal } from './refusal.mjs';
import { join, split } from './split.mjs';
import { isVoid, same } from './values.mjs';

/** The name of the hidden field with the file as it was. */
export const SOURCE = 'sitegen_source';

const BODY = 'body';

// Keys that the editor neither sees nor changes: the engine writes the one, and the others hold anything.
const UNSEEN = new Set(['l10n', 'extra', SOURCE]);

// A key whose text `false` means the value false: the page is in no menu.
const TEXT_OR_FALSE = new Set(['nav']);

/**
 * Return the fields of a file for the editor. A file that cannot be changed without a guess is shown with its text as
 * body; the reason is told when a change of it is saved.
 */
export function fromFile(text) {
  try {
    const parts = split(text);
    const seen = Object.entries(values(parts.head)).filter(([key]) => !UNSEEN.has(key) && key !== BODY);
    return { ...Object.fromEntries(seen.map(([key, value]) => [key, shown(key, value)])), [BODY]: parts.body, [SOURCE]: text };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { title: '', [BODY]: text, [SOURCE]: text };
  }
}

/** Return the file of these fields. Throws a Refusal; see refusal.mjs. */
export function toFile(content) {
  const source = content[SOURCE];
  if (!source) return newFile(content);
  if (isUntouched(content, fromFile(source))) return source;
  const parts = split(source);
  const head = changedHead(parts.head, content);
  if (head === parts.head && same(content[BODY], parts.body)) return source;
  return join({ ...parts, ...fences(parts, head), head, ...changedBody(parts, String(content[BODY] ?? '')) });
}

/** Return a new file. It has no old URLs: aliases can only be a copy of those of another language. */
function newFile({ aliases, ...content }) {
  const head = changedHead('', content);
  const body = String(content[BODY] ?? '').trim();
  if (!head) mayBegin(body);
  return (head ? `---\n${head}---\n` : '') + (head && body ? '\n' : '') + (body ? `${body}\n` : '');
}

function isUntouched(content, before) {
  return [...new Set([...Object.keys(content), ...Object.keys(before)])]
    .filter((key) => !UNSEEN.has(key))
    .every((key) => isUnchanged(shown(key, before[key]), content[key], key in before));
}

/** Return whether a key needs no edit. `there` says whether the file has it. */
function isUnchanged(old, value, there) {
  return there ? same(old, value) : isVoid(value);
}

function changedHead(head, content) {
  const before = values(head);
  const keys = new Set([...Object.keys(before), ...Object.keys(content)]);
  let result = head;
  for (const key of keys) {
    if (UNSEEN.has(key) || key === BODY) continue;
    const there = Object.hasOwn(before, key);
    if (isUnchanged(shown(key, before[key]), content[key], there)) continue;
    const value = meant(key, content[key]);
    if (!there) result = withKey(result, key, value);
    else if (isVoid(value) && value !== false) result = withoutKey(result, key);
    else result = withValue(result, key, typeof value === 'string' ? value.trim() : value);
  }
  return result;
}

/** Return a value as the editor shows it: the false of a text field is a text there, and can be cleared. */
function shown(key, value) {
  return TEXT_OR_FALSE.has(key) && value === false ? 'false' : value;
}

function meant(key, value) {
  return TEXT_OR_FALSE.has(key) && value === 'false' ? false : value;
}

/** Give a file that had no front matter its two lines of hyphens. */
function fences({ opening, closing }, head) {
  if (opening || !head) return { opening, closing };
  return { opening: '---\n', closing: '---\n\n' };
}

function changedBody({ lead, body, trail, opening, closing }, value) {
  const text = value.trim();
  if (text === body.trim()) return { lead, body, trail };
  const kept = body.slice(0, body.length - body.trimStart().length);
  if (!kept) {
    if (!opening) mayBegin(text);
    const gap = !body && text && opening && !lead ? '\n' : lead;
    const end = trail || (text ? '\n' : '');
    return { lead: closing && !closing.endsWith('\n') && text ? `\n${gap}` : gap, body: text, trail: end };
  }
  const [first] = body.trim().split('\n', 1);
  if (text.split('\n', 1)[0] !== first) throw new Refusal('indent');
  return { lead, body: kept + text, trail };
}

function mayBegin(text) {
  if (/^---[ \t]*(?:\n|$)/.test(text)) throw new Refusal('body');
}
