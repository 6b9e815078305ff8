/**
 * What the adapter says when it cannot change a file without a guess, in the three languages of the tool.
 */

const SENTENCES = {
  en: {
    'yaml': 'The front matter of this page is not valid YAML ({detail}). Correct it in the text file; this editor leaves it as it is.',
    'foreign': 'The front matter of this page is not YAML. Change this page in the text file; this editor leaves it as it is.',
    'unclosed': 'The front matter of this page has no closing line “---”. Add it in the text file; this editor leaves the page as it is.',
    'line-ends': 'The lines of this page end in different ways (LF and CRLF). Give all of them the same ending in the text file; this editor leaves the page as it is.',
    'key': 'The key “{key}” cannot be changed here without changing something else in the front matter. Change it in the text file.',
    'anchor': 'Other lines of the front matter refer to the key “{key}” (&{detail}). Change it in the text file.',
    'comment': 'The key “{key}” has comments inside that would be lost. Change it in the text file.',
    'indent': 'The text of this page begins with an indented line, which this editor cannot keep. Change that line in the text file.',
    'body': 'Text that begins with a line “---” would be read as front matter. Write something above that line.',
    'stale': 'This draft was made from an older version of the page. Copy what you wrote, discard the draft, open the page again and paste it.',
    'moved': 'Somebody has changed this page since you opened it. Copy what you wrote, reload the editor, open the page again and paste it.',
  },
  sl: {
    'yaml': 'Glava strani ni veljaven YAML ({detail}). Popravite jo v besedilni datoteki; ta urejevalnik je ne spreminja.',
    'foreign': 'Glava strani ni zapisana v YAML. Stran spremenite v besedilni datoteki; ta urejevalnik je ne spreminja.',
    'unclosed': 'Glava strani nima zaključne vrstice »---«. Dodajte jo v besedilni datoteki; ta urejevalnik strani ne spreminja.',
    'line-ends': 'Vrstice te strani se ne končujejo enako (LF in CRLF). Njihove konce poenotite v besedilni datoteki; ta urejevalnik strani ne spreminja.',
    'key': 'Ključa »{key}« tukaj ni mogoče spremeniti, ne da bi se v glavi spremenilo še kaj. Spremenite ga v besedilni datoteki.',
    'anchor': 'Na ključ »{key}« se sklicujejo druge vrstice glave (&{detail}). Spremenite ga v besedilni datoteki.',
    'comment': 'Ključ »{key}« vsebuje komentarje, ki bi se izgubili. Spremenite ga v besedilni datoteki.',
    'indent': 'Besedilo strani se začne z zamaknjeno vrstico, ki je ta urejevalnik ne more ohraniti. To vrstico spremenite v besedilni datoteki.',
    'body': 'Besedilo, ki se začne z vrstico »---«, bi se prebralo kot glava. Nad to vrstico nekaj napišite.',
    'stale': 'Ta osnutek je nastal iz starejše različice strani. Kopirajte, kar ste napisali, osnutek zavrzite, stran znova odprite in besedilo prilepite.',
    'moved': 'Medtem ko ste urejali, je nekdo to stran spremenil. Kopirajte, kar ste napisali, znova naložite urejevalnik, odprite stran in besedilo prilepite.',
  },
  es: {
    'yaml': 'El encabezado de esta página no es YAML válido ({detail}). Corríjalo en el archivo de texto; este editor no lo modifica.',
    'foreign': 'El encabezado de esta página no está en YAML. Cambie la página en el archivo de texto; este editor no la modifica.',
    'unclosed': 'Al encabezado de esta página le falta la línea final «---». Añádala en el archivo de texto; este editor no modifica la página.',
    'line-ends': 'Las líneas de esta página no terminan todas igual (LF y CRLF). Unifique los finales de línea en el archivo de texto; este editor no modifica la página.',
    'key': 'La clave «{key}» no se puede cambiar aquí sin cambiar algo más en el encabezado. Cámbiela en el archivo de texto.',
    'anchor': 'Otras líneas del encabezado remiten a la clave «{key}» (&{detail}). Cámbiela en el archivo de texto.',
    'comment': 'La clave «{key}» contiene comentarios que se perderían. Cámbiela en el archivo de texto.',
    'indent': 'El texto de esta página empieza con una línea sangrada que este editor no puede conservar. Cambie esa línea en el archivo de texto.',
    'body': 'Un texto que empieza con una línea «---» se leería como encabezado. Escriba algo encima de esa línea.',
    'stale': 'Este borrador se hizo a partir de una versión anterior de la página. Copie lo que ha escrito, descarte el borrador, abra la página de nuevo y péguelo.',
    'moved': 'Alguien ha cambiado esta página después de que usted la abriera. Copie lo que ha escrito, vuelva a cargar el editor, abra la página de nuevo y péguelo.',
  },
};

/** An edit that would be a guess. `code` says why, `key` is a front-matter key, `detail` is what was found. */
export class Refusal extends Error {
  constructor(code, { key = '', detail = '' } = {}) {
    super(sentence(code, { key, detail }, 'en'));
    this.name = 'Refusal';
    this.code = code;
    this.values = { key, detail };
  }
}

/** Return the sentence for a code in one language, or in English if there is none. */
export function sentence(code, { key, detail }, language) {
  const texts = SENTENCES[language] ?? SENTENCES.en;
  return texts[code].replace('{key}', () => key).replace('{detail}', () => detail);
}

/** Return the first language of a reader that the sentences exist in: `languages` are BCP 47 tags, best first. */
export function chosenLanguage(languages) {
  const bases = languages.map((tag) => tag.toLowerCase().split('-')[0]);
  return bases.find((base) => base in SENTENCES) ?? 'en';
}

export const CODES = Object.keys(SENTENCES.en);
export const LANGUAGES = Object.keys(SENTENCES);
