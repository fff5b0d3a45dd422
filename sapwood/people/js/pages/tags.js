// <tag-input src="…" data-label="…"> around a field of tags with commas between: offers tags that
// colleagues already use for the one being typed. Without it the field works just the same.
const WAIT = 150;

customElements.define(
  "tag-input",
  class extends HTMLElement {
    #timer;
    #asked = "";

    connectedCallback() {
      this.field = this.querySelector("textarea, input");
      this.list = document.createElement("ul");
      this.list.className = "row gap-2 mt-2 offered";
      this.list.setAttribute("aria-label", this.dataset.label);
      this.list.setAttribute("aria-live", "polite");
      this.list.hidden = true;
      this.field.after(this.list);
      this.field.setAttribute("autocomplete", "off");
      this.field.addEventListener("input", () => this.#later());
      this.addEventListener("keydown", (event) => this.#key(event));
      this.addEventListener("focusout", ({ relatedTarget: next }) => {
        if (!this.contains(next)) this.#show([]);
      });
    }

    disconnectedCallback() {
      clearTimeout(this.#timer);
    }

    /** Where the tag under the caret begins and ends, and its words. */
    get #part() {
      const { value, selectionStart: caret } = this.field;
      const start = Math.max(...[",", ";", "\n"].map((mark) => value.lastIndexOf(mark, caret - 1))) + 1;
      const rest = value.slice(start).search(/[,;\n]/);
      const end = rest < 0 ? value.length : start + rest;
      return { start, end, words: value.slice(start, end).trim() };
    }

    #later() {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#ask(), WAIT);
    }

    async #ask() {
      const { words } = this.#part;
      this.#asked = words;
      if (words.length < 2) return this.#show([]);
      try {
        const answer = await fetch(`${this.getAttribute("src")}?q=${encodeURIComponent(words)}`, {
          headers: { Accept: "application/json" },
        });
        const { tags } = answer.ok ? await answer.json() : { tags: [] };
        if (words !== this.#asked || !this.isConnected) return;
        const said = this.field.value.split(/[,;\n]/).map((tag) => tag.trim().toLowerCase());
        this.#show(tags.filter((tag) => !said.includes(tag.toLowerCase())));
      } catch {
        this.#show([]); // no network: the words stay as they are typed
      }
    }

    #show(tags) {
      this.list.replaceChildren(
        ...tags.map((tag) => {
          const button = document.createElement("button");
          button.type = "button";
          button.className = "chip";
          button.textContent = tag;
          button.addEventListener("click", () => this.#take(tag));
          const item = document.createElement("li");
          item.append(button);
          return item;
        }),
      );
      this.list.hidden = !tags.length;
    }

    #take(tag) {
      const { start, end } = this.#part;
      const { value } = this.field;
      const before = start ? `${value.slice(0, start)} ` : "";
      const after = value.slice(end);
      this.field.value = `${before}${tag}${after || ", "}`;
      const caret = before.length + tag.length + (after ? 0 : 2);
      this.#show([]);
      this.field.focus();
      this.field.setSelectionRange(caret, caret);
      this.field.dispatchEvent(new Event("change", { bubbles: true }));
    }

    #key(event) {
      const buttons = [...this.list.querySelectorAll("button")];
      if (!buttons.length) return;
      const at = buttons.indexOf(document.activeElement);
      if (event.key === "Escape") {
        event.stopPropagation();
        this.#show([]);
        this.field.focus();
      } else if (event.key === "ArrowDown") {
        event.preventDefault();
        buttons[Math.min(at + 1, buttons.length - 1)].focus();
      } else if (event.key === "ArrowUp" && at >= 0) {
        event.preventDefault();
        (at ? buttons[at - 1] : this.field).focus();
      }
    }
  },
);
