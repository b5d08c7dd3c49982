// Buttons that copy what stands in an element: its data-copy, or else its text.

/**
 * @param {HTMLElement} source
 * @param {string} name what is copied, for screen readers
 * @param {Pick<Tools, "say" | "make">} tools
 */
export function copier(source, name, { say, make }) {
  const label = new Text(gettext("Copy"));
  const button = make("button", { type: "button", class: "badge" }, label);
  button.append(make("span", { class: "vh" }, ` ${name}`));
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.dataset.copy || source.textContent);
    say(gettext("Copied"));
    label.data = gettext("Copied");
    setTimeout(() => (label.data = gettext("Copy")), 2000);
  });
  return button;
}

/** @param {Tools} tools */
export function start(tools) {
  /** @type {NodeListOf<HTMLElement>} */
  const sources = document.querySelectorAll("[data-copy]");
  for (const source of sources) {
    source.after(" ", copier(source, source.textContent, tools));
  }
}
