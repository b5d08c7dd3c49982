// The decisions of a review that are not written yet, oldest first, and what they make of the papers.
// The server turns them into operations; here they are only shown.

/** @param {Editing.Operation[][]} first */
export function decided(first) {
  const review = {
    steps: first,

    /** @param {string} id */
    of: (id) => review.steps.flat().filter(({ paper }) => paper === id),

    /** @param {string} id @returns {"Pick" | "Decline" | undefined} */
    choice(id) {
      for (const { kind } of review.of(id).reverse()) if (kind === "Pick" || kind === "Decline") return kind;
      return undefined;
    },

    /** A paper's new title and abstract, where it has any.
     * @param {string} id
     */
    text(id) {
      /** @type {{ title?: string, abstract?: string }} */
      const text = {};
      for (const one of review.of(id)) {
        if (one.kind !== "Reword") continue;
        text.title = one.title ?? text.title;
        text.abstract = one.abstract ?? text.abstract;
      }
      return text;
    },

    /** What is decided of a paper's topic, tags and title.
     * @param {Editing.Row} paper
     */
    now(paper) {
      let { topic, tags, title } = paper;
      for (const one of review.of(paper.id)) {
        if (one.kind === "Move") topic = one.topic ?? topic;
        else if (one.kind === "Retag") {
          tags = [...tags.filter((tag) => !one.drop.includes(tag)), ...one.add.filter((tag) => !tags.includes(tag))];
        } else if (one.kind === "Reword") title = one.title ?? title;
      }
      return { topic, tags, title };
    },

    /** @param {string} id */
    notes: (id) => review.of(id).flatMap((one) => (one.kind === "Annotate" ? [one.text] : [])),

    /** @param {Editing.Row[]} papers */
    counts(papers) {
      let picked = 0;
      let declined = 0;
      let published = 0;
      for (const { id, waits } of papers) {
        const choice = review.choice(id);
        if (choice === "Decline") declined += 1;
        else if (!waits) published += 1;
        else if (choice === "Pick") picked += 1;
      }
      return { picked, declined, published };
    },
  };
  return review;
}
