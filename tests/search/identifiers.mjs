// Reads identifiers as the page does: node identifiers.mjs SCRIPTS < TEXTS
//
// TEXTS is a JSON list. Prints each one's key, null where it is no identifier.

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const { identifierOf } = await import(pathToFileURL(join(resolve(process.argv[2]), "search-identifiers.js")));
console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map((text) => identifierOf(text)?.key ?? null)));
