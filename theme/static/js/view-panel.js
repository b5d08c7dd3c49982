// The panel that chooses how lists show: the order and density of a day, and what becomes of papers
// once seen. What is chosen holds at once, and is kept.

import "./own-style.js";
import { mendSeen, mendView } from "./view.js";
import { toast } from "./toast.js";

/** @type {() => Record<string, [title: string, ...labels: string[]]>} */
const labels = () => ({
  order: [gettext("Order"), gettext("By topic"), gettext("By votes"), gettext("As listed")],
  density: [gettext("Density"), gettext("Comfortable"), gettext("Compact"), gettext("Titles only")],
  seen: [gettext("Papers seen before"), gettext("Dimmed"), gettext("Hidden"), gettext("As any other")],
  by: [gettext("Seen is what was"), gettext("Opened"), gettext("Opened or scrolled past")],
});
const values = {
  order: ["topic", "votes", "listing"],
  density: ["comfortable", "compact", "titles"],
  seen: ["dim", "hide", "show"],
  by: ["opened", "scrolled"],
};

/**
 * @param {Element} panel
 * @param {Tools} tools
 */
export function fill(panel, tools) {
  const { base, idOf, make, store } = tools;
  const day = document.querySelector(".groups");
  const root = document.documentElement;

  /**
   * @param {keyof View} name
   * @param {string} value
   */
  const choose = (name, value) => {
    store.set("view", { version: 1, ...store.get("view", mendView), [name]: value });
    if (name === "density" && value === "comfortable") delete root.dataset.density;
    else if (name === "density") root.dataset.density = value;
    else dispatchEvent(new Event(name === "by" ? "seen" : "arrange"));
    if (name === "by") dispatchEvent(new Event("arrange"));
  };

  const now = store.get("view", mendView);
  const sets = Object.entries(values).map(([name, all]) => {
    const [title, ...each] = labels()[name];
    // A list of titles has no topics: it is as listed, or by votes where it tells them.
    const flat = name === "order" && !day;
    if (flat && !document.querySelector(".titles .votes")) return "";
    if (flat) each[0] = each[2];
    const options = all.slice(0, flat ? 2 : 3).map((value, at) => {
      const box = make("input", { type: "radio", name: `view-${name}`, value });
      const chosen = now[/** @type {keyof View} */ (name)];
      box.checked = chosen === value || (flat && chosen === "listing" && value === "topic");
      box.addEventListener("change", () => choose(/** @type {keyof View} */ (name), value));
      return make("label", {}, box, " ", each[at]);
    });
    return make("fieldset", {}, make("legend", {}, title), ...options);
  });

  const ids = () => [...document.querySelectorAll(".row, .by-day .titles:not(.mine) li")].map(idOf);

  /**
   * Papers of this page as seen, or as never seen; both can be taken back.
   * @param {boolean} seen
   */
  const setSeen = (seen) => {
    const own = new Set(ids());
    const before = ["read", "seen"].map((name) => store.get(name, mendSeen));
    const [read, passed] = before.map((all) => all.filter((id) => !own.has(id)));
    store.set("read", read.concat(seen ? [...own] : []));
    store.set("seen", passed);
    dispatchEvent(new Event("seen"));
    dispatchEvent(new Event("arrange"));
    const done = seen ? gettext("All papers here count as seen") : gettext("No paper here counts as seen");
    toast(tools, done, () => {
      store.set("read", before[0]);
      store.set("seen", before[1]);
      dispatchEvent(new Event("seen"));
    });
  };
  const buttons = [true, false].map((seen) => {
    const button = make("button", { type: "button", class: "badge" }, seen ? gettext("All seen") : gettext("None seen"));
    button.addEventListener("click", () => setSeen(seen));
    return button;
  });
  const all = make("a", { href: new URL("saved/#interests", base) }, gettext("My interests"));
  panel.append(make("div", { class: "choices" }, ...sets, make("p", {}, ...buttons, " ", all)));
  panel.addEventListener("keydown", (event) => {
    if (/** @type {KeyboardEvent} */ (event).key !== "Escape") return;
    /** @type {HTMLDetailsElement} */ (panel).open = false;
    panel.querySelector("summary")?.focus();
  });
}
