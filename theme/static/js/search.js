// The search page. It needs of the template:
//
//   <form id="search" role="search"><label for="q">..</label> <input id="q" name="q" type="search">
//   .. </form>
//   <p id="search-status" role="status"> (its text is for pages where this script doesn't run)
//   <ol id="search-results" class="results"></ol>
//
// and the index, served as search/ beside theme/js/ at any base. The script makes everything else.
// The query is kept in the address bar (search-address.js). search-engine.js answers it, in a worker
// where workers are available. Each answer to a finished query is told as the event "broadsheet:found".

import { anyChosen, groups, names, orders, queryOf, questionOf, readInto } from "./search-address.js";
import { adviceFor } from "./search-advice.js";
import { chipsOf } from "./search-chips.js";
import { Problem, ask } from "./search-connection.js";
import { button, make } from "./search-elements.js";
import { helpOf } from "./search-help.js";
import { leadByKeys } from "./search-keys.js";
import { Results } from "./search-results.js";
import { problemSaid, statusOf } from "./search-status.js";

const SHOWN = 20; // papers a page
const PAUSE = 40; // milliseconds from the last keystroke to asking
const REST = 300; // ... and to taking a word as finished
const DONE = 900; // ... and to taking all as finished: then the texts of all papers shown order them
const version = new URL(import.meta.url).search;

// Where theme.js did not come, all is said in English.
globalThis.gettext ??= (message, values) =>
  message.replace(/%\((\w+)\)s/g, (_, name) => String(values?.[name]));
globalThis.numbered ??= (count) => count.toLocaleString("en");
globalThis.ngettext ??= (one, many, count, values) =>
  gettext(count === 1 ? one : many, { count: numbered(count), ...values });

const form = /** @type {HTMLFormElement} */ (document.querySelector("#search"));
const box = /** @type {HTMLInputElement} */ (document.querySelector("#q"));
const status = /** @type {HTMLElement} */ (document.querySelector("#search-status"));

// ---- the query, and the address bar ------------------------------------------------------------

/** @type {Chosen} */
const chosen = { topics: [], tags: [], authors: [], since: "", until: "" };
let shown = SHOWN;
let patient = false;
/** @type {import("./search-address.js").Taken} */
const taken = { verbatim: false, years: true, order: "best" };
/** @type {Facts | null} */
let facts = null; // papers, topics, from, to: known once the engine runs
/** @type {Outcome | null} */
let outcome = null; // the last answer
let answered = ""; // ... and its question

function readAddress() {
  box.value = readInto(chosen, taken, location.search);
  sorting.value = taken.order;
}

/** @param {boolean} keep whether the address before stays in the history */
function writeAddress(keep) {
  const query = queryOf(box.value, chosen, taken);
  const address = location.pathname + (query && `?${query}`);
  if (address === location.pathname + location.search) return;
  history[keep ? "pushState" : "replaceState"](null, "", address);
}

// ---- running a search --------------------------------------------------------------------------

let turn = 0; // counts questions: an answer to an older one is dropped
let timer = 0;
/** @type {import("./search-filters.js").Panel | null} */
let panel = null; // the filters, once they are opened

/**
 * How far the reader is: in the middle of a word, behind one, or done with all.
 * @typedef {"typing" | "resting" | "done"} Stage
 */

/**
 * @param {number} wait
 * @param {Stage} stage
 */
function later(wait, stage) {
  clearTimeout(timer);
  timer = setTimeout(() => search(stage), wait);
}

function changed() {
  shown = SHOWN;
  patient = taken.verbatim = false;
  taken.years = true;
}

/** @param {Stage} stage */
async function search(stage = "done") {
  clearTimeout(timer);
  const mine = ++turn;
  if (!box.value.trim() && !anyChosen(chosen)) {
    outcome = null;
    drawResults();
    say(facts ? toSearch(facts.papers) : "");
    told();
    drawChosen();
    return;
  }
  list.setAttribute("aria-busy", "true");
  const question = questionOf(box.value, chosen, taken);
  const key = JSON.stringify([question, shown, patient]);
  try {
    facts ??= await ask({ ask: "start" });
    const found = await ask({
      ask: "find", ...question, limit: shown, typing: stage === "typing", quick: stage !== "done", patient,
    });
    if (mine !== turn) return;
    if (found.waiting) {
      later(found.waiting, "resting");
      return;
    }
    outcome = found.empty ? null : /** @type {Outcome} */ (found);
    answered = key;
    drawResults();
    drawChosen();
    if (stage !== "typing" || outcome?.total) await report(mine);
    if (mine !== turn) return;
    if (stage === "typing") later(outcome?.total ? DONE : REST, outcome?.total ? "done" : "resting");
    else if (stage === "resting") later(DONE, "done");
    else told();
  } catch (problem) {
    if (mine !== turn) return;
    // What is shown stays where only its order could not be told for good.
    if (outcome && key === answered && problem instanceof Problem && problem.kind === "Unreachable") return;
    const unfinished = problem instanceof Problem && problem.kind === "BadQuery";
    if (stage === "typing" && unfinished) later(REST * 2, "done");
    else explain(problem);
  } finally {
    if (mine === turn) list.removeAttribute("aria-busy");
  }
}

