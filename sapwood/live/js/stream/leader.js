// The tab that leads holds the only stream of this browser, for the topics of all its tabs, and tells them what comes.
const RECENT = 100;
const ROLL_CALL = 60; // ms in which tabs say what they listen to
const SILENT = 50_000; // ms; the server gives a sign of life every twenty seconds

export class Leader {
  #bus;
  #address;
  #last;
  #tabs = new Map();
  #asked = [];
  #recent = [];
  #source;
  #timer;
  #tries = 0;
  #heardAt = 0;

  /** `bus.send(message)` reaches every tab, this one too; `last` is the place that this browser has reached. */
  constructor(bus, address, last) {
    [this.#bus, this.#address, this.#last] = [bus, address, last];
    this.#again(0);
  }

  /** A tab says what it listens to; `since` is the age of its page if it has not been live yet. */
  join({ tab, topics, since }) {
    this.#tabs.set(tab, { topics, since });
    if (!this.#source) return;
    if (topics.some((topic) => !this.#asked.includes(topic))) this.#again(ROLL_CALL);
    else {
      for (const { event, at } of this.#recent) if (at >= since) this.#bus.send({ event });
      if (this.#source.readyState === EventSource.OPEN) this.#live();
    }
  }

  leave(tab) {
    this.#tabs.delete(tab);
  }

  /** Looks whether the stream still gives signs of life: a laptop may have slept. */
  check() {
    if (!this.#source || Date.now() - this.#heardAt < SILENT) return;
    this.#heardAt = Date.now();
    this.#again(0);
  }

  /** The network is back: no need to wait. */
  hurry() {
    this.#tries = 0;
    this.#again(0);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#close();
  }

  #close() {
    this.#source?.close();
    this.#source = undefined;
  }

  #again(wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#connect(), wait);
  }

  #failed() {
    this.#close();
    this.#bus.send({ down: true });
    this.#again(Math.min(30_000, 1000 * 2 ** this.#tries++) * (0.5 + Math.random()));
  }

  async #connect() {
    this.#tabs.clear();
    this.#bus.send({ call: true });
    await new Promise((done) => setTimeout(done, ROLL_CALL));
    const tabs = [...this.#tabs.values()];
    this.#asked = [...new Set(tabs.flatMap(({ topics }) => topics))];
    const ticket = await this.#ticket();
    if (!ticket || !this.#timer) return;
    const query = new URLSearchParams({ ticket });
    if (this.#last) query.set("last", this.#last);
    const since = Math.min(...tabs.map((tab) => tab.since ?? Infinity));
    if (since < Infinity) query.set("ago", Math.ceil((Date.now() - since) / 1000));
    this.#listen(`/live/?${query}`);
  }

  /** The ticket; undefined when there is none now, or none any more. */
  async #ticket() {
    const query = new URLSearchParams(this.#asked.map((topic) => ["topic", topic]));
    try {
      const answer = await fetch(`${this.#address}?${query}`, { redirect: "manual" });
      if (answer.ok) return (await answer.json()).ticket;
      if (answer.status < 500 && answer.status !== 429) return void this.#bus.send({ over: true });
    } catch {}
    this.#failed();
  }

  #listen(address) {
    this.#source?.close();
    const source = (this.#source = new EventSource(address));
    this.#heardAt = Date.now();
    source.onmessage = ({ data, lastEventId }) => {
      const event = { id: lastEventId, ...JSON.parse(data) };
      this.#recent = [...this.#recent.slice(1 - RECENT), { event, at: Date.now() }];
      this.#reached(lastEventId);
      this.#bus.send({ event });
    };
    source.addEventListener("beat", ({ lastEventId }) => {
      this.#reached(lastEventId);
      this.#live();
    });
    source.addEventListener("snapshot", ({ lastEventId }) => {
      this.#reached(lastEventId);
      this.#live();
      this.#bus.send({ event: { name: "snapshot" } });
    });
    source.addEventListener("bye", ({ data }) => {
      this.#close();
      this.#again(Number(data));
    });
    source.onerror = () => this.#failed();
  }

  #reached(last) {
    [this.#last, this.#heardAt, this.#tries] = [last, Date.now(), 0];
  }

  #live() {
    for (const tab of this.#tabs.values()) delete tab.since;
    this.#bus.send({ live: this.#asked, last: this.#last });
  }
}
