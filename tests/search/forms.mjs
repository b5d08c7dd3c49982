// Checks what a reader's text is taken to ask for, and what is made of texts: node forms.mjs SCRIPTS
// Prints one JSON line with what failed.

import { isDeepStrictEqual } from "node:util";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const script = (name) => import(pathToFileURL(join(resolve(process.argv[2]), name)));
const { BadQuery, clipped, readQuery, spanOf } = await script("search-query.js");
const { stem, termOf } = await script("search-stem.js");
const { bestSentence, marked, sentences } = await script("search-text.js");
const { holdsPhrase } = await script("search-closeness.js");
const { edits } = await script("search-spelling.js");

const failed = [];
const same = (what, found, expected) => {
  if (!isDeepStrictEqual(found, expected)) failed.push({ what, found, expected });
};
const query = (text) => {
  const { lunr, phrases, filters } = readQuery(text);
  const set = Object.entries(filters).filter(([, value]) => value !== null && value.length !== 0);
  return [lunr.trim().replace(/ +/g, " "), phrases, Object.fromEntries(set)];
};
const refusal = (text) => {
  try {
    readQuery(text);
    return null;
  } catch (error) {
    return error instanceof BadQuery ? error.message : `crash: ${error}`;
  }
};

same("plain words", query("neural  search"), ["neural search", [], {}]);
same("Lunr's syntax", query("+a -b c* d~1 title:e^2"), ["+a -b c* d~1 title:e^2", [], {}]);
same("authors:", query("authors: hinton"), ["authors: hinton", [], {}]);
same("tag and since", query("tag:nas since:2025-06"), ["", [], { tags: ["nas"], from: "2025-06-01" }]);
same("with a space", query("tag: nas since: 2025"), ["", [], { tags: ["nas"], from: "2025-01-01" }]);
same("quoted topic", query('in:"Language models" x'), ["x", [], { topics: ["language-models"] }]);
same("author's surname", query("author:hinton"), ["+authors:hinton", [], {}]);
same("category", query("category:cs.LG"), ["", [], { categories: ["cs.LG"] }]);
same("author's name", query('author:"Ada Ko"'), ["", [], { authors: ["Ada Ko"] }]);
same("phrase", query('"neural search" x'), ["x", ["neural search"], {}]);
same("phrase not closed", query('"neural sea'), ["", ["neural sea"], {}]);
same("week", query("on:2025-W32"), ["", [], { from: "2025-08-04", to: "2025-08-10" }]);
same("range", query("since:2025-06 until:2025-07"), ["", [], { from: "2025-06-01", to: "2025-07-31" }]);
same("pasted title", query("Bi-Level Optimization: A View"), ["Bi-Level Optimization A View", [], {}]);
same("half typed", query("tag: "), ["tag", [], {}]);
same("sign alone", query("deep -"), ["deep", [], {}]);
for (const text of ["since:yesterday", "on:2025-13", "on:2025-02-30", "until:2025-W60", '-"a b"', "-tag:nas"]) {
  const message = refusal(text);
  same(`refuses ${text}`, typeof message === "string" && !message.startsWith("crash"), true);
}
same("leap day", spanOf("2024-02"), ["2024-02-01", "2024-02-29"]);
same("week 53", spanOf("2020-W53"), ["2020-12-28", "2021-01-03"]);
same("no week 53", spanOf("2025-W53"), null);

same("stem", ["survey", "networks", "attention,", "(RL)", "数据"].map(termOf), ["survei", "network", "attent", "rl", "数据"]);
same("short", stem("as"), "as");
same("marks", marked("Deep (networks), deep-net.", new Set(["network", "deep"])), [
  ["Deep", true], [" (", false], ["networks", true], ["), ", false], ["deep", true], ["-net.", false],
]);
same("marks Greek letters", marked("Of O(ε⁻²), 𝜀.", new Set(["epsilon"])), [
  ["Of ", false], ["O(ε⁻²", true], ["), ", false], ["𝜀", true], [".", false],
]);
same("marks nothing", marked("Plain text.", new Set()), [["Plain text.", false]]);
same("sentences", sentences("We use 3.5 x. It works, e.g. here. Done! Really?"), [
  "We use 3.5 x.", "It works, e.g. here.", "Done!", "Really?",
]);
same("best sentence", bestSentence("One cat. A deep network. Deep.", new Map([["deep", 1], ["network", 2]])), "A deep network.");
same("phrase held", holdsPhrase("A Neural-architecture search.", "neural architecture search"), true);
same("phrase not held", holdsPhrase("neural search architecture", "neural architecture"), false);
same("phrase at word's edge", holdsPhrase("unsupervised learning", "supervised learning"), false);
same("edits", [edits("neurla", "neural"), edits("a", "a"), edits("", "ab"), edits("kitten", "sitting")], [1, 0, 2, 3]);
// Of a text of any length the beginning is a question; test_question.py has the same lengths.
for (const [what, text, length] of [
  ["short", "kites 😀", 8], ["just", "😀".repeat(4000), 8000], ["words", "ab ".repeat(60000), 3998],
  ["one word", "a".repeat(9000), 4000], ["one word of others", `  ${"😀".repeat(9000)}`, 7998], ["spaces", " ".repeat(5000), 4000],
]) same(`clipped: ${what}`, clipped(text).length, length);

// Time must not explode with the length of hostile text.
for (const text of ['"'.repeat(20000), "tag:".repeat(9000), ". ".repeat(20000), "-".repeat(20000), "a.".repeat(20000)]) {
  const start = performance.now();
  readQuery(text.replaceAll("-", "+"));
  sentences(text);
  marked(text, new Set(["a"]));
  if (performance.now() - start > 2000) failed.push({ what: `slow on ${text.slice(0, 8)}` });
}
console.log(JSON.stringify({ failed }));
