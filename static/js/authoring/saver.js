// Sends what is typed, one request after another, the newest words last. What waits for the network also lies in
// localStorage, so that a reload or a closed window loses nothing.
const WAITS = [1000, 2000, 4000, 8000, 15000];
const KEY = 'hamseda-survey:';

export class Saver {
  constructor({ onParts, onState, onConflict }) {
    Object.assign(this, { onParts, onState, onConflict });
    this.waiting = null;
    this.failures = 0;
    this.isSending = false;
    addEventListener('online', () => this.#go());
  }

  get isBusy() { return this.isSending || this.waiting !== null; }

  // `make` gives the request ({url, body}) when it is sent, so that it carries the mark of the last answer.
  save(make) {
    this.waiting = make;
    this.#keep(make());
    return this.#go();
  }

  async #go() {
    clearTimeout(this.timer);
    if (this.isSending) return this.done;
    this.done = this.#send();
    return this.done;
  }

  async #send() {
    this.isSending = true;
    try {
      while (this.waiting) {
        const make = this.waiting;
        const request = make();
        this.onState('saving');
        const outcome = await this.#post(request);
        if (outcome === 'wait') {
          this.onState('waits');
          this.timer = setTimeout(() => this.#go(), WAITS[Math.min(this.failures++, WAITS.length - 1)]);
          return false;
        }
        this.failures = 0;
        const isLast = this.waiting === make;
        if (isLast) this.waiting = null;
        if (outcome.status === 409) { this.waiting = null; this.onState(''); this.onConflict(request); return false; }
        if (!outcome.ok) { this.waiting = null; this.onState('refused'); return false; }
        this.#forget(request.url);
        // Newer words are on their way: their answer has newer parts; of this one only the mark counts.
        this.onParts(outcome.data, isLast);
        this.onState('saved');
      }
      return true;
    } finally {
      this.isSending = false;
    }
  }

  async #post({ url, body }) {
    try {
      const answer = await fetch(url, { method: 'POST', body, headers: { Accept: 'application/json' } });
      if (answer.status >= 500) return 'wait';
      if (answer.redirected) { location.reload(); return 'wait'; }
      const isJson = answer.headers.get('Content-Type')?.includes('json');
      return { ok: answer.ok && isJson, status: answer.status, data: isJson ? await answer.json() : null };
    } catch {
      return 'wait';
    }
  }

  #keep({ url, body }) {
    const fields = [...body].filter(([name]) => name !== 'csrf_token');
    try { localStorage.setItem(KEY + url, JSON.stringify(fields)); } catch { /* kept on the page only */ }
  }

  #forget(url) {
    try { localStorage.removeItem(KEY + url); } catch { /* nothing was kept */ }
  }

  // What an earlier page could not send for this form, as fields, or null.
  left(url) {
    try { return JSON.parse(localStorage.getItem(KEY + url)); } catch { return null; }
  }
}
