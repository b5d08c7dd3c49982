// Folds words as the page does: node fold.mjs SCRIPTS < WORDS
//
// WORDS is a JSON list. Prints, for each, [folded forms, parts, typed terms, folded terms].

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const fold = await import(pathToFileURL(join(resolve(process.argv[2]), "search-fold.js")));
const words = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(words.map((word) => [fold.fold(word), fold.partsOf(word), ...fold.alternatives(word)])));
