/**
 * A value changed where it stands: only the text of the leaves, items and keys that differ is replaced.
 */

import { isAlias, isMap, isScalar, isSeq } from 'yaml';

import { contentEnd, endOfLines, indentOf, lineEnd, lineOf, lineStart, placed } from './lines.mjs';
import { afterKey, flow, listItem, name, scalar } from './render.mjs';
import { isRecord, isVoid, keyOf, same, valueOf, withoutVoid } from './values.mjs';

/**
 * Return the head with the value of a pair changed, or nothing where its text has no place for the new value.
 * All changes are collected first and made from the end to the start, so that places stay true.
 */
export function changed({ head, document, pair, value }) {
  const edits = valueEdits({ head, document }, pair, value);
  if (!edits) return undefined;
  return edits.sort((one, other) => other.start - one.start || other.end - one.end)
    .reduce((text, { start, end, piece }) => placed(text, start, end, piece), head);
}

function valueEdits(context, pair, value) {
  return nodeEdits(context, pair.value, value, indentOf(context.head, pair));
}

/** Return the edits that give a node another value; `indent` are the spaces before what holds it. */
function nodeEdits(context, node, value, indent) {
  if (same(valueOf(node, context.document), value)) return [];
  if (isScalar(node) || isAlias(node)) return leafEdits(context, node, value, indent);
  if (isMap(node) && isRecord(value)) return mapEdits(context, node, value);
  if (isSeq(node) && Array.isArray(value)) return listEdits(context, node, value, indent);
  return node.flow ? [{ start: node.range[0], end: node.range[1], piece: flow(withoutVoid(value)) }] : undefined;
}

