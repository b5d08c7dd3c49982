// Buttons that copy what stands in an element: its data-copy, or else its text.

export function copier(source, name, { say, make }) {
  const button = make("button", { type: "button", class: "badge" }, "Copy");
  button.append(make("span", { class: "vh" }, ` ${name}`));
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.dataset.copy || source.textContent);
    say("Copied");
    button.firstChild.textContent = "Copied";
    setTimeout(() => (button.firstChild.textContent = "Copy"), 2000);
  });
  return button;
}

export function start(tools) {
  for (const source of document.querySelectorAll("[data-copy]")) {
    source.after(" ", copier(source, source.textContent, tools));
  }
}
