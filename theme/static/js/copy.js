// Buttons that copy a citation.

export function start({ say, make }) {
  for (const text of document.querySelectorAll(".cite pre")) {
    const button = make("button", { type: "button", class: "badge" }, "Copy");
    button.append(make("span", { class: "vh" }, ` ${text.previousElementSibling.textContent}`));
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text.textContent);
      say("Copied");
      button.firstChild.textContent = "Copied";
      setTimeout(() => (button.firstChild.textContent = "Copy"), 2000);
    });
    text.before(button);
  }
}
