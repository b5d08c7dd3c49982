// What the words of a question mean that are misspelt. plugins/broadsheet/search/query/answer.py corrects the
// same words.

import { fold, partsOf } from "./search-fold.js";
import { BY_AUTHORS, IN_TITLE, THERE, holdingOf, unclear } from "./search-holding.js";
import { plannedUnits } from "./search-plan.js";
import { SHORTEST, nearest, takenApart } from "./search-spelling.js";
import { unitOf } from "./search-units.js";

const RARE = 2; // a word in so many papers, none of which has it in title or authors, may be a misspelling

/**
 * A question with the words that were meant for those that are nowhere, or hardly anywhere, and what was
 * corrected.
 * @param {import("./search-groups.js").Means} means
 * @param {Asking} asked
 * @returns {Promise<[asked: Asking, corrected: [typed: string, meant: string][]]>}
 */
export async function corrected(means, asked) {
  const { index, shards } = means;
  const plan = await plannedUnits(index, asked.units, shards);
  await index.resolve(unclear(plan.terms));
  const terms = new Map(plan.terms.map((term) => [term.term, term]));
  const meant = await Promise.all(asked.units.map((unit) => meantBy(unit, terms, index)));
  const corrections = new Map(meant.flatMap((words) => [...words]));
  if (corrections.size === 0) return [asked, []];
  const units = asked.units.map((unit, i) => {
    if (meant[i].size === 0) return unit;
    return unitOf(partsOf(unit.text).map((part) => meant[i].get(part) ?? part).join("-")) ?? unit;
  });
  let { text } = asked;
  for (const [typed, form] of corrections) {
    const word = typed.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
    text = text.replace(new RegExp(`(?<![\\p{L}\\p{N}_])${word}(?![\\p{L}\\p{N}_])`, "giu"), () => form);
  }
  return [{ ...asked, text, units }, [...corrections]];
}

/**
 * What the words of a unit mean, for those that are misspelt.
 * @param {Unit} unit
 * @param {Map<string, Term>} terms
 * @param {import("./search-index.js").Index} index
 */
async function meantBy(unit, terms, index) {
  /** @type {Map<string, string>} */
  const meant = new Map();
  /** @param {UnitWord[][]} ways */
  const heldBy = (ways) => timesHeld(holdingOf({ ...unit, ways }, terms, index.papers));
  if (heldBy(unit.ways) > RARE || heldBy(unit.ways.filter(([word]) => word.joined))) return meant;
  await Promise.all(
    unit.parts.map(async (part, i) => {
      const [form] = fold(part);
      if (!/^\p{L}+$/u.test(form) || Array.from(form).length < SHORTEST) return;
      const word = unit.ways[0][i];
      const apart = heldBy([[{ ...word, folded: [] }]]) ? null : await takenApart(form, index);
      if (apart) {
        meant.set(part, apart);
        return;
      }
      const held = holdingOf({ ...unit, ways: [[word]] }, terms, index.papers);
      if (timesHeld(held) > RARE || held.some((one) => one & (IN_TITLE | BY_AUTHORS))) return;
      const isThere = held.some((one) => one & THERE);
      /** @param {string} word */
      const nearestTo = (word) => nearest(word, (name) => index.spellings(name), isThere);
      let best = await nearestTo(form);
      if (best === null && !isThere && form.endsWith("s")) best = await nearestTo(form.slice(0, -1)); // plurals are hardly listed
      if (best === null && !isThere) best = (await takenApart(form, index, true)) ?? null;
      if (best !== null) meant.set(part, best);
    }),
  );
  // In the words' order, whichever file came first.
  return new Map(unit.parts.flatMap((part) => (meant.has(part) ? [[part, meant.get(part) ?? ""]] : [])));
}

/** @param {Uint8Array} held */
function timesHeld(held) {
  let count = 0;
  for (const one of held) if (one & THERE) count++;
  return count;
}
