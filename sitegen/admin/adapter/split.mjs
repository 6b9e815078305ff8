/**
 * The parts of a Markdown file, as sitegen reads them: their texts joined are the file, byte for byte.
 */

import { Refusal } from './refusal.mjs';

const OPENING = /^(?:[ \t]*\n)*---[ \t]*(?:\n|$)/;
const CLOSING = /(?<![^\n])(?:---|\.\.\.)[ \t]*(?![^\n])/; // `^` and `$` would know other line ends, too
const FOREIGN = /^(?:[ \t]*\n)*(?:\+\+\+[ \t]*\n|\{[ \t]*\n|\{[ \t]*"[^\n]*\}[ \t]*\n)/;

/**
 * Split a file into {bom, eol, opening, head, closing, lead, body, trail}, with line feeds only.
 *
 * `eol` is the line end that the file is written with. `lead` are the blank lines above the body and `trail` the
 * white space below it. A file without front matter has an empty `opening` and `closing`.
 * Throws a Refusal: line-ends, foreign, unclosed.
 */
export function split(file) {
  const bom = file.startsWith('\uFEFF') ? '\uFEFF' : '';
  const eol = lineEnd(file);
  const text = file.slice(bom.length).replaceAll('\r\n', '\n');
  const opening = OPENING.exec(text)?.[0] ?? '';
  if (!opening) {
    if (FOREIGN.test(text)) throw new Refusal('foreign');
    return { bom, eol, opening: '', head: '', closing: '', ...splitBody(text) };
  }
  const rest = text.slice(opening.length);
  const close = CLOSING.exec(rest);
  if (!close) throw new Refusal('unclosed');
  const end = rest[close.index + close[0].length] === '\n' ? 1 : 0;
  const closing = close[0] + '\n'.repeat(end);
  const head = rest.slice(0, close.index);
  return { bom, eol, opening, head, closing, ...splitBody(rest.slice(close.index + closing.length)) };
}

/** Return the file that `split` took apart. */
export function join({ bom, eol, opening, head, closing, lead, body, trail }) {
  const text = opening + head + closing + lead + body + trail;
  return bom + (eol === '\n' ? text : text.replaceAll('\n', eol));
}

function splitBody(text) {
  const body = text.trimEnd();
  const lead = /^(?:[ \t]*\n)*/.exec(body)[0];
  return { lead: body ? lead : text, body: body.slice(lead.length), trail: body ? text.slice(body.length) : '' };
}

function lineEnd(file) {
  const all = file.match(/\r\n|\r|\n/g) ?? [];
  const kinds = new Set(all);
  if (kinds.has('\r') || kinds.size > 1) throw new Refusal('line-ends');
  return kinds.has('\r\n') ? '\r\n' : '\n';
}
