// The editor of a survey: forms that save themselves, an outline that is worked by keys.
import { morph } from '../desk/morph.js';
import { nameOf } from '../desk/outbox.js';
import { Saver } from './saver.js';

const QUIET_MS = 700;
const editor = document.getElementById('editor');
const outline = document.getElementById('part-outline');
const openPart = document.getElementById('part-form');
const title = document.getElementById('part-title');
const saved = document.getElementById('saved');
const conflict = document.getElementById('conflict');
let typing = null;
let lastText = null;
let mine = null;

const form = () => document.getElementById('open-form');
const isTyped = element => element.matches('textarea, input:not([type=checkbox], [type=radio], [type=hidden])');

// `name` is that of a press: the server knows it when it comes again.
function request(act = '', name = '') {
  const body = new URLSearchParams(new FormData(form()));
  if (act) body.set('do', act);
  if (name) body.set('request', name);
  return { url: form().getAttribute('action'), body };
}

function newMark(html) {
  const shape = document.createElement('template');
  shape.innerHTML = html;
  return shape.content.querySelector('[name=seen]')?.value;
}

function showSame(parts, isLast) {
  if (!isLast) {
    // Newer words are on their way and bring newer parts; of this answer only the mark counts.
    if (form().elements.seen) form().elements.seen.value = newMark(parts.form) ?? '';
    return;
  }
  const had = document.activeElement;
  morph(openPart, parts.form);
  if (had && !had.isConnected) openPart.querySelector('[name=new-condition], textarea, input:not([type=hidden])')?.focus();
}

function open(parts) {
  // What was typed while the act was on its way still belongs to what was open.
  if (typing) {
    clearTimeout(typing);
    typing = null;
    const left = again(form().getAttribute('action'), request().body, { seen: '*' });
    saver.save(() => left);
  }
  openPart.innerHTML = parts.form;
  openPart.dataset.open = parts.open;
  conflict.hidden = true;
  if (location.pathname + location.search !== parts.url) history.pushState(null, '', parts.url);
  openPart.querySelector('textarea, input:not([type=hidden])')?.focus();
  outline.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  sendLeft();
}

function show(parts, { isLast, isAct }) {
  morph(title, parts.title);
  if (openPart.dataset.open === parts.open) {
    morph(outline, parts.outline);
    showSame(parts, isLast);
  } else if (isAct) {
    morph(outline, parts.outline);
    open(parts);
  }
}

const saver = new Saver({
  onParts: show,
  onState: state => {
    saved.textContent = state ? saved.dataset[state] : '';
    saved.className = state;
  },
  onConflict: refused => {
    mine = refused;
    conflict.hidden = false;
    document.getElementById('take-theirs').focus();
  },
});

function save(act) {
  clearTimeout(typing);
  typing = null;
  const name = act ? nameOf() : '';
  return saver.save(() => request(act, name), Boolean(act));
}

const flush = () => (typing || saver.isBusy ? save() : Promise.resolve(true));

async function go(address) {
  if (!await flush()) return;
  const asked = new URL(address, location.href);
  try {
    const answer = await fetch(editor.dataset.parts + asked.search, { headers: { Accept: 'application/json' } });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    show(await answer.json(), { isLast: true, isAct: true });
  } catch {
    location.assign(asked);
  }
}

// What an earlier page typed and could not send is sent now, upon the mark it was typed upon.
function sendLeft() {
  const url = form().getAttribute('action');
  const fields = saver.left(url);
  if (fields) saver.save(() => again(url, fields));
}

function again(url, fields, changes = {}) {
  const token = form().elements.csrf_token.value;
  const body = new URLSearchParams([...fields].filter(([name]) => !(name in changes)));
  for (const [name, value] of Object.entries({ csrf_token: token, ...changes })) body.set(name, value);
  return { url, body };
}

