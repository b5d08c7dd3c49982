// Asks the search page's engine what it finds: one JSON list of paper numbers a question.
//
//   node page.mjs SCRIPTS LUNR FOLDER < QUESTIONS
//
// SCRIPTS holds the page's scripts and a package.json that calls them modules; FOLDER holds search/
// (the published index). A question is {text, chosen, since}.

import { readFileSync } from "node:fs";
import { opening } from "./opening.mjs";

const [scripts, lunrFile, folder] = process.argv.slice(2);
const open = await opening(scripts, lunrFile, folder);

const engine = await open();
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
