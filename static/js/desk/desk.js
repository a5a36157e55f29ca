// The operator's desk: forms become requests, answers become parts, keys become clicks.
import { morph, normal } from './morph.js';
import { Outbox } from './outbox.js';
import { follow } from './stream.js';
import * as clock from './clock.js';
import * as keys from './keys.js';
import * as picker from './picker.js';
import * as sheets from './sheets.js';

const PARTS = ['bar', 'member', 'script', 'call', 'pauses'];
const AUTOSAVE = 700;
const HERE = 20000;
const MARGIN = 250;
const desk = document.querySelector('main');
const part = name => document.getElementById(`part-${name}`);
const shown = {};
// The server's keys of the parts that are shown, and a name for this page: see callcenter/desk/slices.py, config/live.py.
const has = {};
const page = crypto.getRandomValues(new Uint32Array(3)).join('-');
let asked = 0;
let acted = 0;
let isWanted = false;

// --- what is shown -------------------------------------------------------------------------------------------

function remember() {
  // The token travels in a header here; without it the page and the fragments are the same text.
  for (const name of PARTS) {
    for (const token of part(name).querySelectorAll('input[name=csrf_token]')) token.remove();
    shown[name] = part(name).innerHTML;
  }
}

function show(data) {
  if (!data?.keys) return;
  clock.setServerTime(data.now);
  const focused = document.activeElement;
  const fresh = new Set();
  for (const name of PARTS.filter(one => one in data)) {
    const html = normal(data[name]);
    if (html === shown[name]) continue;
    const before = part(name).querySelector('[data-focus]')?.id;
    shown[name] = html;
    morph(part(name), html);
    const after = part(name).querySelector('[data-focus]');
    if (after && after.id !== before) fresh.add(after);
  }
  const isLacking = note(data);
  clock.tick();
  rearm();
  keepFocus(focused, fresh);
  if (isLacking) refresh();
}

// A part that did not come is one that the server took us to have; says whether one of them is not here any more.
function note(data) {
  const lacking = Object.keys(data.keys).filter(name => !(name in data) && has[name] !== data.keys[name]);
  Object.assign(has, data.keys);
  for (const name of lacking) delete has[name];
  return lacking.length > 0;
}

// The script was changed here: what the server sends next counts, even when it is the same as before.
function forgetScript() {
  shown.script = '';
  delete has.script;
}

// An answer that changed nothing else on the screen comes back alone.
function mark({ saved, status, chosen }) {
  const form = document.getElementById(`answer-${saved}`);
  if (!form) return refresh();
  forgetScript();
  const values = status === 'answered' ? [chosen].flat().map(String) : [];
  for (const button of form.querySelectorAll('[role=radio], [role=checkbox]')) {
    button.setAttribute('aria-checked', String(values.includes(button.value)));
  }
  for (const button of part('script').querySelectorAll('.else [aria-pressed]')) {
    button.setAttribute('aria-pressed', String(button.form.elements.status.value === status));
  }
  const field = form.querySelector('[data-autosave]');
  if (field?.ariaInvalid === 'true') tell(field, '');
  if (field && !values.length) {
    field.value = '';
    field.defaultValue = '';
    delete field.dataset.sent;
  }
  const tick = part('script').querySelector('.saved');
  tick.classList.remove('waits');
  tick.textContent = tick.dataset.saved;
  // Where the list of what was said names this answer already, it says the old one.
  if (part('script').querySelector(`.trail button[value="${CSS.escape(saved)}"]`)) refresh();
}

function keepFocus(focused, fresh) {
  const isElsewhere = document.querySelector(':popover-open') || focused?.matches?.('#part-member textarea');
  const [target] = fresh;
  if (target && !isElsewhere) target.focus({ preventScroll: true });
  else if (!focused?.isConnected) part('script').focus({ preventScroll: true });
}

function headers() {
  return {
    Accept: 'application/json',
    'X-CSRFToken': document.querySelector('meta[name=csrf-token]').content,
    'X-Page': page,
    'X-Desk-Has': Object.entries(has).map(pair => pair.join('=')).join(' '),
  };
}

async function refresh(saysHere = false) {
  // What is being sent brings newer parts than an answer to a question asked now; the question waits.
  if (outbox.items.length) { isWanted = true; return; }
  isWanted = false;
  const mine = ++asked;
  const before = acted;
  const [method, path] = saysHere ? ['POST', '/desk/here'] : ['GET', '/desk/parts'];
  try {
    const response = await fetch(path, { method, headers: headers(), signal: AbortSignal.timeout(10000) });
    if (response.redirected) return cut('signedOut');
    if (!response.ok || mine !== asked) return;
    const data = await response.json();
    if (acted === before && !outbox.items.length) show(data); else refresh();
  } catch { /* the stream's line already says that the network is away */ }
}

function cut(why) {
  const line = document.getElementById('cut');
  line.hidden = !why;
  if (why) line.textContent = line.dataset[why];
  line.classList.toggle('bad', why === 'signedOut');
}

let isStreamCut = false;
function showState() {
  if (outbox.isStuck) cut(outbox.why === 'signed-out' ? 'signedOut' : 'waits');
  else cut(isStreamCut ? 'stream' : '');
  const tick = document.querySelector('#part-script .saved');
  if (tick && outbox.isStuck) {
    tick.classList.add('waits');
    tick.textContent = tick.dataset.waits;
  }
}

// --- what is sent --------------------------------------------------------------------------------------------

