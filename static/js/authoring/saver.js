// Sends what is typed, one request after another, the newest words last. What waits for the network also lies in
// localStorage, so that a reload or a closed window loses nothing.
const WAITS = [1000, 2000, 4000, 8000, 15000];
const KEY = 'hamseda-survey:';

export class Saver {
  constructor({ onParts, onState, onConflict }) {
    Object.assign(this, { onParts, onState, onConflict });
    this.items = [];
    this.failures = 0;
    this.isSending = false;
    addEventListener('online', () => this.#go());
  }

  get isBusy() { return this.items.length > 0; }

  // `make` gives the request ({url, body}) when it is sent, so that it carries the mark of the last answer. Of several
  // saves that wait one is enough; an act (a button) is done each time it is pressed, in its order.
  save(make, isAct = false) {
    const last = this.items.at(-1);
    if (last && !last.isAct && !last.isSent && !isAct) last.make = make;
    else this.items.push({ make, isAct, isSent: false });
    this.#keep(make());
    return this.#go();
  }

  #go() {
    clearTimeout(this.timer);
    if (!this.isSending) this.done = this.#send();
    return this.done;
  }

  async #send() {
    this.isSending = true;
    try {
      while (this.items.length) {
        const item = this.items[0];
        const request = item.make();
        item.isSent = true;
        this.onState('saving');
        const outcome = await this.#post(request);
        if (outcome === 'wait') {
          item.isSent = false;
          this.onState('waits');
          this.timer = setTimeout(() => this.#go(), WAITS[Math.min(this.failures++, WAITS.length - 1)]);
          return false;
        }
        this.failures = 0;
        this.items.shift();
        if (!outcome.ok) {
          this.items = [];
          const error = outcome.data?.error;
          this.onState({ changed_meanwhile: '', version_not_draft: 'published' }[error] ?? 'refused');
          if (error === 'changed_meanwhile') this.onConflict(request);
          return false;
        }
        this.#forget(request.url);
        this.onParts(outcome.data, { isLast: !this.isBusy, isAct: item.isAct });
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
    // A button pressed twice would act twice; the words are what must not be lost.
    const fields = [...body].filter(([name]) => !['csrf_token', 'do', 'request'].includes(name));
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
