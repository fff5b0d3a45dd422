// <embed-consent>: a player from another site, loaded only after the reader asked; "always" stays in this browser.
const key = (site) => `play:${site}`;

/** What this browser remembers; nothing where it may not keep anything. */
const memory = {
  has(site) {
    try {
      return localStorage.getItem(key(site)) === "always";
    } catch {
      return false;
    }
  },
  set(site, always) {
    try {
      if (always) localStorage.setItem(key(site), "always");
      else localStorage.removeItem(key(site));
    } catch {
      // asked again next time
    }
  },
};

customElements.define(
  "embed-consent",
  class extends HTMLElement {
    #frame;

    connectedCallback() {
      if (this.#frame) return;
      this.addEventListener("click", ({ target }) => this.#press(target.closest("button")?.dataset.part));
      document.addEventListener("embed-consent", this.#told);
      this.#draw();
    }

    disconnectedCallback() {
      document.removeEventListener("embed-consent", this.#told);
    }

    get #site() {
      return this.getAttribute("site");
    }

    /** Another card of this page was told "always" or "ask me again". */
    #told = ({ detail }) => detail === this.#site && this.#draw();

    #press(part) {
      if (part === "play") this.#load("begins");
      if (part === "always" || part === "never") {
        memory.set(this.#site, part === "always");
        document.dispatchEvent(new CustomEvent("embed-consent", { detail: this.#site }));
        this.#part(part === "always" ? "never" : "play").focus();
      }
    }

    #part(name) {
      return this.querySelector(`[data-part="${name}"]`);
    }

    #draw() {
      const always = memory.has(this.#site);
      if (always) this.#load("src");
      else this.#unload();
      const open = Boolean(this.#frame);
      for (const name of ["ask", "play"]) this.#part(name).hidden = open;
      this.#part("always").hidden = always;
      this.#part("never").hidden = !always;
    }

    #load(from) {
      if (this.#frame) return;
      const frame = document.createElement("iframe");
      frame.title = `${this.dataset.shown}: ${this.dataset.title}`;
      frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-presentation");
      frame.referrerPolicy = this.getAttribute("referrer");
      frame.allow = "autoplay; fullscreen";
      frame.loading = "lazy";
      frame.src = this.getAttribute(from);
      this.#frame = frame;
      this.prepend(frame);
      for (const name of ["ask", "play"]) this.#part(name).hidden = true;
      if (from === "begins") frame.focus();
    }

    #unload() {
      this.#frame?.remove();
      this.#frame = undefined;
    }
  },
);
