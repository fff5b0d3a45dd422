// <file-drop>: photos and files of a composer go to the server as soon as they are chosen, dropped or pasted.
const announce = (words) => {
  const region = document.getElementById("announcer");
  if (region) region.textContent = words;
};
const part = (row, name) => row.querySelector(`[data-part="${name}"]`);
const hasFiles = (transfer) => [...(transfer?.types ?? [])].includes("Files");

customElements.define(
  "file-drop",
  class extends HTMLElement {
    #form;
    #waiting; // the button of a submit that waits for files on their way
    #sending = new Map(); // row → request

    connectedCallback() {
      if (this.#form) return;
      this.#form = this.closest("form") ?? this.parentElement;
      this.#input.removeAttribute("name"); // what was chosen goes by itself
      this.#input.classList.add("vh");
      this.classList.add("on");
      this.#input.addEventListener("change", () => this.#take(this.#input.files));
      this.#list.addEventListener("click", (event) => this.#press(event));
      this.#list.addEventListener("change", ({ target }) => this.#describe(target));
      this.#field.addEventListener("refill", () => this.#restore());
      this.#form.addEventListener("paste", (event) => this.#paste(event));
      for (const kind of ["dragover", "dragleave", "drop"]) this.#form.addEventListener(kind, (event) => this.#drag(event));
      this.#form.addEventListener("submit", (event) => this.#submit(event), { capture: true });
      this.#form.addEventListener("reset", () => setTimeout(() => this.#restore()));
      for (const row of this.#rows) this.#finish(row);
      this.#restore();
    }

    disconnectedCallback() {
      for (const request of this.#sending.values()) request.abort();
    }

    get #field() {
      return this.querySelector('input[type="text"][data-draft]');
    }
    get #input() {
      return this.querySelector('input[type="file"]');
    }
    get #list() {
      return this.querySelector("ul");
    }
    get #rows() {
      return [...this.#list.children];
    }
    get #ids() {
      return this.#field.value.split(/\s+/).filter(Boolean);
    }

    /** The field follows the rows; drafts hear of it. */
    #note() {
      this.#list.hidden = !this.#rows.length;
      const ids = this.#rows.map((row) => row.dataset.id).filter(Boolean).join(" ");
      if (ids === this.#field.value) return;
      this.#field.value = ids;
      this.#field.dispatchEvent(new Event("input", { bubbles: true }));
    }

    /** Rows for the ids in the field: those of a draft, or what the page came with. */
    async #restore() {
      const ids = this.#ids;
      for (const row of this.#rows) if (row.dataset.id && !ids.includes(row.dataset.id)) row.remove();
      this.#list.hidden = !this.#rows.length;
      const missing = ids.filter((id) => !this.#rows.some((row) => row.dataset.id === id));
      if (!missing.length) return;
      const asked = new URLSearchParams(missing.map((id) => ["id", id]));
      const answer = await fetch(`${this.getAttribute("look")}?${asked}`).catch(() => null);
      const found = answer?.ok && !answer.redirected ? (await answer.json()).files : null;
      if (!found) return;
      for (const file of found) this.#fill(this.#row(file.name), file);
      if (found.length < missing.length) this.#say(this.dataset.missing);
      this.#note();
    }

    #take(files) {
      this.#say("");
      for (const file of files) {
        if (this.#rows.length >= Number(this.getAttribute("most"))) {
          this.#say(this.dataset.many);
          break;
        }
        this.#send(this.#row(file.name), file);
      }
      this.#input.value = "";
    }

    #row(name) {
      const row = this.querySelector("template").content.firstElementChild.cloneNode(true);
      const [label, input] = [row.querySelector("label"), part(row, "alt").querySelector("input")];
      label.htmlFor = input.id = `${this.#input.id}-${crypto.randomUUID()}`;
      this.#name(row, name);
      this.#finish(row);
      this.#list.append(row);
      this.#list.hidden = false;
      return row;
    }

    #name(row, name) {
      part(row, "name").textContent = name;
      const remove = part(row, "remove");
      remove.setAttribute("aria-label", `${remove.dataset.label}: ${name}`);
    }

    /** A row as scripts show it: a button to take it away, and words for a picture. */
    #finish(row) {
      part(row, "off")?.remove();
      part(row, "remove").hidden = false;
      part(row, "alt").hidden = row.querySelector("img").hidden;
    }

    #send(row, file) {
      if (file.size > Number(this.getAttribute("largest"))) return this.#failed(row, this.dataset.large);
      const [request, body, bar] = [new XMLHttpRequest(), new FormData(), row.querySelector("progress")];
      body.set("file", file, file.name);
      request.open("POST", this.getAttribute("send"));
      request.setRequestHeader("X-CSRFToken", document.querySelector('meta[name="csrf"]').content);
      request.responseType = "json";
      request.upload.addEventListener("progress", ({ loaded, total }) => (bar.value = total ? loaded / total : 0));
      request.addEventListener("loadend", () => this.#came(row, file, request));
      [bar.hidden, bar.value] = [false, 0];
      part(row, "again").hidden = true;
      part(row, "state").textContent = "";
      this.#sending.set(row, request);
      request.send(body);
    }

    #came(row, file, { status, response }) {
      this.#sending.delete(row);
      row.querySelector("progress").hidden = true;
      if (!row.isConnected) return this.#goOn();
      if (status === 200 && response?.id) {
        this.#fill(row, response);
        this.#note();
        announce(this.dataset.added.replace("{name}", response.name));
      } else if (status === 422 && response?.error) this.#failed(row, response.error);
      else {
        this.#failed(row, this.dataset.lost);
        part(row, "again").hidden = false;
        part(row, "again").onclick = () => this.#send(row, file);
      }
      this.#goOn();
    }

    #fill(row, { id, name, kilobytes, small, alt, words }) {
      row.dataset.id = id;
      this.#mark(row, false);
      this.#name(row, name);
      const size = new Intl.NumberFormat(document.documentElement.lang).format(kilobytes);
      part(row, "state").textContent = this.dataset.size.replace("{size}", size);
      if (small) Object.assign(row.querySelector("img"), { src: small, hidden: false });
      part(row, "alt").dataset.words = words;
      part(row, "alt").querySelector("input").value = alt;
      this.#finish(row);
    }

    #failed(row, words) {
      this.#mark(row, true);
      part(row, "state").textContent = words;
      announce(words);
    }

    #mark(row, isBad) {
      row.classList.toggle("bad", isBad);
      part(row, "state").classList.toggle("faint", !isBad);
    }

    #press(event) {
      if (event.target.closest("button")?.dataset.part !== "remove") return;
      const row = event.target.closest("li");
      const next = row.nextElementSibling ?? row.previousElementSibling;
      const name = part(row, "name").textContent;
      this.#sending.get(row)?.abort();
      row.remove();
      this.#say("");
      this.#note();
      (next ? part(next, "remove") : this.#input).focus();
      announce(this.dataset.gone.replace("{name}", name));
    }

    /** What a picture shows goes to the server when the field is left. */
    #describe(input) {
      const { words } = input.closest('[data-part="alt"]')?.dataset ?? {};
      if (!words) return;
      const headers = { "X-CSRFToken": document.querySelector('meta[name="csrf"]').content };
      fetch(words, { method: "POST", headers, body: new URLSearchParams({ alt: input.value }), keepalive: true }).catch(() =>
        announce(this.dataset.lost),
      );
    }

    /** A picture from the clipboard; where there are words too, they are what was meant. */
    #paste(event) {
      const files = [...(event.clipboardData?.files ?? [])];
      if (!files.length || event.clipboardData.types.includes("text/plain")) return;
      event.preventDefault();
      const named = (file) =>
        file.name === "image.png" ? new File([file], `${this.dataset.pasted}.png`, { type: file.type }) : file;
      this.#take(files.map(named));
    }

    #drag(event) {
      if (!hasFiles(event.dataTransfer)) return;
      const leaves = event.type === "dragleave" && this.#form.contains(event.relatedTarget);
      if (event.type !== "dragleave") event.preventDefault();
      if (!leaves) this.classList.toggle("over", event.type === "dragover");
      if (event.type === "drop") this.#take(event.dataTransfer.files);
    }

    /** What is still on its way goes along: the form waits for it. */
    #submit(event) {
      if (!this.#sending.size) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.#waiting = { by: event.submitter };
      this.#say(this.dataset.busy);
    }

    #goOn() {
      if (!this.#waiting || this.#sending.size) return;
      const { by } = this.#waiting;
      this.#waiting = undefined;
      this.#say("");
      if (!this.querySelector("li.bad")) this.#form.requestSubmit(by);
    }

    #say(words) {
      const place = this.querySelector('[data-part="error"]');
      place.textContent = words;
      place.hidden = !words;
    }
  },
);
