/**
 * The files that the editor has loaded or written since it was opened. A draft that the browser kept from an earlier
 * day brings the file that it was made from; if the page has changed since, saving it would undo those changes in all
 * languages.
 */

import { fromFile, SOURCE, toFile } from './file.mjs';
import { Refusal } from './refusal.mjs';

export class Session {
  #texts = new Set();
  #sources = new Map(); // a file as written → the file that it was made from

  /** Return the fields of a file; see file.mjs. */
  fromFile(text) {
    this.#texts.add(asLoaded(text));
    return fromFile(text);
  }

  /** Return the file of these fields; see file.mjs. Throws a Refusal, stale too. */
  toFile(content) {
    const source = content[SOURCE] ?? '';
    if (source && !this.#texts.has(asLoaded(source))) throw new Refusal('stale');
    const file = toFile(content);
    this.#texts.add(asLoaded(file));
    this.#sources.set(asLoaded(file), asLoaded(source));
    return file;
  }

  /**
   * Return whether a save has to send a file that the host holds as `held`, or does not hold.
   * Throws a Refusal: moved, if somebody else has changed a file that was edited here.
   */
  mustSend(file, held) {
    const written = asLoaded(file);
    const source = this.#sources.get(written);
    if (held !== undefined && this.#texts.has(asLoaded(held))) return true;
    if (source === written) return false; // not edited: theirs stays
    if (held === undefined && !source) return true;
    throw new Refusal('moved');
  }
}

/** Return a text as the editor gives it to its formats. */
function asLoaded(text) {
  return text.trim().replace(/\r\n?/g, '\n');
}
