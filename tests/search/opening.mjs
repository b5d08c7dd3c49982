// Opens the search page's engine in Node, on published indexes that stand in a folder.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

// `scripts` holds the page's scripts and a package.json that calls them modules; what is fetched is
// read from `folder`. Returns a function that opens an engine on an index below it.
export async function opening(scripts, lunrFile, folder) {
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
  return async (path = "search/") => new Engine(lunr, await Index.open(new URL(path, "http://test/")));
}
