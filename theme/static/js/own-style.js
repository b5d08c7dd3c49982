// The stylesheet of what is the reader's own: loaded, and waited for, by the first script that shows
// some of it. The page of saved papers has it from the start.

if (!document.querySelector('link[href*="css/own.css"]')) {
  /** @type {HTMLScriptElement | null} */
  const first = document.querySelector('script[src*="js/theme.js"]');
  const version = first ? new URL(first.src).search : "";
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL(`../css/own.css${version}`, import.meta.url).href;
  await new Promise((resolve) => {
    link.onload = resolve;
    link.onerror = resolve; // then it shows as it may
    document.head.append(link);
  });
}
