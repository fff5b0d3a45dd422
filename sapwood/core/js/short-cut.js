// <short-cut key="n"> around a link or button: the key presses it, outside fields only, and can be turned off.
const WRITING = 'input, textarea, select, [contenteditable="true"], dialog, [role="textbox"]';

customElements.define(
  "short-cut",
  class extends HTMLElement {
    #press = (event) => {
      const off = document.documentElement.dataset.shortcuts === "off";
      const held = event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat;
      if (off || held || event.defaultPrevented || event.target.closest?.(WRITING)) return;
      if (event.key.toLowerCase() !== this.getAttribute("key")) return;
      event.preventDefault();
      this.querySelector("a, button")?.click();
    };

    connectedCallback() {
      document.addEventListener("keydown", this.#press);
    }

    disconnectedCallback() {
      document.removeEventListener("keydown", this.#press);
    }
  },
);