// ---- status ------------------------------------------------------------------------------------

const number = numbered;
/** @param {number} count */
const toSearch = (count) => ngettext("%(count)s paper to search.", "%(count)s papers to search.", count);

/** @param {Part[]} parts */
function say(...parts) {
  // What is said already is not said again: screen readers would repeat it.
  const all = parts.flatMap((part) => [part, " "]).slice(0, -1);
  if (all.map((part) => (typeof part === "string" ? part : part.textContent)).join("") === status.textContent) return;
  status.replaceChildren(...all);
}

// Tells other scripts of the page what was found for the query in the address bar; `newest` is the day
// up to which papers were looked for.
function told() {
  const { lunr = false, corrected = [], total = 0 } = outcome ?? {};
  const detail = { lunr, corrected, total, newest: facts?.to ?? "", topics: facts?.topics ?? {} };
  document.dispatchEvent(new CustomEvent("broadsheet:found", { detail }));
  if (away.open) takeAway?.draw();
}

const advice = make("ul", { class: "advice", "aria-label": gettext("What to try") });
advice.hidden = true;
status.after(advice);

/** @param {number} mine the question's number */
async function report(mine) {
  if (!outcome) return say("");
  const { nowhere } = outcome;
  const parts = statusOf(outcome, { order: taken.order, limit: shown }, { beyond, instead });
  say(...parts);
  if (!nowhere.length || outcome.corrected.length) return;
  const meant = await ask({ ask: "meant", words: nowhere });
  if (mine !== turn) return;
  meant.forEach((word, i) => {
    if (word) say(...parts, gettext("Did you mean:"), button(word, () => replaceWord(nowhere[i], word)));
  });
}

/**
 * @param {string} wrong
 * @param {string} right
 */
function replaceWord(wrong, right) {
  const start = box.value.toLowerCase().lastIndexOf(wrong);
  write(start < 0 ? right : box.value.slice(0, start) + right + box.value.slice(start + wrong.length));
}

/** @param {string} text */
function write(text) {
  box.value = text;
  changed();
  writeAddress(true);
  search();
  box.focus();
}

function beyond() {
  patient = true;
  search();
}

function anyYear() {
  taken.years = false;
  writeAddress(true);
  search();
}

function instead() {
  taken.verbatim = true;
  writeAddress(true);
  search();
}

/** @param {unknown} problem */
function explain(problem) {
  outcome = null;
  drawResults();
  say(...problemSaid(problem, { beyond, again: () => search() }));
}

// ---- results -----------------------------------------------------------------------------------

const results = new Results(/** @type {HTMLOListElement} */ (document.querySelector("#search-results")), {
  problem: explain,
  drawn: () => panel?.drawLoaded(),
});
const { list } = results;

function drawResults() {
  results.draw(outcome);
  const hits = outcome?.hits ?? [];
  more.hidden = !outcome || hits.length < shown || hits.length >= outcome.total;
  const isNarrowed = Boolean(anyChosen(chosen));
  const items = outcome ? adviceFor(outcome, { text: box.value, isNarrowed }, { write, widen, anyYear }) : [];
  advice.replaceChildren(...items);
  advice.hidden = items.length === 0;
}

const more = button(gettext("Show more"), () => {
  const last = list.children.length;
  shown += SHOWN;
  search().then(() => list.children[last]?.querySelector("a")?.focus());
});
more.className = "more-results";
more.hidden = true;
list.after(more, results.othersHead, results.others);

// ---- filters -----------------------------------------------------------------------------------

