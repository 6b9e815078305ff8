/**
 * One key of a front matter at a time: read, set, add, remove, each as a change of its own lines and nothing else.
 *
 * Every change is read again before it counts: the other keys must have the values that they had, the key the new one,
 * and no comment may be missing. If that cannot be had, the change is refused.
 */

import { isAlias, isCollection, isMap, parseDocument, visit } from 'yaml';

import { indentOf, lineOf, placed } from './lines.mjs';
import { changed } from './nodes.mjs';
import { Refusal } from './refusal.mjs';
import { afterKey, name } from './render.mjs';
import { keyOf, same, valueOf, withoutVoid } from './values.mjs';

// Line ends to the generator's YAML, and letters to this one.
const DOUBTFUL = /[\u0085\u2028\u2029]/;

/** Parse YAML, its mistakes and comments too; every value is a text. */
function read(text) {
  return parseDocument(text, { schema: 'failsafe', prettyErrors: false, keepSourceTokens: true });
}

/** Parse the text between the two lines of hyphens. Throws a Refusal: yaml. */
export function parsed(head) {
  const doubt = DOUBTFUL.exec(head)?.[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  if (doubt) throw new Refusal('yaml', { detail: `U+${doubt}` });
  const document = read(head);
  const wrong = document.errors[0]?.message;
  if (wrong) throw new Refusal('yaml', { detail: wrong.split('\n')[0] });
  if (document.contents !== null && !isMap(document.contents) && head.trim()) {
    const empty = !isCollection(document.contents) && !document.contents.source;
    if (!empty) throw new Refusal('yaml', { detail: 'no mapping' });
  }
  return document;
}

/** Return key → value of a front matter, in its order. */
export function values(head) {
  const document = parsed(head);
  const pairs = isMap(document.contents) ? document.contents.items : [];
  return Object.fromEntries(pairs.map((pair) => [keyOf(pair), valueOf(pair.value, document)]));
}

/** Return the front matter with another value for a key that it has. Throws a Refusal: key, anchor, comment. */
export function withValue(head, key, value) {
  const { document, pair } = found(head, key);
  mayChange(document, pair, key);
  for (const attempt of [changed, rewritten]) {
    const result = attempt({ head, document, pair, value });
    if (result !== undefined && isSound(head, result, key, value)) return result;
  }
  throw new Refusal(hasComments(head, pair) ? 'comment' : 'key', { key });
}

/** Return the front matter with one more key at its end. Throws a Refusal: key. */
export function withKey(head, key, value) {
  const start = head && !head.endsWith('\n') ? `${head}\n` : head;
  const result = `${start}${name(key)}:${afterKey(withoutVoid(value))}\n`;
  if (!isSound(head, result, key, value)) throw new Refusal('key', { key });
  return result;
}

/** Return the front matter without a key, whose lines go with the comments on them. Throws a Refusal: key, anchor. */
export function withoutKey(head, key) {
  const { document, pair } = found(head, key);
  mayChange(document, pair, key);
  const whole = lineOf(head, pair);
  const result = whole && placed(head, whole[0], whole[1], '');
  if (result === undefined || !isSound(head, result, key, undefined)) throw new Refusal('key', { key });
  return result;
}

function found(head, key) {
  const document = parsed(head);
  return { document, pair: document.contents.items.find((pair) => keyOf(pair) === key) };
}

/** Write a whole value again, on the lines that it has; not where comments would be lost. */
function rewritten({ head, pair, value }) {
  const whole = lineOf(head, pair);
  if (!whole || hasComments(head, pair)) return undefined;
  const indent = indentOf(head, pair);
  const key = head.slice(whole[0], pair.key.range[1]);
  return placed(head, whole[0], whole[1], `${key}:${afterKey(withoutVoid(value), indent)}\n`);
}

function hasComments(head, pair) {
  const whole = lineOf(head, pair);
  return whole !== undefined && comments(head.slice(...whole)).length > 0;
}

/** Refuse to change a value whose anchor is used outside of it. */
function mayChange(document, pair, key) {
  const anchors = new Set();
  const inside = new Set();
  visit(pair.value, {
    Node: (_, node) => {
      if (node.anchor) anchors.add(node.anchor);
      if (isAlias(node)) inside.add(node);
    },
  });
  visit(document, {
    Alias: (_, node) => {
      if (anchors.has(node.source) && !inside.has(node)) throw new Refusal('anchor', { key, detail: node.source });
    },
  });
}

function isSound(before, after, key, value) {
  let old;
  let now;
  try {
    old = values(before);
    now = values(after);
  } catch {
    return false;
  }
  const good = value === undefined ? !(key in now) : key in now && same(now[key], value);
  delete old[key];
  delete now[key];
  const others = JSON.stringify(Object.entries(old)) === JSON.stringify(Object.entries(now));
  return good && others && (value === undefined || keepsComments(before, after));
}

function keepsComments(before, after) {
  const left = comments(after);
  return comments(before).every((comment) => {
    const at = left.indexOf(comment);
    return at >= 0 && left.splice(at, 1).length;
  });
}

/** Return the comments of a piece of YAML, in its order. */
function comments(text) {
  const notes = [];
  const walk = (token) => {
    if (!token || typeof token !== 'object') return;
    if (token.type === 'comment') notes.push(token.source);
    for (const part of Object.values(token)) if (typeof part === 'object') Array.isArray(part) ? part.forEach(walk) : walk(part);
  };
  walk(read(text).contents?.srcToken);
  return notes;
}
