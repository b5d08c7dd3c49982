// Tells which interests papers of an index meet: one JSON list of keys a paper, and what was asked.
//
//   node interests.mjs SCRIPTS LUNR FOLDER < INTERESTS

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { opening } from "./opening.mjs";

const [scripts, lunrFile, folder] = process.argv.slice(2);
const { index } = await (await opening(scripts, lunrFile, folder))();
const script = (name) => import(pathToFileURL(join(resolve(scripts), name)));
const { finder } = await script("interest-found.js");
const { havingKeys: having } = await script("search-narrowing.js");
const told = [];
const ask = async ({ ask, papers, keys }) => {
  told.push([ask, papers, keys ?? null]);
  return ask === "cards" ? Promise.all(papers.map((paper) => index.card(paper))) : having(index, papers, keys);
};
const broken = async (message) => {
  if (message.ask === "having") throw new Error("no network");
  return ask(message);
};
const interests = JSON.parse(readFileSync(0, "utf8"));
const keys = (found) => found.map((met) => met.map(({ key }) => key));
const papers = Array.from({ length: index.papers }, (_, n) => n);
const found = keys(await (await finder(interests, ask))(papers));
const offline = keys(await (await finder(interests, broken))(papers));
const asked = told.filter(([what]) => what === "having");
console.log(JSON.stringify({ found, offline, asked }));
