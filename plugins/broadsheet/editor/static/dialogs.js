// The dialogs that ask what to do to a paper. Each gives operations to `act`, and stays open, with what
// was typed, where that fails.

import { ask, counted, fragment, make } from "./client.js";

let count = 0;

/**
 * Opens a dialog. The focus returns to where it was when it closes.
 * @param {Editing.Dialog} dialog
 */
export function open({ title, parts, action, wide, act }) {
  count += 1;
  const name = `ed-dialog-${count}`;
  const problem = make("p", { class: "ed-problem", role: "alert" });
  const submit = make("button", { type: "submit" }, action);
  const cancel = make("button", { type: "button", class: "ed-quiet" }, action ? "Cancel" : "Close");
  const buttons = make("p", { class: "ed-actions" }, ...(action ? [submit] : []), cancel);
  const form = make("form", { method: "dialog" }, make("h2", { id: name }, title), ...parts, problem, buttons);
  const dialog = make("dialog", { "aria-labelledby": name, class: wide ? "ed-dialog ed-wide" : "ed-dialog" }, form);
  const typed = () => JSON.stringify([...new FormData(form)].map(String));
  let before = "";
  let warned = false;
  const leave = () => {
    if (typed() === before || warned) return dialog.close();
    warned = true;
    problem.textContent = "This is not saved. Cancel once more to leave it.";
  };
  cancel.addEventListener("click", leave);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave();
  });
  dialog.addEventListener("close", () => dialog.remove());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (submit.disabled) return;
    submit.disabled = true;
    problem.textContent = "";
    const failed = await act(new FormData(form));
    submit.disabled = false;
    if (failed === undefined) dialog.close();
    else problem.textContent = failed;
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  document.body.append(dialog);
  dialog.showModal();
  before = typed();
  return dialog;
}

/**
 * @param {string} text
 * @param {HTMLElement} field
 * @param {string} [hint]
 */
function labelled(text, field, hint) {
  const small = hint ? [make("small", {}, ` ${hint}`)] : [];
  return make("label", {}, make("span", {}, text, ...small), field);
}

/**
 * What a title and an abstract look like, while they are typed.
 * @param {() => { title?: string, abstract: string }} texts
 * @param {HTMLElement[]} fields
 */
function preview(texts, fields) {
  const shown = make("div", { class: "ed-shown" });
  const region = make("section", { class: "ed-preview", "aria-label": "Preview", tabindex: "0" }, make("h3", {}, "Preview"), shown);
  let asked = 0;
  const show = async () => {
    asked += 1;
    const mine = asked;
    /** @type {Editing.Answer<{ titleHtml: string, abstractHtml: string }>} */
    const answer = await ask("preview", texts());
    if (mine !== asked) return;
    if (answer.problem !== undefined) {
      shown.replaceChildren(make("p", { class: "ed-problem" }, answer.problem));
      return;
    }
    const title = texts().title === undefined ? [] : [make("p", { class: "ed-title" }, fragment(answer.titleHtml))];
    shown.replaceChildren(...title, fragment(answer.abstractHtml));
  };
  /** @type {number | undefined} */
  let waiting;
  for (const field of fields) {
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(show, 200);
    });
  }
  show();
  return region;
}

/** @param {FormData} form @param {string} name */
const text = (form, name) => String(form.get(name) ?? "");

/** @param {string} typed */
const oneLine = (typed) => typed.split(/\s+/).filter(Boolean).join(" ");

/**
 * @param {Editing.Row & { day?: string }} paper
 * @param {Editing.Topic[]} topics
 * @param {Editing.Act} act
 */
export function move(paper, topics, act) {
  const options = topics.map(({ slug, name }) => make("option", { value: slug }, `${name} (${slug})`));
  const topic = make("select", { name: "topic" }, ...options);
  topic.value = paper.topic;
  const day = make("input", { name: "day", type: "date", required: "" });
  day.value = paper.day ?? "";
  return open({
    title: "Move",
    parts: [
      make("p", {}, paper.title),
      labelled("Topic", topic),
      ...(paper.day ? [labelled("Day", day, "(its address stays)")] : []),
    ],
    action: "Move",
    async act(form) {
      const wanted = text(form, "topic");
      const when = paper.day && text(form, "day") !== paper.day ? text(form, "day") : null;
      if (wanted === paper.topic && !when) return "It is there already; choose another topic or day.";
      return act({ kind: "Move", paper: paper.id, topic: wanted === paper.topic ? null : wanted, day: when });
    },
  });
}

/**
 * @param {Editing.Row} paper
 * @param {string[]} known
 * @param {Editing.Act} act
 */
export function retag(paper, known, act) {
  const boxes = paper.tags.map((tag) => {
    const box = make("input", { type: "checkbox", name: "kept", value: tag, checked: "" });
    return make("label", { class: "ed-box" }, box, ` ${tag}`);
  });
  const list = make("datalist", { id: "ed-tags" }, ...known.map((tag) => make("option", { value: tag })));
  const field = make("input", { name: "add", list: "ed-tags", autocomplete: "off", spellcheck: "false" });
  const kept = make("fieldset", {}, make("legend", {}, "Its tags"), ...boxes);
  return open({
    title: "Tags",
    parts: [
      make("p", {}, paper.title),
      ...(boxes.length ? [kept] : []),
      labelled("Add", field, "several with spaces between"),
      list,
    ],
    action: "Save tags",
    async act(form) {
      const add = text(form, "add").split(/[\s,]+/).filter((tag) => tag && !paper.tags.includes(tag));
      const wrong = add.find((tag) => tag.length > 60 || !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(tag));
      if (wrong) return `“${wrong}” can’t be a tag; expected lower-case words joined by hyphens.`;
      const left = form.getAll("kept").map(String);
      const drop = paper.tags.filter((tag) => !left.includes(tag));
      if (!add.length && !drop.length) return "This changes no tag.";
      return act({ kind: "Retag", paper: paper.id, add: [...new Set(add)], drop });
    },
  });
}

