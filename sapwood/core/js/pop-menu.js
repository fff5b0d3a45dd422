// <pop-menu> around <details>: closes on Escape, on a click elsewhere and when focus leaves.
customElements.define(
  "pop-menu",
  class extends HTMLElement {
    #outside = (event) => {
      if (!this.contains(event.target)) this.#close();
    };

    connectedCallback() {
      this.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || !this.#details.open) return;
        event.stopPropagation();
        this.#close();
        this.querySelector("summary").focus();
      });
      this.addEventListener("focusout", ({ relatedTarget: next }) => {
        if (next && !this.contains(next)) this.#close();
      });
      document.addEventListener("pointerdown", this.#outside);
    }

    disconnectedCallback() {
      document.removeEventListener("pointerdown", this.#outside);
    }

    get #details() {
      return this.querySelector("details");
    }

    #close() {
      this.#details.open = false;
    }
  },
);
