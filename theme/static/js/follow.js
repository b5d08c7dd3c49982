// Buttons that copy a feed's whole address, beside each link to a feed on the Subscribe page.

const voice = document.createElement("p");
voice.className = "vh";
voice.setAttribute("role", "status");
document.body.append(voice);

for (const row of document.querySelectorAll(".feeds")) {
  /** @type {HTMLAnchorElement | null} */
  const first = row.querySelector("[data-feed]");
  if (!first || !navigator.clipboard) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "badge";
  const label = new Text(gettext("Copy address"));
  button.append(label, first.querySelector(".vh")?.cloneNode(true) ?? "");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(first.href);
    voice.textContent = gettext("Copied");
    label.data = gettext("Copied");
    setTimeout(() => (label.data = gettext("Copy address")), 2000);
  });
  row.append(button);
}
