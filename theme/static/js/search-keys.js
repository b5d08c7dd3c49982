// Keys that lead from result to result, and back to the box.

/**
 * @param {HTMLOListElement} list
 * @param {HTMLInputElement} box
 */
export function leadByKeys(list, box) {
  list.addEventListener("keydown", (event) => {
    const item = event.target instanceof Element && event.target.closest("li");
    if (!item) return;
    /** @type {Record<string, Element | null>} */
    const go = { ArrowDown: item.nextElementSibling, ArrowUp: item.previousElementSibling ?? box, Escape: box };
    const to = go[event.key];
    if (!to) return;
    event.preventDefault();
    const target = to === box ? box : to.querySelector("a");
    if (target) target.focus();
    else to.scrollIntoView({ block: "nearest" });
  });
}
