// What is new since the last visit: papers of this issue that came late, or whole issues.

/**
 * A visit as it should be, of any JSON; null where it tells of none.
 * @param {any} value
 * @returns {{ day: string, papers: string[] } | null}
 */
export const mendVisit = (value) =>
  typeof value?.day === "string" && /^\d{4}-\d\d-\d\d$/.test(value.day)
    ? { day: value.day, papers: Array.isArray(value.papers) ? value.papers : [] }
    : null;

/** @param {Tools} tools */
export async function start({ base, store, idOf }) {
  /** @type {HTMLElement | null} */
  const issue = document.querySelector(".home [data-day]");
  if (!issue) return;
  /** @type {NodeListOf<HTMLElement>} */
  const shown = issue.querySelectorAll(".row");
  const rows = [...shown];
  /** @type {{ day: string, papers: string[] }} */
  const now = { day: issue.dataset.day ?? "", papers: rows.map(idOf) };

  // The last visit stays the last one for as long as this tab is open, whatever is reloaded.
  let last = store.get("visit", mendVisit);
  try {
    const key = `broadsheet:${base.pathname}:visit`;
    const kept = sessionStorage.getItem(key);
    if (kept === null) sessionStorage.setItem(key, JSON.stringify(last));
    else last = mendVisit(JSON.parse(kept));
  } catch {
    // Without a session, the marks last until the next page.
  }
  store.set("visit", now);
  if (!last) return;

  /** @type {HTMLElement | null} */
  const fresh = document.querySelector("[data-fresh]");
  if (!fresh) return;
  if (last.day === now.day) {
    const late = rows.filter((row) => !last.papers.includes(idOf(row)));
    for (const row of late) {
      row.classList.add("new");
      row.dataset.new = gettext("New");
    }
    if (late.length && fresh.dataset.fresh !== "seen") {
      const { leadTo } = await import(`./seen.js${new URL(import.meta.url).search}`);
      leadTo(fresh, ngettext("%(count)s new to you", "%(count)s new to you", late.length), () => late);
    }
    return;
  }
  /** @type {NodeListOf<HTMLTimeElement>} */
  const times = document.querySelectorAll("[data-recent] time");
  const days = [...times].filter((time) => time.dateTime > last.day);
  for (const time of days) if (time.closest("a")) time.classList.add("new");
  const count = days.filter((time) => time.closest("a")).length;
  if (last.day < now.day) {
    fresh.textContent = count > 1
      ? ngettext("%(count)s issue new to you", "%(count)s issues new to you", count)
      : gettext("New to you");
  }
}
