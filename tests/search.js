// Runs the search engine of the site outside a browser: a JSON object on stdin → a JSON array on stdout.
const fs = require('fs');
const vm = require('vm');
const { engine, index, queries, texts, pairs } = JSON.parse(fs.readFileSync(0, 'utf8'));
const self = {};
const context = vm.createContext({ self });
vm.runInContext(engine, context);
const { open, words, fold, slipped } = self.searchEngine;
let answers;
if (texts) answers = texts.map((text) => words(text).map(fold).filter(Boolean));
if (pairs) answers = pairs.map(([typed, word]) => slipped(typed, word, false));
if (queries) {
  vm.runInContext(index, context);
  const search = open(self.searchIndex);
  answers = queries.map((query) => search.find(query));
}
process.stdout.write(JSON.stringify(answers));
