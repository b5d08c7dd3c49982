// Asks damaged indexes for two words: node damaged.mjs SCRIPTS LUNR FOLDER COUNT
//
// FOLDER/0, FOLDER/1 ... hold search/ each. Prints a JSON list of the errors' names, null for none.

import { opening } from "./opening.mjs";

const [scripts, lunrFile, folder, count] = process.argv.slice(2);
const open = await opening(scripts, lunrFile, folder);

const errors = [];
for (let number = 0; number < Number(count); number++) {
  try {
    const engine = await open(`${number}/search/`);
    await engine.find({ text: "deep networks", chosen: { topics: [], tags: [], authors: [] }, limit: 20 });
    errors.push(null);
  } catch (problem) {
    errors.push(problem.constructor.name);
  }
}
console.log(JSON.stringify(errors));
