/**
 * Gives the web editor the format of sitegen's pages, and starts it.
 */

import { chosenLanguage, Refusal, sentence } from './refusal.mjs';
import { careful } from './payload.mjs';
import { Session } from './session.mjs';

const session = new Session();

/** Return the file; a refusal becomes the error whose cause the editor shows to its reader. */
function formatted(content) {
  try {
    return session.toFile(content);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Error('saving_failed', { cause: new Error(said(error)) });
  }
}

/** Return a refusal in the language of the editor's reader. */
function said(error) {
  return sentence(error.code, error.values, language());
}

/** Return the language that the editor's reader chose on the start page, or that of the browser. */
function language() {
  return chosenLanguage([localStorage.getItem('sitegen.language'), ...navigator.languages].filter(Boolean));
}

window.fetch = careful(window.fetch.bind(window), crypto.subtle, session, said);
window.CMS.registerCustomFormat('sitegen-frontmatter', 'md', { fromFile: (text) => session.fromFile(text), toFile: formatted });
window.CMS.init();