const filters = make("details", { class: "filters" }, make("summary", {}, gettext("Filter")));
const tools = make("div", { class: "tools" }, filters);
const chips = make("ul", { class: "chips chosen", "aria-label": gettext("Chosen filters") });
// The order, which stays where one searches on.
const sorting = make("select", { id: "order" }, ...orders.map((order) => make("option", { value: order }, orderNames()[order])));
sorting.addEventListener("change", () => {
  taken.order = /** @type {Order} */ (sorting.value);
  refine();
});
form.append(make("p", { class: "order" }, make("label", { for: "order" }, gettext("Order")), " ", sorting), chips, tools);

/** @returns {Record<Order, string>} */
function orderNames() {
  return { best: gettext("Best first"), newest: gettext("Newest first"), votes: gettext("Most voted first") };
}

function widen() {
  for (const group of groups) chosen[group].length = 0;
  narrow({ since: "", until: "" });
}

function refine() {
  changed();
  writeAddress(true);
  search();
}

/** @type {SearchPage["toggle"]} */
function toggle(group, value) {
  const at = chosen[group].indexOf(value);
  if (at < 0) chosen[group].push(value);
  else chosen[group].splice(at, 1);
  refine();
}

/** @type {SearchPage["narrow"]} */
function narrow(span) {
  Object.assign(chosen, span);
  refine();
}

/** @type {SearchPage["labelOf"]} */
const labelOf = (group, value) => (group === "topics" && facts && Object.hasOwn(facts.topics, value) ? facts.topics[value] : value);

function drawChosen() {
  const year = outcome?.year ? { year: outcome.year, anyYear } : {};
  chips.replaceChildren(...chipsOf(chosen, { labelOf, toggle, narrow, ...year }));
  panel?.draw();
}

filters.addEventListener("toggle", async () => {
  if (!filters.open) return;
  const { Panel } = await import(`./search-filters.js${version}`);
  panel ??= new Panel(filters, {
    ask, make, button, number, chosen, names, labelOf, toggle, narrow, explain,
    outcome: () => outcome,
  });
  panel?.draw();
});

// ---- events ------------------------------------------------------------------------------------

box.addEventListener("focus", () => ask({ ask: "start" }).then(
  (found) => {
    facts ??= found;
    if (!outcome && !box.value.trim()) say(toSearch(found.papers));
  },
  (problem) => explain(problem),
), { once: true });

/** @type {import("./search-export.js").TakeAway | null} */
let takeAway = null;
/** @type {import("./search-complete.js").Completion | null} */
let completion = null;

box.addEventListener("input", async (event) => {
  const inputType = event instanceof InputEvent ? event.inputType : undefined;
  changed();
  writeAddress(false);
  const typing = inputType === "insertText" || Boolean(inputType?.startsWith("delete"));
  later(PAUSE, typing ? "typing" : "done");
  if (!typing && !completion) return;
  const { Completion } = await import(`./search-complete.js${version}`);
  completion ??= /** @type {import("./search-complete.js").Completion} */ (new Completion(box, { ask, make, taken: completed }));
  completion.offer();
});

// A completion was chosen, and stands in the box.
function completed() {
  changed();
  writeAddress(false);
  search();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  completion?.close();
  changed();
  writeAddress(true);
  search();
});

box.addEventListener("keydown", (event) => {
  const first = event.key === "ArrowDown" && !event.isComposing && list.querySelector("a");
  if (!first || event.defaultPrevented) return;
  event.preventDefault();
  first.focus();
});

leadByKeys(list, box);
leadByKeys(results.others, box);

addEventListener("popstate", () => {
  changed();
  readAddress();
  search();
});

document.addEventListener("broadsheet:listening", told);
// Other scripts of the page ask the same engine.
document.addEventListener("broadsheet:asking", (event) => /** @type {CustomEvent} */ (event).detail(ask));

addEventListener("online", () => !outcome && box.value.trim() && search());

// Taking the results away: the script that does it comes when it is opened.
const away = make("details", { class: "take-away" }, make("summary", {}, gettext("Take the results away")));
tools.append(helpOf(), ...document.querySelectorAll("#save-search"), away);
away.addEventListener("toggle", async () => {
  if (!away.open) return;
  const { TakeAway } = await import(`./search-export.js${version}`);
  takeAway ??= /** @type {import("./search-export.js").TakeAway} */ (new TakeAway(away, { ask, make, button, outcome: () => outcome, question: () => ({ ...questionOf(box.value, chosen, taken), patient }) }));
  takeAway.draw();
});

document.querySelector("#from-disk")?.remove();
readAddress();
if (box.value.trim() || anyChosen(chosen)) search();
else {
  say("");
  drawChosen();
}
