// Completion of the word being typed, as a list below the box (ARIA combobox pattern): arrow keys
// choose, Enter accepts, Escape closes. Loaded at the first keystroke.

export class Completion {
  /**
   * @param {HTMLInputElement} box
   * @param {{
   *   ask: Ask, make: Make, taken: () => void,
   * }} page `taken` is called when a word was chosen and put into the box
   */
  constructor(box, { ask, make, taken }) {
    this.box = box;
    this.ask = ask;
    this.make = make;
    this.taken = taken;
    this.active = -1;
    this.list = make("ul", { id: "search-options", role: "listbox", "aria-label": gettext("Words"), hidden: "" });
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-expanded", "false");
    box.setAttribute("aria-controls", this.list.id);
    box.after(this.list);
    box.addEventListener("blur", () => this.close());
    // Runs before the page's own key handler, which skips events that are handled here.
    box.addEventListener("keydown", (event) => this.key(event), { capture: true });
  }

  // The word at the end of the box, if the cursor is behind it and it is long enough to complete.
  word() {
    const { value, selectionStart } = this.box;
    if (selectionStart !== value.length) return null;
    return /(?:^|[\s:+"])([\p{L}\p{N}]{2,})$/u.exec(value)?.[1] ?? null;
  }

  async offer() {
    const start = this.word();
    /** @type {string[]} */
    let words = [];
    if (start) {
      try {
        words = await this.ask({ ask: "complete", start });
      } catch {
        // The search itself reports the error.
      }
    }
    if (start !== this.word()) return; // more was typed: another answer is on its way
    if (!words.length || document.activeElement !== this.box) {
      this.close();
      return;
    }
    this.active = -1;
    this.box.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(...words.map((word, i) => this.option(word, i)));
    this.list.hidden = false;
    this.box.setAttribute("aria-expanded", "true");
  }

  /**
   * @param {string} word
   * @param {number} i
   */
  option(word, i) {
    const option = this.make(
      "li",
      { role: "option", id: `search-option-${i}`, "aria-selected": "false" },
      word,
    );
    option.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the box keeps the focus
      this.take(word);
    });
    return option;
  }

  close() {
    this.active = -1;
    this.list.hidden = true;
    this.list.replaceChildren();
    this.box.setAttribute("aria-expanded", "false");
    this.box.removeAttribute("aria-activedescendant");
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (this.list.hidden || event.isComposing) return;
    const options = [...this.list.children];
    if (event.key === "ArrowDown") this.choose(this.active + 1);
    else if (event.key === "ArrowUp") this.choose(this.active < 0 ? options.length - 1 : this.active - 1);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.active >= 0) this.take(options[this.active].textContent ?? "");
    else return;
    event.preventDefault();
  }

  /**
   * The box itself is the place after the last and before the first.
   * @param {number} place
   */
  choose(place) {
    const options = [...this.list.children];
    this.active = place < options.length ? place : -1;
    options.forEach((option, i) => {
      option.setAttribute("aria-selected", String(i === this.active));
    });
    const id = options[this.active]?.id;
    if (id) this.box.setAttribute("aria-activedescendant", id);
    else this.box.removeAttribute("aria-activedescendant");
  }

  /** @param {string} word */
  take(word) {
    const { value } = this.box;
    this.box.value = `${value.slice(0, value.length - (this.word()?.length ?? 0))}${word} `;
    this.close();
    this.taken();
  }
}
