// <push-switch>: notices on this device. Asks the browser only when it is pressed; what it needs lies in its data.
const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const token = () => document.querySelector('meta[name="csrf"]').content;
const write = (url, fields) =>
  fetch(url, { method: "POST", headers: { "X-CSRFToken": token() }, body: new URLSearchParams(fields) });

customElements.define(
  "push-switch",
  class extends HTMLElement {
    async connectedCallback() {
      this.box = this.querySelector("input");
      if (!("PushManager" in window) || !("serviceWorker" in navigator)) return this.#tell("cannot");
      this.worker = await navigator.serviceWorker.ready;
      const held = await this.worker.pushManager.getSubscription();
      // Only who switched it on here finds it on: another person at this browser has not asked.
      const mine = held && localStorage.getItem("push") === this.dataset.person;
      if (mine && !(await this.#keep(held))) return;
      this.box.checked = Boolean(mine);
      this.box.disabled = Notification.permission === "denied";
      if (this.box.disabled) this.#tell("denied");
      this.box.addEventListener("change", () => (this.box.checked ? this.#on() : this.#off()));
      this.hidden = false;
    }

    async #on() {
      try {
        if ((await Notification.requestPermission()) !== "granted") return this.#back("denied");
        const { key } = await (await fetch(this.dataset.key)).json();
        const options = { userVisibleOnly: true, applicationServerKey: bytes(key) };
        await (await this.worker.pushManager.getSubscription())?.unsubscribe();
        const held = await this.worker.pushManager.subscribe(options);
        if (!(await this.#keep(held))) return this.#back("failed");
        localStorage.setItem("push", this.dataset.person);
        this.#tell("on");
      } catch {
        this.#back("failed");
      }
    }

    async #off() {
      const held = await this.worker.pushManager.getSubscription();
      if (held) {
        await write(this.dataset.delete, { endpoint: held.endpoint }).catch(() => {});
        await held.unsubscribe();
      }
      localStorage.removeItem("push");
      this.#tell("off");
    }

    async #keep(held) {
      const { endpoint, keys } = held.toJSON();
      const answer = await write(this.dataset.create, { endpoint, ...keys });
      return answer.ok;
    }

    #back(why) {
      this.box.checked = false;
      this.#tell(why);
    }

    #tell(what) {
      this.querySelector("output").textContent = this.dataset[what] ?? "";
      this.box.disabled = ["cannot", "denied"].includes(what);
      this.hidden = false;
    }
  },
);
