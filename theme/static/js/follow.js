// Buttons that copy a feed's whole address, beside each link to a feed on the Subscribe page.

const voice = document.createElement("p");
voice.className = "vh";
voice.setAttribute("role", "status");
document.body.append(voice);

for (const row of document.querySelectorAll(".feeds")) {
  const [first] = row.querySelectorAll("[data-feed]");
  if (!first || !navigator.clipboard) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "badge";
  const name = first.querySelector(".vh").cloneNode(true);
  button.append("Copy address", name);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(first.href);
    voice.textContent = "Copied";
    button.firstChild.textContent = "Copied";
    setTimeout(() => (button.firstChild.textContent = "Copy address"), 2000);
  });
  row.append(button);
}
