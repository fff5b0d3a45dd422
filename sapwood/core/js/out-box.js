// <out-box person="id">: says what is on this device and not sent yet, sends it, and asks before sign-out deletes it.
import { announce } from "./htmx.js";
import { dateTime } from "./locale.js";
import { send } from "./outbox/send.js";
import { drop, onChange, put, waiting, wipe } from "./outbox/store.js";
import { forget } from "./reading/shelf.js";

const AGAIN = 60_000;
const LEAVE = "/account/logout/";
const drafts = (person) => Object.keys(localStorage).filter((key) => key.startsWith(`draft:${person}:`));

customElements.define(
  "out-box",
  class extends HTMLElement {
    #timer;
    #state = "";
    #count = 0;

    connectedCallback() {
      const own = this.getAttribute("person");
      if (own) localStorage.setItem("person", own);
      this.person = own || localStorage.getItem("person") || "";
      this.addEventListener("click", ({ target }) => this.#press(target.closest("button")));
      document.addEventListener("submit", (event) => this.#leaving(event), true);
      addEventListener("online", () => this.#try());
      onChange(() => this.#show());
      document.addEventListener("outbox", () => this.#try());
      this.#release().then(() => this.#try());
    }

    get #box() {
      return this.querySelector(".waiting");
    }
    get #isOwn() {
      return Boolean(this.getAttribute("person")) || this.hasAttribute("offline");
    }

    /** What was being changed on a page that is closed now may go after all. */
    async #release() {
      const open = new URLSearchParams(location.search).get("waiting");
      for (const row of await waiting(this.person))
        if (row.held && row.key !== open) await put({ ...row, held: false });
    }

    async #try() {
      clearTimeout(this.#timer);
      await this.#show();
      if (!this.person || this.#box.hidden) return;
      this.#state = await send(this.person);
      await this.#show();
      if (!this.#box.hidden) this.#timer = setTimeout(() => this.#try(), AGAIN);
    }

    async #show() {
      const rows = this.person ? await waiting(this.person) : [];
      this.#tellOfSent(rows);
      this.#box.hidden = !rows.length;
      if (!rows.length) return;
      const many = this.dataset[rows.length === 1 ? "one" : "many"].replace("{n}", rows.length);
      const lead = !navigator.onLine || this.#state === "offline" ? "offline" : this.#state;
      this.#put(this, "lead", this.dataset[lead] ?? "");
      this.#put(this, "count", many);
      this.querySelector("details").hidden = !this.#isOwn;
      this.querySelector("ul").replaceChildren(...(this.#isOwn ? rows.map((row) => this.#row(row)) : []));
    }

    /** This page, another one or the worker sent something: lists may show it now. */
    #tellOfSent(rows) {
      const fewer = rows.length < this.#count;
      this.#count = rows.length;
      if (!fewer) return;
      document.body.dispatchEvent(new CustomEvent("moment-kept"));
      if (!rows.length) announce(this.dataset.sent);
    }

    #row(row) {
      const item = this.querySelector("template").content.cloneNode(true);
      const at = dateTime("medium");
      this.#put(item, "title", row.title);
      const state = row.refused ? this.dataset.refused : row.held ? this.dataset.held : this.dataset.waiting;
      this.#put(item, "state", `${state} ${row.refused || at.format(row.at)}`);
      for (const button of item.querySelectorAll("button")) {
        button.value = row.key;
        button.setAttribute("aria-label", `${button.getAttribute("aria-label")}: ${row.title.slice(0, 60)}`);
      }
      return item;
    }

    #put(where, name, words) {
      where.querySelector(`[data-part="${name}"]`).textContent = words;
    }

    async #press(button) {
      if (button?.name === "delete") await this.#delete(button.value);
      if (button?.name === "edit") location.assign(`${this.dataset.form}?waiting=${button.value}`);
      if (button?.name === "try") await this.#try();
      if (button?.name === "stay") this.#stay();
      if (button?.name === "leave") await this.#leave();
    }

    /** Signing out clears this device; what is only here is sent first, or asked about. */
    async #leaving(event) {
      const path = new URL(event.target.action, location).pathname;
      if (path !== LEAVE || event.target === this.sure || !this.person) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.sure = event.target;
      await send(this.person);
      const left = (await waiting(this.person)).length + drafts(this.person).length;
      if (left) this.querySelector("dialog").showModal();
      else await this.#leave();
    }

    async #delete(key) {
      await drop(key);
      this.#count -= 1;
      await this.#show();
    }

    #stay() {
      this.sure = null;
      this.querySelector("dialog").close();
    }

    async #leave() {
      await wipe(this.person);
      await forget();
      for (const key of drafts(this.person)) localStorage.removeItem(key);
      localStorage.removeItem("person");
      this.sure.requestSubmit();
    }
  },
);
