// The supervisor's page: asks for its live part when the stream tells of a change, or by itself while the stream is cut.
import { spell } from './desk/clock.js';

const live = document.getElementById('live');
const cut = document.getElementById('cut');
const TOGETHER_MS = 250;
const POLL_MS = 5000;
// The queue's counts change with the time alone.
const REFRESH_MS = 30000;
let lag = 0;
let asking = null;
let seen = Date.now();

function tick() {
  const now = Date.now() + lag;
  for (const element of live.querySelectorAll('[data-since]')) {
    const text = spell(Math.max(0, Math.floor((now - Number(element.dataset.since)) / 1000)));
    if (element.textContent !== text) element.textContent = text;
  }
}

function setClock() {
  lag = Number(live.querySelector('[data-now]').dataset.now) - Date.now();
  tick();
}

async function look() {
  seen = Date.now();
  try {
    const answer = await fetch(live.dataset.partsUrl, { headers: { Accept: 'text/html' } });
    if (answer.redirected || answer.status === 401 || answer.status === 403) location.reload();
    else if (answer.ok) {
      live.innerHTML = await answer.text();
      setClock();
    }
  } catch {
    // The network is away; the next round asks again.
  }
}

// What is left is counted over the whole queue: it comes apart, and seldom.
const left = document.getElementById('left');
async function count() {
  try {
    const answer = await fetch(left.dataset.leftUrl, { headers: { Accept: 'text/html' } });
    if (answer.ok && !answer.redirected) left.innerHTML = await answer.text();
  } catch {
    // As above: the next round asks again.
  }
}
if (left) {
  count();
  setInterval(count, REFRESH_MS);
}

// A call makes several changes in one moment: one look shows them all.
function soon() {
  clearTimeout(asking);
  asking = setTimeout(look, TOGETHER_MS);
}

const stream = new EventSource(`/events?topics=${encodeURIComponent(live.dataset.topic)}`);
stream.addEventListener('open', () => {
  // What happened between the page and its stream was told to nobody.
  soon();
  cut.hidden = true;
});
stream.addEventListener('message', soon);
stream.addEventListener('error', () => { cut.hidden = false; });

setClock();
setInterval(tick, 500);
setInterval(() => {
  const wait = stream.readyState === EventSource.OPEN ? REFRESH_MS : POLL_MS;
  if (Date.now() - seen >= wait) look();
}, 1000);
