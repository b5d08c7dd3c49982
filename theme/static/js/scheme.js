// The switch between the system's colours, light and dark.

const schemes = ["system", "light", "dark"];
/** @type {Record<string, string>} */
const names = { system: "as the system", light: "light", dark: "dark" };

/** @param {Tools} tools */
export function start({ say }) {
  const root = document.documentElement;
  /** @type {HTMLButtonElement | null} */
  const button = document.querySelector("[data-scheme-switch]");
  if (!button) return;
  const show = () => {
    const text = `Colours: ${names[root.dataset.theme ?? "system"]}`;
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
