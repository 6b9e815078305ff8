/**
 * The files that the editor has loaded since it was opened. A draft that the browser kept from an earlier day brings
 * the file that it was made from; if the page has changed since, saving it would undo those changes in all languages.
 */

import { fromFile, SOURCE, toFile } from './file.mjs';
import { Refusal } from './refusal.mjs';

export class Session {
  #texts = new Set();

  /** Return the fields of a file; see file.mjs. */
  fromFile(text) {
    this.#texts.add(text);
    return fromFile(text);
  }

  /** Return the file of these fields; see file.mjs. Throws a Refusal, stale too. */
  toFile(content) {
    const source = content[SOURCE];
    if (source && !this.#texts.has(source)) throw new Refusal('stale');
    return toFile(content);
  }
}
