// <name-suggest url> around a textarea: names while one types after an @; arrows choose, Enter takes, Escape closes.
const STARTED = /(?:^|[^\w@/.])@([^\W\d_][^@\n]{0,40})$/u;
const WAIT = 180;

customElements.define(
  "name-suggest",
  class extends HTMLElement {
    #list = null;
    #timer = 0;
    #asked = 0;

    connectedCallback() {
      const area = this.#area;
      area.setAttribute("aria-autocomplete", "list");
      area.addEventListener("input", () => this.#later());
      area.addEventListener("keydown", (event) => this.#press(event));
      area.addEventListener("blur", () => setTimeout(() => this.#close(), 150));
    }

    get #area() {
      return this.querySelector("textarea");
    }

    get #typed() {
      const area = this.#area;
      return STARTED.exec(area.value.slice(Math.max(0, area.selectionStart - 60), area.selectionStart))?.[1] ?? "";
    }

    #later() {
      clearTimeout(this.#timer);
      const words = this.#typed;
      if (!words) return this.#close();
      this.#timer = setTimeout(() => this.#ask(words), WAIT);
    }

    async #ask(words) {
      const turn = ++this.#asked;
      try {
        const answer = await fetch(`${this.getAttribute("url")}?q=${encodeURIComponent(words)}`, {
          headers: { "X-Requested-With": "fetch" },
        });
        const html = answer.ok && !answer.redirected ? await answer.text() : "";
        if (turn === this.#asked && this.#typed === words) this.#show(html);
      } catch {
        this.#close();
      }
    }

    #show(html) {
      this.#close();
      if (!html.includes("<li")) return;
      const list = document.createElement("ul");
      list.setAttribute("role", "listbox");
      list.innerHTML = html;
      const key = this.#area.id || "words";
      list.id = `${key}-names`;
      [...list.children].forEach((item, n) => {
        item.id = `${key}-name-${n}`;
        item.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          this.#take(item);
        });
      });
      this.append(list);
      this.#list = list;
      this.#area.setAttribute("aria-controls", list.id);
      this.#choose(0);
      this.#say(this.dataset.found.replace("{n}", list.children.length));
    }

    #choose(to) {
      const items = [...this.#list.children];
      const at = (to + items.length) % items.length;
      items.forEach((item, n) => item.setAttribute("aria-selected", n === at));
      this.#area.setAttribute("aria-activedescendant", items[at].id);
    }

    #press(event) {
      if (!this.#list || event.isComposing) return;
      const items = [...this.#list.children];
      const at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
      if (event.key === "ArrowDown") this.#choose(at + 1);
      else if (event.key === "ArrowUp") this.#choose(at - 1);
      else if (event.key === "Enter" || event.key === "Tab") this.#take(items[at]);
      else if (event.key === "Escape") this.#close();
      else return;
      event.preventDefault();
      event.stopPropagation();
    }

    #take(item) {
      const area = this.#area;
      const end = area.selectionStart;
      const start = end - this.#typed.length;
      area.setRangeText(`${item.dataset.name} `, start, end, "end");
      const picked = document.createElement("input");
      Object.assign(picked, { type: "hidden", name: "picked", value: item.dataset.id });
      this.append(picked);
      this.#close();
      area.focus();
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }

    #close() {
      clearTimeout(this.#timer);
      this.#list?.remove();
      this.#list = null;
      this.#area.removeAttribute("aria-activedescendant");
      this.#area.removeAttribute("aria-controls");
    }

    #say(text) {
      let spoken = this.querySelector("[role=status]");
      if (!spoken) {
        spoken = document.createElement("span");
        spoken.className = "vh";
        spoken.setAttribute("role", "status");
        this.append(spoken);
      }
      spoken.textContent = text;
    }
  },
);