/** @param {Editing.Row} paper @param {Editing.Act} act */
export function annotate(paper, act) {
  const field = make("textarea", { name: "note", rows: "4", required: "" });
  return open({
    title: "Note",
    parts: [
      make("p", {}, paper.title),
      labelled("Note", field, "in Markdown, with $maths$"),
      preview(() => ({ abstract: field.value }), [field]),
    ],
    action: "Add note",
    act: async (form) => act({ kind: "Annotate", paper: paper.id, text: text(form, "note") }),
  });
}

/** @param {Editing.Row} paper @param {Editing.Act} act */
export function decline(paper, act) {
  const why = make("input", { name: "why", autocomplete: "off" });
  return open({
    title: "Decline",
    parts: [
      make("p", {}, paper.title),
      make("p", {}, "It leaves the digest, and no import brings it back. Its address says so."),
      labelled("Why", why, "what readers of its address are told; may be empty"),
    ],
    action: "Decline",
    act: async (form) => act({ kind: "Decline", paper: paper.id, why: oneLine(text(form, "why")) || null }),
  });
}

/**
 * @param {Editing.Paper} paper
 * @param {(seen: Editing.Paper) => Editing.Act} acting acts on a paper as it was seen
 * @param {(id: string) => Promise<Editing.Answer<Editing.Paper>>} fetched
 */
export function reword(paper, acting, fetched) {
  let seen = paper;
  const title = make("textarea", { name: "title", rows: "3", required: "" });
  const abstract = make("textarea", { name: "abstract", rows: "10" });
  title.value = paper.titleText;
  abstract.value = paper.abstractText;
  const theirs = make("div", { class: "ed-theirs" });
  return open({
    title: "Title and abstract",
    wide: true,
    parts: [
      make("div", { class: "ed-pair" },
        make("div", {}, labelled("Title", title), labelled("Abstract", abstract, "in Markdown, with $maths$")),
        preview(() => ({ title: title.value, abstract: abstract.value }), [title, abstract])),
      theirs,
    ],
    action: "Save text",
    async act() {
      const newTitle = oneLine(title.value);
      const newAbstract = abstract.value;
      /** @type {Editing.Operation} */
      const operation = {
        kind: "Reword",
        paper: paper.id,
        title: newTitle === seen.titleText ? null : newTitle,
        abstract: newAbstract === seen.abstractText ? null : newAbstract,
      };
      if (operation.title === null && operation.abstract === null) return "It reads so already.";
      const failed = await acting(seen)(operation);
      if (failed === undefined) return undefined;
      const now = await fetched(paper.id);
      if (now.problem === undefined && now.mark !== seen.mark) {
        // Edited elsewhere meanwhile: both texts are shown, and who saves again has seen both.
        seen = now;
        theirs.replaceChildren(
          make("h3", {}, "As the file has it now"),
          make("pre", { tabindex: "0" }, `${now.titleText}\n\n${now.abstractText}`),
        );
        return `${failed} Your text is kept here; the file’s stands below. Save again to replace the file’s by yours.`;
      }
      return failed;
    },
  });
}

/**
 * What changed since the last commit, and a commit of what was edited here.
 * @param {(said: string) => void} tell
 */
export async function changes(tell) {
  /** @type {Editing.Answer<Editing.Changes>} */
  const answer = await ask("changes");
  if (answer.problem !== undefined) {
    return open({ title: "What changed", parts: [make("p", {}, answer.problem)], action: "", act: async () => undefined });
  }
  const { html, files, mixed, here, branch, message } = answer;
  const told = make("div", { class: "ed-told", tabindex: "0", role: "region", "aria-label": "Changes since the last commit" }, fragment(html));
  const where = make("input", { name: "branch", required: "", autocomplete: "off", spellcheck: "false" });
  where.value = branch;
  const words = make("textarea", { name: "message", rows: "2", required: "" });
  words.value = message;
  const committed = make("div", {},
    make("p", {}, `A commit takes ${counted(files.length, "file")} that ${files.length === 1 ? "was" : "were"} edited here, and nothing else. Nothing is pushed.`),
    labelled("Branch", where, here ? `new, or ${here}, which is checked out` : "a new one"),
    labelled("Message", words));
  const others = make("p", { class: "ed-problem" },
    `Edited by other hands, too, so please commit by hand first: ${mixed.join(", ")}`);
  return open({
    title: "What changed",
    wide: true,
    parts: [told, ...(mixed.length ? [others] : []), ...(files.length ? [committed] : [])],
    action: files.length ? "Commit" : "",
    async act(form) {
      /** @type {Editing.Answer<{ said: string }>} */
      const done = await ask("commit", { branch: text(form, "branch").trim(), message: text(form, "message") });
      if (done.problem !== undefined) return done.problem;
      tell(done.said);
      return undefined;
    },
  });
}

/** @param {Record<string, string>} keys */
export function help(keys) {
  const list = make("dl", {});
  for (const [names, what] of Object.entries(keys)) {
    const shown = names.split(" ").flatMap((name) => [make("kbd", {}, name), " "]);
    list.append(make("div", {}, make("dt", {}, ...shown), make("dd", {}, what)));
  }
  return open({ title: "Keys", parts: [list], action: "", act: async () => undefined });
}

