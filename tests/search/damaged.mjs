// Asks damaged indexes for two words: node damaged.mjs SCRIPTS LUNR FOLDER COUNT
//
// FOLDER/0, FOLDER/1 ... hold search/ each. Prints a JSON list of the errors' names, null for none; the last
// is that of 5,000 bytes inflated where 4,999 are allowed.

import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { deflateSync } from "node:zlib";
import { opening } from "./opening.mjs";

const [scripts, lunrFile, folder, count] = process.argv.slice(2);
const open = await opening(scripts, lunrFile, folder);

const errors = [];
for (let number = 0; number < Number(count); number++) {
  try {
    const engine = await open(`${number}/search/`);
    const found = await engine.find({ text: "deep networks", chosen: { topics: [], tags: [], authors: [] }, limit: 20 });
    for (const { paper } of found.hits) await engine.index.card(paper);
    errors.push(null);
  } catch (problem) {
    errors.push(problem.constructor.name);
  }
}
const { inflate } = await import(pathToFileURL(join(resolve(scripts), "search-files.js")));
const address = new URL("http://test/search/t/a.bin");
const packed = deflateSync(Buffer.alloc(5000));
if ((await inflate(packed, address, 5000)).length !== 5000) throw new Error("what is allowed is inflated whole");
errors.push(await inflate(packed, address, 4999).then(() => null, (problem) => problem.constructor.name));
console.log(JSON.stringify(errors));
