// Authors' names as readers type them: whole in either order, with initials, or with the first name in
// short ("Lovelace, Ada", "Lovelace A.", "Alex Rush" for Alexander M. Rush).
// plugins/broadsheet/search/query/names.py finds the same papers in Python.

import { isLetter, wordsOf } from "./search-closeness.js";
import { authorKey } from "./search-query.js";

/**
 * The papers of an author, by the full name in either order ("Lovelace, Ada"), newest first.
 * @param {import("./search-index.js").Index} index
 * @param {string} name
 */
export const namedPapers = (index, name) => papersUnder(index, [name, turned(name)].map((one) => `author:${authorKey(one)}`));

/**
 * The papers of the authors whose names begin with the first word of a text, or its first initial, and
 * have its other words, whole or by their initials; none where that takes more than so many shards.
 * @param {import("./search-index.js").Index} index
 * @param {string} text
 * @param {number} shards
 */
export async function namedInShort(index, text, shards) {
  const words = wordsOf(turned(text).replaceAll(".", " "));
  const [first, ...others] = [...words.filter(isLetter), ...words.filter((word) => !isLetter(word))];
  const start = `author:${first}`;
  if (!others.length || others.length > 5 || (first.length < 3 && !isLetter(first)) || (await index.facetsFrom(start)) > shards) return [];
  /** @param {string} key */
  const isMeant = (key) => {
    const [, ...names] = wordsOf(key.slice(7));
    return others.every((word) => names.some((name) => name === word || (isLetter(word) && name.startsWith(word))));
  };
  return papersUnder(index, (await index.keysFrom("f", start)).filter(isMeant));
}

/**
 * A name whose surname comes first, with a comma, in the usual order.
 * @param {string} name
 */
const turned = (name) => name.replace(/^([^,]*),(.*)$/s, "$2 $1");

/**
 * @param {import("./search-index.js").Index} index
 * @param {string[]} keys
 */
async function papersUnder(index, keys) {
  const postings = await index.postings("f", keys);
  const papers = new Set(keys.flatMap((key) => (postings.get(key) ?? []).flatMap(({ papers }) => [...papers])));
  return [...papers].sort((a, b) => b - a);
}
