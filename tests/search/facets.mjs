// Asks the page's engine what it counts: node facets.mjs SCRIPTS LUNR FOLDER QUESTIONS
//
// QUESTIONS is JSON: [{text, chosen, extra}, ...]. Prints, for each, {total, papers, months, topics,
// tags}: the papers found in no order, and how many each month, topic and tag has of them.

import { opening } from "./opening.mjs";

const [scripts, lunrFile, folder, questions] = process.argv.slice(2);
const open = await opening(scripts, lunrFile, folder);

const engine = await open();
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
