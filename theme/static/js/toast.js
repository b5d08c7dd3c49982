// A line at the foot of the window that says what was done, and takes it back.

import "./own-style.js";

let timer = 0;

/**
 * @param {Pick<Tools, "make" | "say">} tools
 * @param {string} text
 * @param {() => void} [undo]
 */
export function toast({ make, say }, text, undo) {
  document.querySelector(".toast")?.remove();
  const line = make("p", { class: "toast" }, text);
  if (undo) {
    const button = make("button", { type: "button", class: "badge" }, gettext("Undo"));
    button.addEventListener("click", () => {
      line.remove();
      undo();
      say(gettext("Undone"));
    });
    line.append(" ", button);
  }
  document.body.append(line);
  say(text);
  clearTimeout(timer);
  const leave = () => {
    if (line.matches(":hover, :focus-within")) timer = setTimeout(leave, 2000);
    else line.remove();
  };
  timer = setTimeout(leave, 8000);
}
