/**
 * Values of front matter as typed: text stays text (`012`, `2026-05-01`, `no`); only true, false and whole numbers
 * are more. What the web editor does to a value on its way (text trimmed, numbers as text) is no change.
 */

import { isAlias, isMap, isScalar, isSeq } from 'yaml';

import { Refusal } from './refusal.mjs';

const MOST_ALIASES = 100;

/** Return the plain value of a YAML node of `document`. Throws a Refusal: yaml. */
export function valueOf(node, document) {
  const open = new Set(); // the aliases around a node: one that is inside of itself has no end
  let left = MOST_ALIASES; // a few lines of them can stand for millions of values
  const plain = (one) => {
    if (isAlias(one)) {
      left -= 1;
      if (open.has(one) || left < 0) throw new Refusal('yaml', { detail: `*${one.source}` });
      open.add(one);
      const value = plain(one.resolve(document));
      open.delete(one);
      return value;
    }
    if (isMap(one)) return Object.fromEntries(one.items.map((pair) => [keyOf(pair), plain(pair.value)]));
    if (isSeq(one)) return one.items.map(plain);
    return isScalar(one) ? scalarValue(one) : '';
  };
  return plain(node);
}

/** Return the name of a pair's key. */
export function keyOf(pair) {
  return String(pair.key?.value ?? pair.key);
}

function scalarValue({ type, value }) {
  const text = String(value ?? '');
  if (type !== 'PLAIN') return text;
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null' || text === '~') return '';
  return /^(?:0|-?[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}

/**
 * Return whether two values are the same for an editor: leaf by leaf, as trimmed text, without empty leaves. A leaf
 * that is false is the same as none.
 */
export function same(one, other) {
  return equal(leaves(one), leaves(other)) || equal(leaves(trueOnly(one)), leaves(trueOnly(other)));
}

function equal(left, right) {
  return left.size === right.size && [...left].every(([path, text]) => right.get(path) === text);
}

function trueOnly(value) {
  if (value === false) return '';
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, trueOnly(item)]));
}

/** Return whether a value says nothing where its key is missing: empty, false, or holding nothing else. */
export function isVoid(value) {
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isVoid);
  return value === false || String(value ?? '').trim() === '';
}

/** Return a value without the parts that say nothing, and its texts without blanks around them. */
export function withoutVoid(value) {
  if (Array.isArray(value)) return value.filter((item) => !isVoid(item)).map(withoutVoid);
  if (!isRecord(value)) return typeof value === 'string' ? value.trim() : value;
  return Object.fromEntries(
    Object.entries(value).filter(([, item]) => !isVoid(item)).map(([key, item]) => [key, withoutVoid(item)]),
  );
}

/** Return whether a value is a mapping. */
export function isRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function leaves(value, path = '', found = new Map()) {
  if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) leaves(item, path ? `${path}.${key}` : key, found);
    return found;
  }
  const text = String(value ?? '').trim();
  if (text) found.set(path, text);
  return found;
}
