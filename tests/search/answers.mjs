// Asks the search page's engine readers' questions: node answers.mjs SCRIPTS LUNR FOLDER < QUESTIONS
//
// SCRIPTS holds the page's scripts and a package.json that calls them modules; FOLDER holds search/
// (the published index). QUESTIONS is a JSON list of what Engine.find takes. Prints, for each, a JSON
// object of what the Python side's Answer has, or the message of an error.

import { readFileSync } from "node:fs";
import { opening } from "./opening.mjs";

const [scripts, lunrFile, folder] = process.argv.slice(2);
const open = await opening(scripts, lunrFile, folder);

const engine = await open();
const chosen = { topics: [], tags: [], authors: [] };
const papers = (hits) => hits.map(({ paper }) => paper);
const answers = [];
for (const question of JSON.parse(readFileSync(0, "utf8"))) {
  try {
    const found = await engine.find({ chosen, patient: true, ...question });
    answers.push(
      found.empty
        ? { total: 0, hits: [], some_total: 0, some: [], corrected: [], year: null, nowhere: [], identifier: null }
        : {
            total: found.total,
            hits: papers(found.hits),
            some_total: found.some.total,
            some: papers(found.some.hits),
            corrected: found.corrected,
            year: found.year,
            nowhere: found.nowhere,
            identifier: found.identifier?.key ?? null,
            scores: found.hits.map(({ paper, score }) => [paper, score]),
          },
    );
  } catch (problem) {
    answers.push({ error: problem.constructor.name, message: String(problem.stack ?? problem.message ?? problem) });
  }
}
console.log(JSON.stringify(answers));
