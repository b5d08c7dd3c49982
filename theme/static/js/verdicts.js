// What is said of papers that meet interests, and of those that are folded away.

/** @param {Interest} interest */
export function named({ kind, name }) {
  if (kind === "word") return gettext("the word “%(name)s”", { name });
  if (kind === "author") return gettext("the author %(name)s", { name });
  if (kind === "tag") return gettext("the tag %(name)s", { name });
  if (kind === "topic") return gettext("the topic %(name)s", { name });
  return gettext("the category %(name)s", { name });
}

/**
 * Why papers are marked or muted.
 * @param {Interest[]} met all marked, or all muted
 */
export function namesOf(met) {
  const names = met.map(named).join(gettext(", "));
  return met[0].mute ? gettext("Muted for %(names)s", { names }) : gettext("Marked for %(names)s", { names });
}

/**
 * The line that papers are folded into.
 * @param {string} which "muted" or "seen"
 * @param {number} count
 */
export const foldLine = (which, count) =>
  which === "muted"
    ? ngettext("%(count)s muted paper", "%(count)s muted papers", count)
    : ngettext("%(count)s paper seen before", "%(count)s papers seen before", count);