function leafEdits({ head }, node, value, indent) {
  const [start, end] = node.range;
  const old = head.slice(start, end);
  const shared = head.slice(end, lineEnd(head, end)).trim() !== ''; // the rest of the line, as a comment
  const text = typeof value === 'object' && value ? flow(withoutVoid(value)) : leafText(node, old, withoutVoid(value ?? ''), indent, shared);
  const gap = start > 0 && !/[\s[{,]/.test(head[start - 1]) ? ' ' : '';
  const close = old.endsWith('\n') ? '\n' : '';
  const after = old === '' && /[^\s]/.test(head[end] ?? '\n') ? ' ' : '';
  return [{ start, end, piece: gap + text + close + after }];
}

/** Return a leaf in the style of the one that it replaces, whose text is `old`. */
function leafText(node, old, value, indent, shared) {
  const header = /^[|>][+-]?(?=\n)/.exec(old)?.[0] ?? '';
  const inner = /\n+( +)/.exec(header && old)?.[1] ?? `${indent}  `;
  const oneLine = shared && !header && String(value).includes('\n');
  const style = oneLine ? 'QUOTE_DOUBLE' : (node.type ?? 'PLAIN');
  return scalar(value, { style, indent: inner, header, flow: Boolean(node.inBrackets) });
}

function mapEdits(context, map, value) {
  markBrackets(map);
  const edits = [];
  const keys = new Set(map.items.map(keyOf));
  for (const pair of map.items) {
    const next = value[keyOf(pair)];
    if (same(valueOf(pair.value, context.document), next)) continue;
    const gone = isVoid(next) && next !== false;
    const some = gone ? pairCut(context.head, map, pair) : valueEdits(context, pair, next);
    if (!some) return undefined;
    edits.push(...some);
  }
  const more = Object.entries(value).filter(([key, item]) => !keys.has(key) && !isVoid(item));
  if (!more.length) return edits;
  const added = pairsAdded(context.head, map, more);
  return added && [...edits, ...added];
}

function pairCut(head, map, pair) {
  const at = map.items.indexOf(pair);
  if (map.items.length === 1) return undefined;
  if (map.flow) return itemCut(map.items.map(pairRange), at);
  const whole = lineOf(head, pair);
  if (whole) return [{ start: whole[0], end: whole[1], piece: '' }];
  return [{ start: pair.key.range[0], end: map.items[at + 1].key.range[0], piece: '' }];
}

function pairsAdded(head, map, more) {
  const last = map.items.at(-1);
  if (!last) return undefined;
  if (map.flow) {
    const at = pairRange(last)[1];
    const piece = more.map(([key, item]) => `, ${name(key, true)}: ${flow(withoutVoid(item))}`).join('');
    return [{ start: at, end: at, piece }];
  }
  const indent = indentOf(head, last);
  const at = endOfLines(head, contentEnd(last.value, last.key.range[1]));
  const lines = more.map(([key, item]) => `${indent}${name(key)}:${afterKey(withoutVoid(item), indent)}\n`);
  return [{ start: at, end: at, piece: lines.join('') }];
}

/**
 * Return the edits of a list: items that stay keep their text, an item in the place of another is changed where it
 * stands, others are cut or written anew.
 */
function listEdits(context, list, value, indent) {
  markBrackets(list);
  const wanted = value.filter((item) => !isVoid(item) || item === false);
  if (!list.items.length || !wanted.length) return undefined;
  const old = list.items.map((item) => valueOf(item, context.document));
  const edits = [];
  for (const gap of gaps(old, wanted)) {
    const some = gapEdits(context, list, wanted, gap, indent);
    if (!some) return undefined;
    edits.push(...some);
  }
  return edits;
}

function gapEdits(context, list, wanted, { from, to, first, last }, indent) {
  const edits = [];
  const common = Math.min(to - from, last - first);
  for (let step = 0; step < common; step += 1) {
    const some = nodeEdits(context, list.items[from + step], wanted[first + step], `${indent}  `);
    if (!some) return undefined;
    edits.push(...some);
  }
  for (let at = from + common; at < to; at += 1) edits.push(...listCut(context.head, list, at));
  const added = wanted.slice(first + common, last);
  return added.length ? [...edits, itemsAdded(context.head, list, from + common, added)] : edits;
}

function listCut(head, list, at) {
  if (list.flow) return itemCut(list.items.map((item) => item.range), at);
  const item = list.items[at];
  const start = lineStart(head, item.range[0]);
  return [{ start, end: endOfLines(head, contentEnd(item, item.range[0])), piece: '' }];
}

function itemCut(ranges, at) {
  if (at > 0) return [{ start: ranges[at - 1][1], end: ranges[at][1], piece: '' }];
  return [{ start: ranges[0][0], end: ranges[1]?.[0] ?? ranges[0][1], piece: '' }];
}

function itemsAdded(head, list, at, items) {
  const kept = items.map(withoutVoid);
  if (list.flow) {
    const texts = kept.map(flow);
    const start = at > 0 ? list.items[at - 1].range[1] : list.items[0].range[0];
    return { start, end: start, piece: at > 0 ? texts.map((text) => `, ${text}`).join('') : `${texts.join(', ')}, ` };
  }
  const indent = /^ */.exec(head.slice(lineStart(head, list.range[0])))[0];
  const before = list.items[at - 1];
  const start = before ? endOfLines(head, contentEnd(before, before.range[0])) : lineStart(head, list.range[0]);
  const opens = start === head.length && !head.endsWith('\n') ? '\n' : '';
  return { start, end: start, piece: opens + kept.map((item) => `${listItem(item, indent)}\n`).join('') };
}

/**
 * Return the stretches where two lists differ, by a longest common subsequence: old items `from` to `to` give way to
 * new ones `first` to `last`.
 */
function gaps(old, wanted) {
  const lengths = Array.from({ length: old.length + 1 }, () => new Array(wanted.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = wanted.length - 1; j >= 0; j -= 1) {
      lengths[i][j] = same(old[i], wanted[j]) ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  const found = [];
  let [from, first] = [0, 0];
  let [i, j] = [0, 0];
  while (i < old.length && j < wanted.length) {
    if (same(old[i], wanted[j])) {
      if (i > from || j > first) found.push({ from, to: i, first, last: j });
      [i, j] = [i + 1, j + 1];
      [from, first] = [i, j];
    } else if (lengths[i + 1][j] >= lengths[i][j + 1]) i += 1;
    else j += 1;
  }
  if (old.length > from || wanted.length > first) found.push({ from, to: old.length, first, last: wanted.length });
  return found;
}

function pairRange(pair) {
  return [pair.key.range[0], pair.value?.range?.[1] ?? pair.key.range[1]];
}

function markBrackets(collection) {
  if (!collection.flow && !collection.inBrackets) return;
  for (const item of collection.items) {
    const node = item.key ? item.value : item;
    if (node) node.inBrackets = true;
  }
}
