// <pass-key>: asks the device for a passkey and sends the answer with the form of the button inside.
// `options` is the address that gives the question; without it the question stands inside as JSON.
const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const known = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));

/** The server's question as the browser wants it. */
function question({ publicKey }) {
  const asked = { ...publicKey, challenge: bytes(publicKey.challenge) };
  if (asked.user) asked.user = { ...asked.user, id: bytes(asked.user.id) };
  if (asked.excludeCredentials) asked.excludeCredentials = known(asked.excludeCredentials);
  if (asked.allowCredentials) asked.allowCredentials = known(asked.allowCredentials);
  return asked;
}

/** The device's answer as the server wants it. */
function answer(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (credential.response[part]) response[part] = text(credential.response[part]);
  const transports = credential.response.getTransports?.();
  if (transports) response.transports = transports;
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
}

customElements.define(
  "pass-key",
  class extends HTMLElement {
    connectedCallback() {
      const button = this.querySelector("button");
      const unable = this.querySelector("[data-unable]");
      if (!globalThis.PublicKeyCredential) {
        if (unable) unable.hidden = false;
        return;
      }
      button.hidden = false;
      button.addEventListener("click", (event) => {
        event.preventDefault();
        this.#ask(button);
      });
    }

    async #ask(button) {
      const failed = this.querySelector("[role=alert]");
      failed.hidden = true;
      button.disabled = true;
      try {
        const { creation_options: create, request_options: get } = await this.#question();
        const credential = create
          ? await navigator.credentials.create({ publicKey: this.#chosen(question(create), button.form) })
          : await navigator.credentials.get({ publicKey: question(get) });
        button.form.elements.credential.value = answer(credential);
        button.form.submit();
      } catch {
        failed.hidden = false;
        button.disabled = false;
      }
    }

    async #question() {
      const address = this.getAttribute("options");
      if (!address) return JSON.parse(this.querySelector("script").textContent);
      const response = await fetch(address, { headers: { Accept: "application/json" } });
      if (!response.ok) throw new Error(response.statusText);
      return response.json();
    }

    /** A key that can sign in by itself must know its owner and check who holds it. */
    #chosen(asked, form) {
      const alone = form.elements.passwordless?.checked ?? false;
      asked.authenticatorSelection = {
        ...asked.authenticatorSelection,
        residentKey: alone ? "required" : "discouraged",
        requireResidentKey: alone,
        ...(alone && { userVerification: "required" }),
      };
      return asked;
    }
  },
);
