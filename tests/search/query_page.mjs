// Asks the search page's engine what it finds: one JSON list of paper numbers a question.
//
//   node page.mjs SCRIPTS LUNR FOLDER < QUESTIONS
//
// SCRIPTS holds the page's scripts and a package.json that calls them modules; FOLDER holds search/
// (the published index). A question is {text, chosen, since}.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [scripts, lunrFile, folder] = process.argv.slice(2);
const script = (name) => import(pathToFileURL(join(resolve(scripts), name)));
const { Engine } = await script("search-engine.js");
const { Index } = await script("search-index.js");
const lunr = createRequire(import.meta.url)(resolve(lunrFile));
lunr.utils.warn = () => {};
globalThis.fetch = async (url) => {
  try {
    return new Response(readFileSync(join(folder, new URL(url).pathname)));
  } catch {
    return new Response("", { status: 404 });
  }
};

const engine = new Engine(lunr, await Index.open(new URL("http://test/search/")));
const answers = [];
for (const { text, verbatim, chosen, since } of JSON.parse(readFileSync(0, "utf8"))) {
  try {
    const found = await engine.find({
      text,
      verbatim,
      chosen,
      extra: since ? `since:${since}` : "",
      limit: Infinity,
      patient: true,
    });
    // Where no paper has a phrase, the page searches for its words, and says so.
    const other = found.empty || found.nowhere.some((word) => word.startsWith('"'));
    answers.push(other ? [] : found.hits.map(({ paper }) => paper).sort((a, b) => a - b));
  } catch (problem) {
    answers.push(`${problem.name}: ${problem.message}`);
  }
}
console.log(JSON.stringify(answers));
