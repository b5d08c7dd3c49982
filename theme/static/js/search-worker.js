// The engine as a service: in a worker where workers are available, else in the page. The build puts
// the modules that it imports into one file (plugins/broadsheet/render/bundle.py).

import { Engine } from "./search-engine.js";
import { Index } from "./search-index.js";
import { havingKeys } from "./search-narrowing.js";

// Modules are loaded with the page's version, so that all are of one version.
const version = new URL(import.meta.url).search;
const inWorker = typeof WorkerGlobalScope !== "undefined" && globalThis instanceof WorkerGlobalScope;
const base = new URL("../../search/", import.meta.url);
// What every search needs is requested as soon as the worker starts.
/** @type {Promise<Response> | null} */
let manifestSoon = inWorker && base.protocol !== "file:" ? fetch(new URL("manifest.json", base), { cache: "no-cache" }) : null;
manifestSoon?.catch(() => {});

// ---- messages between page and worker ----------------------------------------------------------

// Loaded when a query is in Lunr's syntax.
/** @type {Promise<Lunr.Library> | null} */
let lunr = null;
const library = () => {
  lunr ??= loadLunr();
  lunr.catch(() => {
    lunr = null;
  });
  return lunr;
};

// lunr.js is a UMD script: it passes itself to a global `define`, the only way to load it in a module
// without eval.
async function loadLunr() {
  const before = globalThis.define;
  /** @type {Lunr.Library | undefined} */
  let lunr;
  /** @param {() => Lunr.Library} make */
  const offered = (make) => {
    lunr = make();
  };
  globalThis.define = Object.assign(offered, { amd: true });
  try {
    await import(`./vendor/lunr.js${version}`);
  } finally {
    globalThis.define = before;
  }
  if (!lunr) throw new Error("vendor/lunr.js offers no library");
  return lunr;
}

// Answers the page's messages: {ask, ...} gives {value} or {problem: {name, message, shards}}.
/** @returns {Service} */
export function service() {
  /** @type {Promise<Engine> | null} */
  let starting = null;
  const start = async () => {
    const early = manifestSoon;
    manifestSoon = null;
    return new Engine({ load: library }, await Index.open(base, early));
  };
  /** @type {{ [Kind in keyof Asked]: (engine: Engine, message: Asked[Kind][0]) => Asked[Kind][1] | Promise<Asked[Kind][1]> }} */
  const answers = {
    start: ({ index }) => ({
      papers: index.papers,
      topics: index.manifest.topics,
      from: index.days[0]?.date,
      to: index.days.at(-1)?.date,
    }),
    find: (engine, message) => engine.find(message),
    card: (engine, { paper, weights }) => engine.shown(paper, weights),
    cards: ({ index }, { papers }) => Promise.all(papers.map((paper) => index.card(paper))),
    loaded: ({ index }, { papers }) =>
      Promise.all(papers.filter((paper) => index.has(index.placeOfCard(paper).path)).map((paper) => index.card(paper))),
    having: ({ index }, { papers, keys }) => havingKeys(index, papers, keys),
    counts: (engine, { kind }) => engine.counts(kind),
    counting: (engine, { kind }) => engine.counting(kind),
    complete: (engine, { start }) => engine.complete(start),
    meant: (engine, { words }) => Promise.all(words.map((word) => engine.meant(word))),
  };
  return async ({ ask, ...message }) => {
    try {
      starting ??= start();
      const answer = /** @type {Record<string, (engine: Engine, message: object) => unknown>} */ (answers)[ask];
      return { value: await answer(await starting, message) };
    } catch (error) {
      if (ask === "start") starting = null;
      return { problem: reported(error) };
    }
  };
}

/**
 * @param {unknown} error
 * @returns {Reported}
 */
function reported(error) {
  // lunr's QueryParseError is not an Error.
  const { name, message, said, values, shards } = /** @type {Partial<Reported>} */ (error);
  const kind = name === "QueryParseError" ? name : /** @type {object} */ (error).constructor.name;
  return { name: kind, message: message ?? String(error), said, values, shards };
}

if (inWorker) {
  const answer = service();
  addEventListener("message", async ({ data: { id, ...message } }) => {
    postMessage({ id, ...(await answer(message)) });
  });
  postMessage({ ready: true });
}
