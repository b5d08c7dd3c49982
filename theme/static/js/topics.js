// Topic chips show one topic of the day and hide the others. The address keeps the choice.

/** @param {Tools} tools */
export function start({ say }) {
  /** @type {NodeListOf<HTMLElement>} */
  const chips = document.querySelectorAll(".day-topics [data-topic]");
  /** @type {NodeListOf<HTMLElement>} */
  const groups = document.querySelectorAll(".groups > .group, .front");
  const day = document.querySelector(".day");
  if (!day) return;

  const show = () => {
    const wanted = location.hash.slice(1);
    const chosen = [...groups].find((group) => wanted && group.id === wanted);
    for (const group of groups) group.hidden = Boolean(chosen) && group !== chosen;
    for (const chip of chips) {
      if (chip.dataset.topic === (chosen ? wanted.slice(2) : "")) {
        chip.setAttribute("aria-current", "true");
        if (chosen) chip.scrollIntoView({ block: "nearest", inline: "center" });
      } else chip.removeAttribute("aria-current");
    }
    return chosen;
  };

  for (const chip of chips) {
    chip.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      const hash = chip.dataset.topic && `#t-${chip.dataset.topic}`;
      history.pushState(null, "", hash || location.pathname + location.search);
      const chosen = show();
      dispatchEvent(new Event("topic"));
      if (day.getBoundingClientRect().top < 0) day.scrollIntoView();
      const count = (chosen ?? day).querySelectorAll(".row").length;
      say(ngettext("%(count)s paper shown", "%(count)s papers shown", count));
    });
  }
  addEventListener("popstate", () => {
    show();
    dispatchEvent(new Event("topic"));
  });
  show();
}
