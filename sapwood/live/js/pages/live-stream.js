// <live-stream data-topics="thread:… person:…" data-ticket="…" data-down="…">: what happens elsewhere shows here.
// Elements with data-live="<topic>" get the event `live` (hx-trigger="live" asks for them again); the document gets
// `live:<name>` with topic and data. All tabs share one stream; while it is away the page asks by itself now and then.
import { Leader } from "../stream/leader.js";

const NAME = "sapwood-live";
const HIDDEN = 60_000; // ms after which a hidden tab lets go
const PATIENCE = 10_000; // ms without a stream before the page says so
const SILENT = 65_000;
const GATHER = () => 300 + 400 * Math.random(); // everybody hears at once and must not ask at once
const POLL = () => 20_000 + 10_000 * Math.random();

customElements.define(
  "live-stream",
  class extends HTMLElement {
    #tab = Math.random().toString(36).slice(2);
    #topics = [];
    #since = document.readyState === "complete" ? Date.now() - 5000 : performance.timeOrigin;
    #last = "";
    #seen = new Set();
    #waiting = new Map();
    #bus;
    #ending;
    #leader;
    #isLive = false;
    #heardAt = 0;
    #pollsAt = 0;
    #tending;
    #hiding;
    #hidAt = 0;

    connectedCallback() {
      this.#topics = this.dataset.topics.split(/\s+/).filter(Boolean);
      this.#ending = new AbortController();
      const { signal } = this.#ending;
      document.addEventListener("visibilitychange", () => this.#turn(), { signal });
      addEventListener("pagehide", () => this.#letGo(), { signal });
      addEventListener("pageshow", ({ persisted }) => persisted && this.#begin(), { signal });
      addEventListener("online", () => this.#leader?.hurry(), { signal });
      this.#begin();
      this.#turn();
    }

    disconnectedCallback() {
      this.#ending.abort();
      this.#letGo();
    }

    #begin() {
      this.#letGo();
      this.#heardAt = Date.now();
      const bus = (this.#bus = new BroadcastChannel(NAME));
      bus.onmessage = ({ data }) => this.#take(data);
      const letGo = new AbortController();
      bus.letGo = letGo;
      const lead = () => new Promise((done) => this.#lead(letGo.signal, done));
      // Without locks (a plain http address) each tab leads itself.
      if (navigator.locks) navigator.locks.request(NAME, { signal: letGo.signal }, lead).catch(() => {});
      else lead();
      this.#tending = setInterval(() => this.#tend(), 1000);
      this.#join();
    }

    #lead(signal, done) {
      if (signal.aborted) return done();
      signal.addEventListener("abort", done);
      this.#leader = new Leader({ send: (message) => this.#send(message) }, this.dataset.ticket, this.#last);
      this.#join();
    }

    /** A tab that nobody looks at needs no news; it hears what it missed when somebody does. */
    #turn() {
      clearTimeout(this.#hiding);
      if (document.hidden) {
        this.#hidAt = Date.now();
        this.#hiding = setTimeout(() => this.#letGo(), HIDDEN);
      } else if (!this.#bus) this.#begin();
      else if (this.#hidAt) {
        this.#since ??= this.#hidAt;
        this.#join();
      }
    }

    #letGo() {
      if (!this.#bus) return;
      this.#since ??= Date.now();
      this.#leader?.stop();
      this.#leader = undefined;
      this.#bus.postMessage({ left: this.#tab });
      this.#bus.letGo.abort();
      this.#bus.close();
      this.#bus = undefined;
      clearInterval(this.#tending);
    }

    #join() {
      const here = { tab: this.#tab, topics: this.#topics, since: this.#since };
      if (this.#leader) this.#leader.join(here);
      else this.#bus.postMessage({ here });
    }

    #send(message) {
      this.#bus?.postMessage(message);
      this.#take(message);
    }

    #take({ here, left, call, event, live, last, down, over }) {
      if (here) return this.#leader?.join(here);
      if (left) return this.#leader?.leave(left);
      if (call) return this.#join();
      if (event) this.#hear(event);
      if (live && this.#topics.every((topic) => live.includes(topic))) {
        [this.#isLive, this.#since, this.#last] = [true, undefined, last];
        this.#say("");
      }
      if (down && this.#isLive) [this.#isLive, this.#heardAt] = [false, Date.now()];
      if (live) this.#heardAt = Date.now();
      if (over) {
        this.#letGo();
        this.dataset.liveState = "over";
      }
    }

    #hear({ id, topic, name, data }) {
      if (name === "snapshot") return this.#showAll();
      this.#last = id;
      if (this.#seen.has(id) || !this.#topics.includes(topic)) return;
      this.#seen.add(id);
      if (this.#seen.size > 500) this.#seen.delete(this.#seen.values().next().value);
      document.dispatchEvent(new CustomEvent(`live:${name}`, { detail: { topic, data } }));
      this.#show(`[data-live~="${CSS.escape(topic)}"]`, { topic, name, data });
    }

    #showAll() {
      document.dispatchEvent(new CustomEvent("live:snapshot", { detail: {} }));
      this.#show("[data-live]", { name: "snapshot" });
    }

    /** Once for what comes together; not under the hands of somebody who writes there. */
    #show(selector, detail) {
      for (const element of document.querySelectorAll(selector)) {
        if (this.#waiting.has(element)) continue;
        const show = () => {
          this.#waiting.delete(element);
          if (!element.isConnected) return;
          if (element.querySelector(":is(textarea, input, select, [contenteditable]):focus"))
            element.addEventListener("focusout", () => this.#show(selector, detail), { once: true });
          else element.dispatchEvent(new CustomEvent("live", { detail }));
        };
        this.#waiting.set(element, setTimeout(show, GATHER()));
      }
    }

    /** Every second: is the stream there? If not for some time, the page asks by itself. */
    #tend() {
      this.#leader?.check();
      const silence = Date.now() - this.#heardAt;
      if (silence < (this.#isLive ? SILENT : PATIENCE)) return;
      this.#isLive = false;
      this.#say(this.dataset.down);
      if (Date.now() < this.#pollsAt) return;
      if (this.#pollsAt && !document.hidden) this.#showAll();
      this.#pollsAt = Date.now() + POLL();
    }

    #say(words) {
      if (!words) this.#pollsAt = 0;
      this.dataset.liveState = words ? "away" : "live";
      if (this.textContent !== words) this.textContent = words;
    }
  },
);
