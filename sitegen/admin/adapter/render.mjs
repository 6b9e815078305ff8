/**
 * A value as YAML: in the style of the value that it replaces, if it has one, else as short as it is safe.
 */

import { parse, parseDocument, stringify } from 'yaml';

import { isRecord } from './values.mjs';

// Plain in YAML 1.2, but something else than text to older readers.
const WORDS = /^(?:y|n|yes|no|on|off|null|true|false|~)$/i;

// Some of these begin a text in one YAML and something else in another.
const SIGN = /^[-?:,[\]{}#&*!|>'"%@`]/;

// In brackets, a key and its value to some YAML.
const PAIR = /:[^/\p{L}\p{N}]/u;

// Controls, halves of pairs, and line ends that only some YAML knows; not those that join letters or hyphenate.
const UNSEEN = /[^\P{C}\u200B-\u200D\u00AD]|[\u2028\u2029]/u;

/**
 * Return a scalar as YAML.
 * @param style the type of the node that it replaces (PLAIN, QUOTE_DOUBLE, BLOCK_LITERAL, …)
 * @param indent spaces before the lines of a block
 * @param flow whether it is inside brackets
 */
export function scalar(value, { style = 'PLAIN', indent = '  ', flow = false, header = '' } = {}) {
  if (typeof value !== 'string') return String(value);
  const fits = !UNSEEN.test(value.replace(/[\n\t]/g, '')); // a block has no escapes
  if (style.startsWith('BLOCK_') && !flow && fits) return block(value, indent, header);
  if (style === 'QUOTE_SINGLE' && singleIsSafe(value)) return single(value);
  if (style === 'QUOTE_DOUBLE') return double(value);
  if (value.includes('\n') && !flow && fits) return block(value, indent, '|-');
  if (plainIsSafe(value, flow)) return value;
  return singleIsSafe(value) && !value.includes("'") ? single(value) : double(value);
}

/**
 * Return a value as what stands after `key:`, with the space or line break that it begins with.
 * @param indent spaces before the key itself
 */
export function afterKey(value, indent = '') {
  if (Array.isArray(value) && value.some((item) => typeof item === 'object')) {
    return '\n' + value.map((item) => listItem(item, `${indent}  `)).join('\n');
  }
  if (typeof value === 'object') return ` ${flow(value)}`;
  return ` ${scalar(value, { indent: `${indent}  ` })}`;
}

/** Return a value on one line, lists and mappings in brackets. */
export function flow(value) {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (!isRecord(value)) return scalar(value, { flow: true });
  return `{${Object.entries(value).map(([key, item]) => `${name(key, true)}: ${flow(item)}`).join(', ')}}`;
}

/** Return a line (or lines) of a list in block style, with its hyphen. */
export function listItem(value, indent) {
  if (!isRecord(value)) {
    return `${indent}- ${Array.isArray(value) ? flow(value) : scalar(value, { indent: `${indent}  ` })}`;
  }
  const lines = Object.entries(value).map(([key, item]) => `${name(key)}:${afterKey(item, `${indent}  `)}`);
  return `${indent}- ${lines.join(`\n${indent}  `)}`;
}

/** Return a key as YAML. */
export function name(key, inFlow = false) {
  return plainIsSafe(key, inFlow) ? key : double(key);
}

function block(value, indent, header) {
  const kind = /^[|>][+-]?$/.test(header) ? header : '|-';
  const text = kind.startsWith('>') ? value.replaceAll('\n', '\n\n') : value;
  const lines = text.split('\n').map((line) => (line ? indent + line : ''));
  return `${kind}\n${lines.join('\n')}`;
}

function single(value) {
  return `'${value.replaceAll("'", "''")}'`;
}

function double(value) {
  const text = stringify(value.toWellFormed(), { defaultStringType: 'QUOTE_DOUBLE', lineWidth: 0 }).trimEnd();
  return text.replace(/[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function singleIsSafe(value) {
  return !UNSEEN.test(value);
}

function plainIsSafe(value, inFlow) {
  if (value !== value.trim() || WORDS.test(value) || SIGN.test(value) || !singleIsSafe(value)) return false;
  if (inFlow && PAIR.test(value)) return false;
  const source = inFlow ? `[${value}]` : `k: ${value}`;
  const document = parseDocument(source, { schema: 'failsafe', prettyErrors: false });
  if (document.errors.length || document.warnings.length) return false;
  const read = document.toJS();
  const text = inFlow ? read?.length === 1 && read[0] : read?.k;
  return text === value && typeof parse(source)[inFlow ? 0 : 'k'] === 'string';
}
