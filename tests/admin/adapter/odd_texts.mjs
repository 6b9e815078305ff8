// Writes each text of standard input, a JSON list, to every kind of place in a front matter. Prints a list of
// {place, text, file}: what the generator reads there is asked in Python. A refused text is left out.
import { readFileSync } from 'node:fs';

import { fromFile, toFile } from '../../../sitegen/admin/adapter/file.mjs';
import { Refusal } from '../../../sitegen/admin/adapter/refusal.mjs';

const PAGE = `---
title: 'One'
description: Two
slug: "three"
image_alt: |
  four
nav: >-
  five
search: {also: [a, 'b']}
aliases:
  - a
sources:
  - {title: A}
---

Text.
`;
const PLACES = {
  title: (text) => ({ title: text }),
  description: (text) => ({ description: text }),
  slug: (text) => ({ slug: text }),
  image_alt: (text) => ({ image_alt: text }),
  nav: (text) => ({ nav: text }),
  template: (text) => ({ template: text }),
  search: (text) => ({ search: { also: ['a', 'b', text] } }),
  aliases: (text) => ({ aliases: ['a', text] }),
  sources: (text) => ({ sources: [{ title: 'A', publisher: text }] }),
};

const found = [];
for (const text of JSON.parse(readFileSync(0, 'utf8'))) {
  for (const [place, fields] of Object.entries(PLACES)) {
    try {
      found.push({ place, text, file: toFile({ ...fromFile(PAGE), ...fields(text) }) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
}
process.stdout.write(JSON.stringify(found));
