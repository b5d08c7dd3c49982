// Keys for those who read without a mouse: j k o s c / ? g d, and a sheet that tells them.

const sheet = [
  ["j", "next paper"],
  ["k", "previous paper"],
  ["o", "open or close its abstract"],
  ["Enter", "go to its page"],
  ["s", "save it, or let it go"],
  ["c", "copy its citation"],
  ["/", "search"],
  ["g d", "the newest day"],
  ["g t", "topics"],
  ["g a", "archive"],
  ["g s", "saved papers"],
  ["?", "this sheet"],
];
const places = { d: "", t: "topics/", a: "archive/", s: "saved/" };
const items = ".row, .titles li, .results > li, .cards li, .related li";

export function start({ base, store, say, make }) {
  let dialog;
  let going = 0;

  const visible = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;
  const current = () => document.activeElement?.closest(items) ?? document.querySelector("[data-paper]");

  const move = (step) => {
    const all = [...document.querySelectorAll(items)].filter(visible);
    if (!all.length) return;
    const at = all.indexOf(document.activeElement?.closest(items));
    let next = all[at + step];
    if (at < 0) {
      // From nowhere: the first that is in view, or the last above it.
      const below = all.findIndex((item) => item.getBoundingClientRect().top >= 0);
      next = step > 0 ? all[Math.max(below, 0)] : all[below < 0 ? all.length - 1 : below - 1];
    }
    if (!next) return;
    next.querySelector("a").focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  };

  const help = () => {
    if (!dialog) {
      const list = make("dl", {});
      for (const [keys, what] of sheet) {
        const names = keys.split(" ").flatMap((key) => [make("kbd", {}, key), " "]);
        list.append(make("div", {}, make("dt", {}, ...names), make("dd", {}, what)));
      }
      const box = make("input", { type: "checkbox" });
      box.checked = store.get("keys", true);
      box.addEventListener("change", () => store.set("keys", box.checked));
      const close = make("button", {}, "Close");
      dialog = make("dialog", { "aria-labelledby": "keys-title", class: "keys" }, make("h2", { id: "keys-title" }, "Keys"));
      dialog.append(list, make("label", {}, box, " Use these keys"), make("form", { method: "dialog" }, close));
      document.body.append(dialog);
    }
    if (!dialog.open) dialog.showModal();
  };

  const search = () => {
    const field = [...document.querySelectorAll("#q, #find")].find(visible);
    if (!field) location.href = new URL("search/", base);
    else {
      field.focus();
      field.select();
    }
  };

  const cite = async () => {
    const paper = current();
    const link = paper?.querySelector("a[href*='papers/']");
    const text = document.querySelector("[data-paper] .cite pre")?.textContent
      ?? (paper && `${(paper.querySelector("h1") ?? link).textContent.trim()}. ${link?.href ?? location.href.split("#")[0]}`);
    if (!text) return;
    await navigator.clipboard.writeText(text);
    say("Citation copied");
  };

  const open = () => {
    const details = current()?.querySelector("details");
    if (details) details.open = !details.open;
  };

  const actions = {
    j: () => move(1),
    k: () => move(-1),
    o: open,
    s: () => current()?.querySelector(".save")?.click(),
    c: cite,
    "/": search,
    "?": help,
    g: () => {
      going = Date.now();
    },
  };

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input, textarea, select, dialog, [contenteditable]")) return;
    if (!store.get("keys", true)) return;
    const second = Date.now() - going < 1500;
    going = 0;
    if (second && event.key in places) location.href = new URL(places[event.key], base);
    else if (Object.hasOwn(actions, event.key)) actions[event.key]();
    else return;
    event.preventDefault();
  });

  document.querySelector("[data-keys]")?.addEventListener("click", help);
}
