// <toast-note>: a short note that can be closed; it goes by itself only when nothing in it can be done.
const STAYS = 12_000;

customElements.define(
  "toast-note",
  class extends HTMLElement {
    #timer;

    connectedCallback() {
      const close = this.querySelector(".close");
      if (close) {
        close.hidden = false;
        close.addEventListener("click", () => this.remove());
      }
      if (this.hasAttribute("stays") || this.querySelector("form")) return;
      for (const name of ["pointerenter", "focusin"])
        this.addEventListener(name, () => clearTimeout(this.#timer));
      for (const name of ["pointerleave", "focusout"]) this.addEventListener(name, () => this.#count());
      this.#count();
    }

    disconnectedCallback() {
      clearTimeout(this.#timer);
    }

    #count() {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.remove(), STAYS);
    }
  },
);
