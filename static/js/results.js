// The manager's page stays fresh: a finished interview is in it within seconds, without a jump under the reader's eyes.
import { drawAll, follow } from './charts.js';

const POLL_MS = 5000;
// A burst of interviews is one look at the numbers.
const SETTLE_MS = 400;
const report = document.getElementById('report');
const cutLine = document.getElementById('cut-line');
let waiting;
let polling;
let isFetching = false;
let isAskedAgain = false;

// What the server sent for each part: the page itself is changed by charts and open tables.
const sources = new WeakMap();

const partsOf = root => [...root.querySelectorAll('[data-part]')];
const names = root => partsOf(root).map(part => part.dataset.part).join();
const remember = () => { for (const part of partsOf(report)) sources.set(part, part.innerHTML); };

const swapPart = (now, next) => {
  const source = next.innerHTML;
  if (sources.get(now) === source) return;
  sources.set(now, source);
  const open = [...now.querySelectorAll('details[open]')].map(details => details.id);
  const focused = now.contains(document.activeElement) ? document.activeElement.closest('details')?.id : null;
  const chart = now.querySelector('[data-figure]');
  now.replaceChildren(...next.childNodes);
  // The drawn chart moves over to its new figure instead of starting from nothing.
  if (chart) now.querySelector('[data-figure]')?.replaceWith(chart);
  for (const id of open) document.getElementById(id)?.setAttribute('open', '');
  if (focused) document.getElementById(focused)?.querySelector('summary')?.focus({ preventScroll: true });
  drawAll(now);
};

const swap = html => {
  const next = new DOMParser().parseFromString(html, 'text/html').body;
  if (names(next) !== names(report)) {
    report.replaceChildren(...next.childNodes);
    remember();
    drawAll(report);
    return;
  }
  const fresh = new Map(partsOf(next).map(part => [part.dataset.part, part]));
  for (const part of partsOf(report)) swapPart(part, fresh.get(part.dataset.part));
};

const refresh = async () => {
  if (isFetching) { isAskedAgain = true; return; }
  isFetching = true;
  try {
    const response = await fetch(report.dataset.partUrl, { headers: { Accept: 'text/html' } });
    if (response.redirected || response.status === 401 || response.status === 403) location.reload();
    else if (response.ok) swap(await response.text());
  } catch { /* the next message or poll asks again */ } finally {
    isFetching = false;
    if (isAskedAgain) { isAskedAgain = false; refresh(); }
  }
};

const refreshSoon = () => {
  waiting ??= setTimeout(() => { waiting = undefined; refresh(); }, SETTLE_MS);
};

const startPolling = () => {
  cutLine.hidden = false;
  polling ??= setInterval(refresh, POLL_MS);
};

const stopPolling = () => {
  cutLine.hidden = true;
  clearInterval(polling);
  polling = undefined;
};

const listen = () => {
  const stream = new EventSource(report.dataset.eventsUrl);
  // What happened before the line was up is asked for once.
  stream.addEventListener('open', () => { stopPolling(); refreshSoon(); });
  stream.addEventListener('message', refreshSoon);
  stream.addEventListener('error', () => {
    startPolling();
    // The browser gives up after a refusal (a proxy's 502); we do not.
    if (stream.readyState === EventSource.CLOSED) { stream.close(); setTimeout(listen, POLL_MS); }
  });
};

remember();
drawAll();
follow();
listen();
