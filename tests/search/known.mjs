// Looks for papers by words of their own, without length normalisation and with Lunr's default.
//
//   node known.mjs LUNR FOLDER QUERIES
//
// FOLDER holds full.json (b = 0), default.json (b = 0.75) and texts.json ([[title, abstract], ...]).
// Prints one JSON line: for queries from titles and from sentences, how well each finds the paper.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [lunrFile, folder, wanted] = process.argv.slice(2);
const lunr = createRequire(import.meta.url)(resolve(lunrFile));
lunr.utils.warn = () => {};
const read = (name) => JSON.parse(readFileSync(join(folder, name)));
const load = (name) => {
  const index = read(name);
  index.invertedIndex.sort((a, b) => (a[0] < b[0] ? -1 : 1));
  return lunr.Index.load(index);
};
const indexes = { off: load("full.json"), default: load("default.json") };
const texts = read("texts.json");

let seed = 20250807;
const random = (below) => {
  seed = (seed * 1103515245 + 12345) & 0x7fffffff;
  return Math.floor((seed / 0x80000000) * below);
};
const some = (text, count) => {
  const words = text.match(/[a-z]{3,}/gi) ?? [];
  return Array.from({ length: count }, () => words[random(words.length)]).filter(Boolean).join(" ");
};

// Papers with equal scores share their mean place.
function place(results, paper) {
  const found = results.find(({ ref }) => ref === String(paper));
  if (!found) return Infinity;
  const better = results.filter(({ score }) => score > found.score + 1e-9).length;
  const equal = results.filter(({ score }) => Math.abs(score - found.score) <= 1e-9).length;
  return better + (equal + 1) / 2;
}

const outcome = {};
for (let i = 0; i < Number(wanted); i++) {
  const kind = i % 2 ? "sentence" : "title";
  const paper = random(texts.length);
  const [title, abstract] = texts[paper];
  const sentences = abstract.split(/(?<=[.!?]) /);
  const query = kind === "title" ? some(title, 4) : some(sentences[random(sentences.length)], 7);
  outcome[kind] ??= { queries: 0, off: 0, default: 0, better: 0, worse: 0, firstOff: 0, firstDefault: 0 };
  const one = outcome[kind];
  const [off, usual] = ["off", "default"].map((name) => place(indexes[name].search(query), paper));
  one.queries++;
  one.off += 1 / off;
  one.default += 1 / usual;
  if (off < usual) one.better++;
  if (off > usual) one.worse++;
  if (off <= 10) one.firstOff++;
  if (usual <= 10) one.firstDefault++;
}
console.log(JSON.stringify(outcome));
