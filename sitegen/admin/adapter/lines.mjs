/**
 * Places in a text: where lines begin and end, and texts with a piece replaced.
 */

import { isCollection } from 'yaml';

/** Return a text with the piece from `start` to `end` replaced. */
export function placed(text, start, end, piece) {
  return text.slice(0, start) + piece + text.slice(end);
}

/** Return where the line begins that `at` is on. */
export function lineStart(text, at) {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** Return where the line ends that `at` is on, after its line break. */
export function lineEnd(text, at) {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

/** Return the spaces before the key of a pair. */
export function indentOf(text, pair) {
  return ' '.repeat(pair.key.range[0] - lineStart(text, pair.key.range[0]));
}

/** Return where the last thing that a node says ends; `after` is the end of what comes before it. */
export function contentEnd(node, after) {
  if (!node?.range) return after;
  if (isCollection(node) && !node.flow && node.items.length) {
    const last = node.items.at(-1);
    return last.key ? contentEnd(last.value, last.key.range[1]) : contentEnd(last, node.range[0] + 1);
  }
  return Math.max(node.range[1], after);
}

/**
 * Return [start, end] of the lines of a pair in a block mapping, with a comment behind its value.
 * Nothing if something else is on its first line, as a hyphen is.
 */
export function lineOf(text, pair) {
  const start = lineStart(text, pair.key.range[0]);
  const before = text.slice(start, pair.key.range[0]);
  if (before.trim()) return undefined;
  return [start, endOfLines(text, contentEnd(pair.value, pair.key.range[1]))];
}

/** Return the end of the line on which something ends at `end`; that of a block ends with its line break. */
export function endOfLines(text, end) {
  return text[end - 1] === '\n' ? end : lineEnd(text, end);
}