const outbox = new Outbox(desk.dataset.user, {
  headers,
  onAnswer: ({ data }) => {
    acted += 1;
    if (data.saved) mark(data); else show(data);
    if (isWanted) refresh();
  },
  onRefused: refused,
  onChange: showState,
});

function refused({ status, data }) {
  acted += 1;
  show(data);
  // It may have been done although the answer did not come; the news of it are not told to who did it.
  if (!data.keys) refresh();
  if (data.offer) return picker.offer(data.offer, data.message);
  // The question itself says it, beside what is read out then.
  if (data.error === 'quota_full' && part('script').querySelector('.quota-full')) return;
  const isSaid = data.error === 'invalid_answer' && stay(data.message);
  if (isSaid) return;
  const message = data.message || desk.dataset[status ? 'refused' : 'notSent'];
  const box = document.getElementById('problem');
  box.textContent = message;
  box.hidden = false;
  clearTimeout(box.timer);
  box.timer = setTimeout(() => { box.hidden = true; }, 8000);
}

// What was typed is no answer: the step that was to follow it is not taken, and the next key tries the answer again.
// Says whether the field itself shows why.
function stay(message) {
  outbox.drop('/desk/next');
  const field = part('script').querySelector('[data-autosave]');
  if (!field) return false;
  delete field.dataset.sent;
  timers.set(field.id, 0);
  return tell(field, message);
}

// Under a field stands what is expected, and why what was typed was refused until it is mended.
function tell(field, refusal) {
  const line = field.form.querySelector('#expected');
  if (!line) return false;
  line.dataset.expected ??= line.textContent;
  line.textContent = refusal || line.dataset.expected;
  line.classList.toggle('is-refused', Boolean(refusal));
  line.setAttribute('role', refusal ? 'alert' : 'note');
  field.setAttribute('aria-invalid', String(Boolean(refusal)));
  return true;
}

function bodyOf(form, button) {
  return [...new FormData(form, button)].filter(([name]) => name !== 'csrf_token');
}

function send(form, button) {
  const box = document.getElementById('problem');
  box.hidden = true;
  outbox.add({ url: form.getAttribute('action'), body: bodyOf(form, button), keep: 'keep' in form.dataset, merge: form.dataset.merge || '', toggles: Boolean(button?.matches('[role=checkbox]')) });
}

function markAtOnce(button) {
  if (!button?.matches('[role=radio], [aria-pressed]')) return;
  forgetScript();
  for (const other of part('script').querySelectorAll('[role=radio], .else [aria-pressed]')) {
    other.setAttribute(other.role === 'radio' ? 'aria-checked' : 'aria-pressed', String(other === button));
  }
}

addEventListener('submit', event => {
  const form = event.target;
  if (!form.action.startsWith(`${location.origin}/desk/`)) return;
  event.preventDefault();
  saveTexts();
  markAtOnce(event.submitter);
  send(form, event.submitter);
  if (!form.closest('.sheet')) return;
  for (const open of document.querySelectorAll('.sheet:popover-open')) open.hidePopover();
  form.reset();
});

// --- texts save themselves -----------------------------------------------------------------------------------

const timers = new Map();

function saveText(field) {
  clearTimeout(timers.get(field.id));
  timers.delete(field.id);
  const known = field.dataset.sent ?? field.defaultValue;
  if (field.value === known || !field.value.trim() && !('mayBeEmpty' in field.dataset)) return;
  field.dataset.sent = field.value;
  send(document.getElementById(field.dataset.autosave));
}

function saveTexts() {
  for (const id of [...timers.keys()]) {
    const field = document.getElementById(id);
    if (field) saveText(field);
  }
}

addEventListener('input', event => {
  const field = event.target;
  if (!field.dataset?.autosave) return;
  clearTimeout(timers.get(field.id));
  // A number is kept when it is finished, a text while it grows.
  timers.set(field.id, field.localName === 'textarea' ? setTimeout(() => saveText(field), AUTOSAVE) : 0);
});
addEventListener('focusout', event => { if (event.target.dataset?.autosave) saveText(event.target); });
addEventListener('pagehide', saveTexts);

// --- what happens by itself ----------------------------------------------------------------------------------

let again;
let armed;
function rearm() {
  const form = desk.querySelector('form[data-again], form[data-at]');
  // A desk that asks how things stand every two seconds would put off for ever what is due in five.
  if (form && form === armed && !form.dataset.at) return;
  clearTimeout(again);
  armed = form;
  if (!form) return;
  const { again: every, at, waits } = form.dataset;
  // Until a moment of the server's clock, and a little more: asked too early, it would say no.
  const pause = at ? Math.max(0, clock.until(Number(at))) + MARGIN : Number(every);
  const isHeldUp = () => document.querySelector(':popover-open') && (at ? waits !== undefined : pause);
  again = setTimeout(() => {
    armed = null;
    if (isHeldUp()) return rearm();
    if (!form.isConnected || outbox.items.length) return rearm();
    saveTexts();
    send(form);
  }, pause);
}

picker.settle();
remember();
clock.setServerTime(Number(desk.dataset.now));
clock.start();
keys.listen();
sheets.listen();
rearm();
desk.querySelector('[data-focus]')?.focus({ preventScroll: true });
follow(`operator:${desk.dataset.user}`, page, refresh, isCut => { isStreamCut = isCut; showState(); });
refresh(true);
setInterval(refresh, HERE, true);
outbox.flush();
