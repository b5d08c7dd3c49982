// Buttons that copy: citations (cite.js has made the last of them), and whatever stands in an
// element with data-copy (its value, or else its text).

export function start({ say, make }) {
  for (const source of document.querySelectorAll(".cite pre, [data-copy]")) {
    const name = source.matches("pre") ? source.previousElementSibling : source;
    const button = make("button", { type: "button", class: "badge" }, "Copy");
    button.append(make("span", { class: "vh" }, ` ${name.textContent}`));
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(source.dataset.copy || source.textContent);
      say("Copied");
      button.firstChild.textContent = "Copied";
      setTimeout(() => (button.firstChild.textContent = "Copy"), 2000);
    });
    if (source.matches("pre")) source.before(button);
    else source.after(" ", button);
  }
}
