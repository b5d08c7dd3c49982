// The switch between the system's colours, light and dark.

const schemes = ["system", "light", "dark"];
/** @param {string} scheme */
const said = (scheme) => {
  if (scheme === "light") return gettext("Colours: light");
  return scheme === "dark" ? gettext("Colours: dark") : gettext("Colours: as the system");
};

/** @param {Tools} tools */
export function start({ say }) {
  const root = document.documentElement;
  /** @type {HTMLButtonElement | null} */
  const button = document.querySelector("[data-scheme-switch]");
  if (!button) return;
  const show = () => {
    const text = said(root.dataset.theme ?? "system");
    button.ariaLabel = button.title = text;
    return text;
  };
  show();
  button.addEventListener("click", () => {
    const next = schemes[(schemes.indexOf(root.dataset.theme ?? "system") + 1) % schemes.length];
    if (next === "system") delete root.dataset.theme;
    else root.dataset.theme = next;
    try {
      localStorage.setItem("broadsheet:theme", next);
    } catch {
      // Not remembered, but in force on this page.
    }
    say(show());
  });
}
