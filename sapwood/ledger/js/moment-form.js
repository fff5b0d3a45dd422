// <moment-form person="id"> around the sheet's form: draft, shortcuts, the guess, and keeping without a network.
import htmx, { say } from "../../core/js/htmx.js";
import { session } from "../../core/js/outbox/send.js";
import { drop, find, put } from "../../core/js/outbox/store.js";
import { fill, read, settled } from "./sentence.js";

const waitingKey = () => new URLSearchParams(location.search).get("waiting");

/** What a share sheet put into the address, when the server was not there to read it. */
const shared = () => {
  const query = new URLSearchParams(location.search);
  const parts = ["title", "text", "url"].map((name) => query.get(name)?.trim()).filter(Boolean);
  return [...new Set(parts)].join(" ");
};

customElements.define(
  "moment-form",
  class extends HTMLElement {
    #asked = false;

    connectedCallback() {
      if (this.dialog && !this.dialog.open) {
        this.dialog.showModal();
        this.dialog.addEventListener("close", ({ target }) => target.remove());
      }
      this.addEventListener("input", () => this.#remember());
      this.addEventListener("click", (event) => this.#click(event));
      this.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#submit();
      });
      this.addEventListener("submit", (event) => this.#sending(event), true);
      this.addEventListener("htmx:config:request", (event) => this.#guessing(event));
      this.addEventListener("htmx:before:response", (event) => this.#answered(event));
      this.addEventListener("htmx:error", (event) => this.#failed(event));
      this.#bringBack();
    }

    get form() {
      return this.querySelector("form");
    }
    get dialog() {
      return this.closest("dialog");
    }
    get person() {
      return this.getAttribute("person") || localStorage.getItem("person") || "";
    }
    get #draft() {
      return `draft:${this.person}:moment`;
    }
    #field = (name) => this.form.elements.namedItem(name);

    #submit() {
      this.form.requestSubmit(this.form.querySelector(".primary"));
    }

    #remember() {
      const fields = read(this.form);
      try {
        if (this.#field("title").value.trim()) localStorage.setItem(this.#draft, JSON.stringify(fields));
        else localStorage.removeItem(this.#draft);
      } catch {} // full or forbidden: the open page still has it
      const note = this.querySelector("[data-draft-note]");
      if (note) [note.hidden, note.textContent] = [false, this.dataset.saysKept];
    }

    /** A row of the outbox that is being changed, else the draft; never over what is in the form already. */
    async #bringBack() {
      this.#field("client_key").value ||= crypto.randomUUID();
      if (this.hasAttribute("offline")) this.#field("title").value = shared();
      const row = waitingKey() && (await find(waitingKey()));
      const kept = row?.person === this.person ? row.fields : JSON.parse(localStorage.getItem(this.#draft) ?? "null");
      if (row) await put({ ...row, held: true });
      if (!kept || (this.#field("title").value && !row)) return;
      fill(this.form, kept);
      const people = kept.filter(([name]) => name === "people");
      if (people.length && this.querySelector("#picker-list"))
        htmx.ajax("GET", `/people/pick/?${new URLSearchParams(people)}`, { target: "#picker-list", swap: "outerHTML" });
      const [field, type] = this.#field("way").value ? ["way", "change"] : ["title", "input"];
      this.#field(field).dispatchEvent(new Event(type, { bubbles: true }));
    }

    #click(event) {
      const button = event.target.closest("button, input[type=radio]");
      if (button?.dataset.way) this.#choose(button);
      if (button && "close" in button.dataset) this.dialog?.close();
      if (button?.name === "minutes") this.#toggle(button);
    }

    #choose(button) {
      const { way } = button.dataset;
      const list = this.#field("way");
      list.value = way;
      for (const other of this.querySelectorAll("[data-way]"))
        other.setAttribute("aria-pressed", String(other.dataset.way === way));
      list.dispatchEvent(new Event("change", { bubbles: true }));
      this.#remember();
    }

    /** A length can be taken back by pressing it again. */
    #toggle(radio) {
      if (this.chosen === radio) [radio.checked, this.chosen] = [false, null];
      else this.chosen = radio;
      this.#remember();
    }

    /** Once the way was chosen the guess has nothing to add. */
    #guessing(event) {
      const { sourceElement } = event.detail.ctx;
      if (sourceElement.name === "title" && this.#field("way").value) event.preventDefault();
    }

    #sending(event) {
      if (event.submitter?.value === "find" || (navigator.onLine && !this.hasAttribute("offline"))) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.#keepHere();
    }

    async #answered(event) {
      const { ctx } = event.detail;
      if (ctx.sourceElement !== this.form) return;
      const { raw, status } = ctx.response;
      if (raw.redirected && new URL(raw.url).pathname.startsWith("/account/")) {
        event.preventDefault();
        location.assign(raw.url);
      } else if (status === 403 && !this.#asked) {
        event.preventDefault();
        event.stopPropagation();
        await this.#askAgain();
      } else if (raw.headers.has("X-Kept")) this.#kept();
    }

    /** The token is older than the session: take the new one and send once more. */
    async #askAgain() {
      this.#asked = true;
      const { person, token } = (await session()) ?? {};
      if (person === null) return location.assign(`${this.dataset.door}?next=${new URL(this.form.action).pathname}`);
      if (person !== this.person) return say(this.dataset.saysOut);
      this.#field("csrfmiddlewaretoken").value = token;
      document.querySelector('meta[name="csrf"]').content = token;
      this.#submit();
    }

    #kept() {
      localStorage.removeItem(this.#draft);
      if (waitingKey()) drop(waitingKey());
      document.body.dispatchEvent(new CustomEvent("moment-kept"));
    }

    /** Without a network the form is kept here, and a guess is not worth a word. */
    #failed(event) {
      const { ctx } = event.detail;
      if (!ctx || ctx.response || !(ctx.sourceElement === this.form || ctx.target?.id === "guess")) return;
      event.stopPropagation();
      if (ctx.sourceElement === this.form) this.#keepHere();
    }

    /** Off the form at once, so that words written while the browser keeps these are the next moment's. */
    async #keepHere() {
      const title = this.#field("title").value.trim();
      if (!title) return this.#field("title").focus();
      const key = this.#field("client_key").value;
      const fields = settled(read(this.form));
      this.#empty();
      this.#field("client_key").value = crypto.randomUUID();
      localStorage.removeItem(this.#draft);
      try {
        await put({ key, person: this.person, url: this.form.action, fields, title, at: Date.now() });
      } catch (problem) {
        this.#giveBack(fields);
        throw problem;
      }
      navigator.serviceWorker?.ready.then(({ sync }) => sync?.register("outbox")).catch(() => {});
      document.dispatchEvent(new CustomEvent("outbox"));
      say(this.dataset.saysWaits);
      if (this.dialog) return this.dialog.close();
      if (waitingKey()) history.replaceState(null, "", location.pathname);
      document.querySelector("out-box").scrollIntoView({ block: "nearest" });
    }

    /** The browser has no room for them: they stay where they were written. */
    #giveBack(fields) {
      if (this.#field("title").value) return;
      fill(this.form, fields);
      this.#remember();
    }

    /** As before the first word: the guess of what was kept goes too. */
    #empty() {
      this.form.reset();
      this.#field("way").value = "";
      const guess = this.querySelector("#guess");
      guess?.removeAttribute("class");
      for (const part of guess?.querySelectorAll(".tag, h3, .why, [data-way]") ?? []) part.remove();
      const note = this.querySelector("[data-draft-note]");
      if (note) note.hidden = true;
    }
  },
);

// The sheet cannot come without a network: the page of the same address can, from the service worker.
document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (ctx?.target?.id === "sheet" && !ctx.response) location.assign(ctx.request.action);
});
