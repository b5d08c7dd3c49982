// Starts the service worker, tells it which pages to keep beside what is opened, and lists on the
// page of kept pages what it keeps.

const DAYS = 3; // the newest, whose papers stand on the front page as well

/** @param {Response | undefined} answer */
const facts = (answer) => {
  try {
    return {
      title: decodeURIComponent(answer?.headers.get("X-Broadsheet-Title") ?? ""),
      when: answer?.headers.get("X-Broadsheet-When") ?? "",
    };
  } catch {
    return { title: "", when: "" }; // damaged
  }
};

/**
 * @param {Element} place
 * @param {Tools} tools
 */
async function list(place, { base, make }) {
  const name = `broadsheet:${base.pathname}:pages`;
  const rows = [];
  try {
    const cache = await caches.open(name);
    for (const request of [...(await cache.keys())].reverse()) {
      const path = decodeURI(request.url.slice(base.href.length));
      if (path === "offline/") continue; // this page
      const { title, when } = facts(await cache.match(request));
      // The front page's heading is that of the newest day.
      const home = /** @type {Element} */ (document.querySelector(".brand")).textContent;
      const link = make("a", { href: request.url, dir: "auto" }, path ? title || path : home);
      rows.push(make("li", {}, link, " ", make("span", { class: "by" }, make("time", { datetime: when }, when.slice(0, 10)))));
    }
  } catch {
    // No caches here: nothing is kept.
  }
  /** @type {HTMLButtonElement | null} */
  const forget = document.querySelector("[data-kept-forget]");
  if (!forget) return;
  /** @param {HTMLElement[]} rows */
  const show = (rows) => {
    place.replaceChildren(...rows);
    document.querySelector("[data-kept-empty]")?.toggleAttribute("hidden", rows.length > 0);
    forget.hidden = !rows.length;
  };
  show(rows);
  forget.onclick = async () => {
    await caches.delete(name);
    show([]);
  };
}

/** @param {Tools} tools */
export async function start(tools) {
  const place = document.querySelector("[data-kept-list]");
  if (place) await list(place, tools);
  const { serviceWorker } = navigator;
  const saving = /** @type {any} */ (navigator).connection?.saveData;
  // While the site is made, pages change at each key: nothing is kept of them.
  if (!serviceWorker || saving || document.querySelector("script[src^='/__serve/']")) return;
  const begin = async () => {
    const { base } = tools;
    try {
      await serviceWorker.register(new URL("sw.js", base), { scope: base.pathname, updateViaCache: "none" });
      const { active } = await serviceWorker.ready;
      if (document.querySelector(".kept")) return; // it came from there
      /** @type {NodeListOf<HTMLAnchorElement>} */
      const recent = document.querySelectorAll("[data-recent] a");
      const days = [...recent].slice(0, DAYS).map((link) => link.href);
      active?.postMessage({ keep: [location.href, ...days] });
    } catch {
      // Private windows and full disks have none: the site works as before.
    }
  };
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
}
