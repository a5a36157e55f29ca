// What the operator did goes out one by one, in order. What must not be lost waits in localStorage while the
// network is away (also over a reload) and is sent again; the server applies each of them once.
const WAITS = [1000, 2000, 4000, 8000, 15000];

// Not crypto.randomUUID, which browsers offer on secure pages only.
export const nameOf = () => [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');

export class Outbox {
  constructor(owner, { headers, onAnswer, onRefused, onChange }) {
    Object.assign(this, { key: `hamseda-outbox:${owner}`, headers, onAnswer, onRefused, onChange });
    this.items = this.#kept();
    this.failures = 0;
    this.isSending = false;
    addEventListener('online', () => this.flush());
  }

  #kept() {
    try { return JSON.parse(localStorage.getItem(this.key) || '[]'); } catch { return []; }
  }

  #keep() {
    try { localStorage.setItem(this.key, JSON.stringify(this.items.filter(item => item.keep))); } catch { /* memory only */ }
    this.onChange(this);
  }

  get isStuck() { return this.failures > 0 && this.items.length > 0; }

  add(item) {
    // A newer text for the same question takes the place of the one that still waits, unless that is on its way.
    const last = this.items.at(-1);
    // An impatient second press of the same button, before the answer to the first is here, says nothing new; and the
    // screen waits for the last answer. A choice that is taken away again is pressed twice on purpose.
    if (last && !item.toggles && item.url === last.url && String(item.body) === String(last.body)) return;
    const isSendingLast = this.isSending && this.items.length === 1;
    if (item.merge && last?.merge === item.merge && !isSendingLast) this.items.pop();
    // The name by which the server knows it when it comes again; a newer text for a question is another request.
    this.items.push({ ...item, name: nameOf() });
    this.#keep();
    this.flush();
  }

  drop(url) {
    this.items = this.items.filter(item => item.url !== url);
    this.#keep();
  }

  async flush() {
    if (this.isSending) return;
    clearTimeout(this.timer);
    this.isSending = true;
    let answers = [];
    while (this.items.length) {
      const outcome = await this.#send(this.items[0]);
      if (outcome === 'wait') break;
      this.items.shift();
      this.failures = 0;
      this.#keep();
      // Parts show what was saved before them; an answer alone is marked upon them. A refusal comes with all parts.
      if (!outcome.data.saved) answers = outcome.data.error ? [] : answers.filter(one => !one.data.saved);
      if (outcome.ok) answers.push(outcome);
      else this.onRefused(outcome);
    }
    this.isSending = false;
    this.onChange(this);
    if (!this.items.length) for (const answer of answers) this.onAnswer(answer);
    if (this.items.length) this.timer = setTimeout(() => this.flush(), WAITS[Math.min(this.failures, WAITS.length) - 1] || 0);
  }

  async #send(item) {
    try {
      const response = await fetch(item.url, {
        method: 'POST', body: new URLSearchParams([...item.body, ['request', item.name ?? nameOf()]]), signal: AbortSignal.timeout(20000),
        headers: this.headers(),
      });
      const isJson = response.headers.get('Content-Type')?.includes('json');
      if (response.status >= 500 || !isJson) return this.#fail(item, response.redirected ? 'signed-out' : 'down', response.status);
      const data = await response.json();
      if (data.error === 'stale_form') return this.#fail(item, 'signed-out');
      return { ok: response.ok, status: response.status, data };
    } catch {
      return this.#fail(item, 'away');
    }
  }

  #fail(item, why, status = 0) {
    this.failures += 1;
    this.why = why;
    this.onChange(this);
    // A call is not started minutes later because the network came back: only what is kept is sent again.
    return item.keep ? 'wait' : { ok: false, status, data: {} };
  }
}
