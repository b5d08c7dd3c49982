// Asks damaged indexes for two words: node damaged.mjs SCRIPTS LUNR FOLDER COUNT
//
// FOLDER/0, FOLDER/1 ... hold search/ each. Prints a JSON list of the errors' names, null for none.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [scripts, lunrFile, folder, count] = process.argv.slice(2);
const script = (name) => import(pathToFileURL(join(resolve(scripts), name)));
const { Engine } = await script("search-engine.js");
const { Index } = await script("search-index.js");
const lunr = createRequire(import.meta.url)(resolve(lunrFile));
globalThis.fetch = async (url) => {
  try {
    return new Response(readFileSync(join(folder, new URL(url).pathname)));
  } catch {
    return new Response("", { status: 404 });
  }
};

const errors = [];
for (let number = 0; number < Number(count); number++) {
  try {
    const engine = new Engine(lunr, await Index.open(new URL(`http://test/${number}/search/`)));
    await engine.find({ text: "deep networks", chosen: { topics: [], tags: [], authors: [] }, limit: 20 });
    errors.push(null);
  } catch (problem) {
    errors.push(problem.constructor.name);
  }
}
console.log(JSON.stringify(errors));
