// Runs before the page shows, so that a chosen colour scheme never flashes.
// biome-ignore lint/complexity/useArrowFunction: for browsers of any age
(function () {
  var root = document.documentElement;
  root.dataset.js = "";
  try {
    // biome-ignore lint/correctness/noInnerDeclarations: the same
    var theme = localStorage.getItem("broadsheet:theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    // Whoever keeps searches sees a line for what is new in them, from the start.
    // biome-ignore lint/correctness/noInnerDeclarations: the same
    var base = new URL("../../", /** @type {HTMLScriptElement} */ (document.currentScript).src).pathname;
    if (/"query"/.test(localStorage.getItem(`broadsheet:${base}:searches`) || "")) root.dataset.kept = "";
  } catch {
    // Storage is switched off: the system's scheme it is.
  }
  // How the reader wants lists (view.js, interests.js). Where their papers are to be put in another
  // order, lists wait for that, so that nothing moves under the reader's eyes.
  try {
    const here = new URL(/** @type {HTMLScriptElement} */ (document.currentScript).src);
    const top = new URL("../../", here).pathname;
    /** @param {string} name */
    const kept = (name) => JSON.parse(localStorage.getItem(`broadsheet:${top}:${name}`) || "null") || {};
    const view = kept("view");
    if (/^(compact|titles)$/.test(view.density)) root.dataset.density = view.density;
    if (/^(votes|listing)$/.test(view.order) || /^(hide|show)$/.test(view.seen) || view.by === "scrolled" || kept("interests").list?.length) {
      root.dataset.wait = "";
      // What arranges comes with the page, not after it. If it can't, site.js says why.
      for (const name of ["mine", "arrange"]) import(new URL(`${name}.js${here.search}`, here).href).catch(() => {});
    }
  } catch {
    // Nothing is kept, or nothing sound.
  }
})();

// What scripts say, and how they write numbers: as their sources have it, which is English, or by
// the table that words.js brings to a page in another language.
/**
 * @param {string} text
 * @param {Record<string, string | number>} [values]
 */
const filled = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => String(values?.[name]));
globalThis.gettext = (message, values) => filled(globalThis.broadsheet?.messages[message]?.[0] ?? message, values);
globalThis.ngettext = (one, many, count, values) => {
  const forms = globalThis.broadsheet?.messages[one];
  const text = forms ? forms[globalThis.broadsheet?.form(count) ?? 0] : count === 1 ? one : many;
  return filled(text, { count: numbered(count), ...values });
};
globalThis.numbered = (count) =>
  count.toLocaleString(globalThis.broadsheet ? `${globalThis.broadsheet.language}-u-nu-latn` : "en");

// From disk most browsers run no modules: what needs them says so, unless they ran.
if (location.protocol === "file:") {
  addEventListener("DOMContentLoaded", () => document.querySelector("#from-disk")?.removeAttribute("hidden"));
}
