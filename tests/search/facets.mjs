// Asks the page's engine what it counts: node facets.mjs SCRIPTS LUNR FOLDER QUESTIONS
//
// QUESTIONS is JSON: [{text, chosen, extra}, ...]. Prints, for each, {total, papers, months, topics,
// tags}: the papers found in no order, and how many each month, topic and tag has of them.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [scripts, lunrFile, folder, questions] = process.argv.slice(2);
const script = (name) => import(pathToFileURL(join(resolve(scripts), name)));
const { Engine } = await script("search-engine.js");
const { Index } = await script("search-index.js");
const lunr = createRequire(import.meta.url)(resolve(lunrFile));
globalThis.fetch = async (url) => new Response(readFileSync(join(folder, new URL(url).pathname)));

const engine = new Engine(lunr, await Index.open(new URL("http://test/search/")));
const answers = [];
for (const question of JSON.parse(questions)) {
  const { total, months, hits } = await engine.find({ limit: 100000, ...question });
  answers.push({
    total,
    papers: hits.map(({ paper }) => paper),
    months: Object.fromEntries(months),
    topics: Object.fromEntries(await engine.counts("topic")),
    tags: Object.fromEntries(await engine.counts("tag")),
  });
}
console.log(JSON.stringify({ answers }));
