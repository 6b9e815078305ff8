/**
 * Values of front matter as typed: text stays text (`012`, `2026-05-01`, `no`); only true, false and whole numbers
 * are more. What the web editor does to a value on its way (text trimmed, numbers as text) is no change.
 */

import { isAlias, isMap, isScalar, isSeq } from 'yaml';

/** Return the plain value of a YAML node of `document`. */
export function valueOf(node, document) {
  if (isAlias(node)) return valueOf(node.resolve(document), document);
  if (isMap(node)) {
    return Object.fromEntries(node.items.map((pair) => [keyOf(pair), valueOf(pair.value, document)]));
  }
  if (isSeq(node)) return node.items.map((item) => valueOf(item, document));
  return isScalar(node) ? scalarValue(node) : '';
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

/** Return a value without the parts that say nothing. */
export function withoutVoid(value) {
  if (Array.isArray(value)) return value.filter((item) => !isVoid(item)).map(withoutVoid);
  if (!isRecord(value)) return value;
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
