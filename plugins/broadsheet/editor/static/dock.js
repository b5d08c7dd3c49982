// The bar at the foot of each page: the day's review, undo, what changed, and what was said last.

import { ask, button, make, query } from "./client.js";
import { changes } from "./dialogs.js";

/**
 * @param {string | null} day the page's, if it has one
 * @param {(said: string, wrong: boolean) => void} [undone] after an undo, or why there was none
 */
export function dock(day, undone) {
  const said = make("p", { class: "ed-said", role: "status" });
  /** @type {Editing.State["undo"]} */
  let last = null;
  let reading = Promise.resolve();

  /** @param {string} text @param {boolean} [wrong] */
  const tell = (text, wrong = false) => {
    said.textContent = text;
    said.classList.toggle("ed-problem", wrong);
  };

  const undo = button("Undo", async () => {
    await reading;
    if (!last) return tell("There is no command to undo.");
    /** @type {Editing.Answer<Editing.Done>} */
    const answer = await ask("undo", { said: last.said });
    const failed = answer.problem !== undefined;
    tell(answer.problem ?? answer.said, failed);
    await refresh();
    undone?.(answer.problem ?? answer.said, failed);
  });
  const review = make("a", { class: "ed-button", href: "/__edit/review/" }, "Review");
  const bar = make("aside", { class: "ed-dock", "aria-label": "Curating" },
    make("div", { class: "ed-bar" },
      make("b", {}, "Curating"), review, undo, button("What changed", () => changes(tell))),
    said);

  const read = async () => {
    /** @type {Editing.Answer<Editing.State>} */
    const state = await ask(`state?${query({ day })}`);
    if (state.problem !== undefined) return tell(state.problem, true);
    last = state.undo;
    if (state.settled) tell(state.settled);
    undo.title = last ? `${last.name}: ${last.said.split("\n")[0]}` : "There is no command to undo";
    if (state.day) {
      review.setAttribute("href", `/__edit/review/${state.day}/`);
      review.textContent = `Review ${state.day} (${state.waiting} ${state.waiting === 1 ? "waits" : "wait"})`;
    }
    review.hidden = !state.day;
  };
  const refresh = () => {
    reading = read();
    return reading;
  };
  document.body.append(bar);
  document.body.classList.add("ed-docked");
  refresh();
  return { tell, refresh, bar };
}
