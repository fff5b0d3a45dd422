// <say-it for="id">: speech becomes text at the cursor, where the browser can listen; elsewhere it stays unseen.
import { announce } from "../../core/js/htmx.js";

const Recognition = globalThis.SpeechRecognition ?? globalThis.webkitSpeechRecognition;
const TOLD = "say-it-told";

customElements.define(
  "say-it",
  class extends HTMLElement {
    #ear;
    #ready = localStorage.getItem(TOLD) !== null;

    connectedCallback() {
      if (!Recognition) return;
      this.hidden = false;
      this.#button.addEventListener("click", () => this.#press());
    }

    disconnectedCallback() {
      this.#ear?.abort();
    }

    get #button() {
      return this.querySelector("button");
    }

    /** The first press says who may hear it; the next one listens; the next one stops. */
    #press() {
      if (this.#ear) return this.#ear.stop();
      if (!this.#ready) {
        this.querySelector("[data-told]").hidden = false;
        announce(this.querySelector("[data-told]").textContent);
        this.#label(this.dataset.start);
        this.#ready = true;
        localStorage.setItem(TOLD, "1");
        return;
      }
      this.#listen();
    }

    #listen() {
      const ear = new Recognition();
      ear.lang = document.documentElement.lang === "pt" ? "pt-PT" : navigator.language.startsWith("en") ? navigator.language : "en-GB";
      ear.continuous = true;
      ear.interimResults = false;
      let trouble = "";
      ear.onresult = (event) => {
        for (let i = event.resultIndex; i < event.results.length; i++)
          if (event.results[i].isFinal) this.#write(event.results[i][0].transcript.trim());
      };
      ear.onerror = ({ error }) => {
        trouble = ["not-allowed", "service-not-allowed"].includes(error) ? "refused" : "failed";
      };
      ear.onend = () => {
        this.#ear = undefined;
        this.#button.setAttribute("aria-pressed", "false");
        this.#label(this.dataset.start);
        this.#state(this.dataset[trouble || "stopped"]);
      };
      ear.start();
      this.#ear = ear;
      this.#button.setAttribute("aria-pressed", "true");
      this.#label(this.dataset.stop);
      this.#state(this.dataset.listening);
    }

    /** At the cursor, with a space where words would touch. */
    #write(words) {
      const field = document.getElementById(this.getAttribute("for"));
      const before = field.value.slice(0, field.selectionStart);
      const space = before && !/\s$/.test(before) ? " " : "";
      field.setRangeText(space + words, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }

    #label(words) {
      this.#button.querySelector("span").textContent = words;
    }

    #state(words) {
      this.querySelector("[role=status]").textContent = words;
    }
  },
);