openPart.addEventListener('input', event => {
  if (event.target.closest('[data-by-hand]')) return;
  clearTimeout(typing);
  typing = setTimeout(save, isTyped(event.target) ? QUIET_MS : 0);
});

addEventListener('focusin', event => {
  if (event.target.matches?.('#open-form textarea')) lastText = event.target;
});

addEventListener('submit', event => {
  if (event.target.id !== 'open-form') return;
  event.preventDefault();
  const act = event.submitter?.name === 'do' ? event.submitter.value : '';
  event.submitter?.closest('details.menu')?.removeAttribute('open');
  save(act);
});

function insert(before, after = '') {
  const text = lastText?.isConnected ? lastText : form().querySelector('textarea');
  const { selectionStart: start, selectionEnd: end } = text;
  text.focus();
  text.setRangeText(before + text.value.slice(start, end) + after, start, end, 'end');
  text.dispatchEvent(new Event('input', { bubbles: true }));
}

addEventListener('click', event => {
  const link = event.target.closest?.('#part-outline a[data-open]');
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    go(link.href);
  }
  const chip = event.target.closest?.('[data-insert], [data-wrap]');
  if (chip) insert(...('wrap' in chip.dataset ? ['[[', ']]'] : [chip.dataset.insert]));
  if (event.target.closest?.('[data-show=keys]')) document.getElementById('keys').showModal();
});

document.getElementById('take-theirs').addEventListener('click', () => {
  try { localStorage.removeItem(`hamseda-survey:${form().getAttribute('action')}`); } catch { /* nothing kept */ }
  location.reload();
});
document.getElementById('keep-mine').addEventListener('click', () => {
  conflict.hidden = true;
  saver.save(() => again(mine.url, mine.body, { seen: '*' }));
});

function beside(steps) {
  const links = [...outline.querySelectorAll('a[data-open]')];
  const here = links.findIndex(link => link.hasAttribute('aria-current'));
  const link = links[here + steps];
  if (link) go(link.href);
}

// Of these a survey has one; after them, and where no question is open, another question is a rating.
const ONCE = new Set(['introduction', 'consent', 'closing', undefined]);
const KEYS = {
  ArrowUp: event => (event.shiftKey ? save('up') : beside(-1)),
  ArrowDown: event => (event.shiftKey ? save('down') : beside(1)),
  Enter: () => save(`add:${ONCE.has(form().dataset.kind) ? 'rating' : form().dataset.kind}`),
  KeyC: () => form().dataset.code && save('duplicate'),
};

addEventListener('keydown', event => {
  if (event.isComposing || document.querySelector('dialog[open]')) return;
  if (event.altKey && KEYS[event.code]) {
    event.preventDefault();
    KEYS[event.code](event);
  } else if ((event.ctrlKey || event.metaKey) && event.code === 'KeyS') {
    event.preventDefault();
    save();
  } else if (event.key === '?' && !event.target.matches('textarea, input, select')) {
    document.getElementById('keys').showModal();
  } else if (event.key === 'Enter' && event.target.matches('[data-by-hand] input')) {
    event.preventDefault();
    event.target.closest('[data-by-hand]').querySelector('button').click();
  } else if (event.key === 'Enter' && event.target.matches('[data-next]')) {
    // To the same language of the next answer; the last row is always an empty one.
    event.preventDefault();
    const row = event.target.closest('li');
    const place = [...row.querySelectorAll('[data-next]')].indexOf(event.target);
    const next = () => row.nextElementSibling?.querySelectorAll('[data-next]')[place];
    if (next()) next().focus(); else save().then(() => next()?.focus());
  }
});

addEventListener('popstate', () => location.reload());
// A window that is closed in the middle of a word still sends it.
addEventListener('pagehide', () => {
  if (!typing) return;
  const { url, body } = request();
  fetch(url, { method: 'POST', body, keepalive: true, headers: { Accept: 'application/json' } });
});

outline.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
sendLeft();
