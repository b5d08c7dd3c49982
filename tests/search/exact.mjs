// Compares the answers of the page's engine with lunr.js's, in Node: see questions.mjs.
//
//   node exact.mjs SCRIPTS LUNR FOLDER QUERIES
//
// SCRIPTS is a folder with the page's scripts and a package.json that calls them modules.
// FOLDER holds search/ (the published index), full.json (lunr.py's index of the same papers,
// whose ids are their numbers). Prints one JSON line: how many queries, and what differed.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { compare, searching } from "./questions.mjs";

const [scripts, lunrFile, folder, wanted] = process.argv.slice(2);
const script = (name) => import(pathToFileURL(join(resolve(scripts), name)));
const { Engine } = await script("search-engine.js");
const { Index } = await script("search-index.js");
const lunr = createRequire(import.meta.url)(resolve(lunrFile));
lunr.utils.warn = () => {};

let deferred = 0; // files of deferred postings
globalThis.fetch = async (url) => {
  deferred += url.pathname.endsWith("l.bin");
  try {
    return new Response(readFileSync(join(folder, new URL(url).pathname)));
  } catch {
    return new Response("", { status: 404 });
  }
};

const outcome = await compare(
  lunr,
  JSON.parse(readFileSync(join(folder, "full.json"))),
  async () => new Engine(lunr, await Index.open(new URL("http://test/search/"))),
  Number(wanted),
  searching(await script("search-plan.js"), await script("search-rank.js")),
);
console.log(JSON.stringify({ ...outcome, deferred }));
