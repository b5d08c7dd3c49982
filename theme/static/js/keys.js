// Keys for those who read without a mouse, and a sheet that tells them.

const sheet = () => ({
  j: gettext("next paper"),
  k: gettext("previous paper"),
  o: gettext("open or close its abstract"),
  Enter: gettext("go to its page"),
  s: gettext("save it, or let it go"),
  c: gettext("copy its citation"),
  i: gettext("mark or mute: it, a focused tag, selected words"),
  v: gettext("how lists show"),
  "/": gettext("search"),
  "g d": gettext("the newest day"),
  "g t": gettext("topics"),
  "g a": gettext("archive"),
  "g s": gettext("saved papers"),
  "?": gettext("this sheet"),
});
/** @type {Record<string, string>} */
const places = { d: "./", t: "topics/", a: "archive/", s: "saved/" };
// Those marked for the reader are named first, but each stands whole among the others.
const items = ".row, .titles:not(.mine) li, .results > li, .cards li, .related li";

/**
 * Whether these keys are used: unless switched off.
 * @param {unknown} value
 */
const mendUsed = (value) => value !== false;

/** @param {Tools} tools */
export function start({ base, store, say, make, words }) {
  /** @type {HTMLDialogElement | undefined} */
  let dialog;
  let going = 0;

  const focused = () => document.activeElement?.closest(items);
  const current = () => focused() ?? document.querySelector(".paper");

  /** @param {number} step */
  const move = (step) => {
    const all = [...document.querySelectorAll(items)].filter((item) => item.checkVisibility());
    const here = focused();
    let at = here ? all.indexOf(here) : -1;
    if (at < 0) {
      // From nowhere: to the first that is in view.
      at = all.findIndex((item) => item.getBoundingClientRect().top >= 0);
      if (step > 0) at -= 1;
    }
    const next = all[at + step];
    next?.querySelector("a")?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "nearest" });
  };

  const help = () => {
    if (!dialog) {
      const list = make("dl", {});
      for (const [keys, what] of Object.entries(sheet())) {
        const names = keys.split(" ").flatMap((key) => [make("kbd", {}, key), " "]);
        list.append(make("div", {}, make("dt", {}, ...names), make("dd", {}, what)));
      }
      const box = make("input", { type: "checkbox" });
      box.checked = store.get("keys", mendUsed);
      box.addEventListener("change", () => store.set("keys", box.checked));
      const title = make("h2", { id: "keys" }, gettext("Keys"));
      const close = make("form", { method: "dialog" }, make("button", {}, gettext("Close")));
      dialog = make("dialog", { "aria-labelledby": "keys" }, title, list, make("label", {}, box, ` ${gettext("Use these keys")}`), close);
      document.body.append(dialog);
    }
    dialog.showModal();
  };

  const search = () => {
    /** @type {NodeListOf<HTMLInputElement>} */
    const fields = document.querySelectorAll("#q, #find");
    const field = [...fields].find((one) => one.checkVisibility());
    if (field) field.select();
    else if (document.querySelector(".to-search")) location.href = new URL("search/", base).href;
  };

  const cite = async () => {
    const paper = current();
    if (!paper) return;
    /** @type {HTMLElement | null} */
    const title = paper.querySelector("h1, h2 a, h3 a, a");
    if (!title) return;
    const page = title instanceof HTMLAnchorElement ? title.href : location.href.split("#")[0];
    const text = paper.querySelector(".cite pre")?.textContent ?? `${words(title)}. ${page}`;
    await navigator.clipboard.writeText(text);
    say(gettext("Citation copied"));
  };

  const open = () => {
    const details = current()?.querySelector("details");
    if (details) details.open = !details.open;
  };

  const save = () => /** @type {HTMLElement | null | undefined} */ (current()?.querySelector(".save"))?.click();

  /** @type {Record<string, () => void>} */
  const actions = {
    j: () => move(1),
    k: () => move(-1),
    o: open,
    s: save,
    c: cite,
    i: () => dispatchEvent(new Event("interest")),
    v: () => dispatchEvent(new Event("view")),
    "/": search,
    "?": help,
    g: () => {
      going = Date.now();
    },
  };

  addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (!(target instanceof Element) || target.closest("input, textarea, select, dialog")) return;
    if (!store.get("keys", mendUsed)) return;
    const second = Date.now() - going < 1500;
    going = 0;
    if (second && Object.hasOwn(places, key)) location.href = new URL(places[key], base).href;
    else if (Object.hasOwn(actions, key)) actions[key]();
    else return;
    event.preventDefault();
  });

  document.querySelector("[data-keys]")?.addEventListener("click", help);
}
