// The practice desk: the forms of the question screen go to the practice, its parts come back.
import { morph } from './desk/morph.js';
import * as keys from './desk/keys.js';

const main = document.querySelector('main');
const part = name => document.getElementById(`part-${name}`);
const problem = document.getElementById('problem');
let last = Promise.resolve();

function say(message) {
  problem.textContent = message || '';
  problem.hidden = !message;
}

function show(data) {
  const focused = document.activeElement;
  const before = part('script').querySelector('[data-focus]')?.id;
  for (const name of ['script', 'talk']) morph(part(name), data[name]);
  const field = part('script').querySelector('[data-focus]');
  if (field && field.id !== before) field.focus({ preventScroll: true });
  else if (!focused?.isConnected) part('script').focus({ preventScroll: true });
}

// Gives whether it was done.
async function post(url, body) {
  const token = document.querySelector('meta[name=csrf-token]').content;
  try {
    const response = await fetch(url, { method: 'POST', body, headers: { 'X-CSRFToken': token, Accept: 'application/json' }, signal: AbortSignal.timeout(20000) });
    if (!response.headers.get('Content-Type')?.includes('json')) return location.reload();
    const data = await response.json();
    if (data.leads_to) return location.assign(data.leads_to);
    say(data.message);
    if (data.script) show(data);
    return !data.message;
  } catch { say(main.dataset.notSent); }
  return false;
}

// One after the other: what was typed is there before the next step is asked for, and without it that step is not taken.
const send = (form, button, field) => {
  const body = new URLSearchParams([...new FormData(form, button)].filter(([name]) => name !== 'csrf_token'));
  const url = form.getAttribute('action');
  const isRefused = () => field?.dataset.sent === '' && field.value.trim();
  last = last.then(() => !isRefused() && post(url, body));
  return last;
};

function saveText(field) {
  if (!field.value.trim() || field.value === field.dataset.sent || field.value === field.defaultValue) return;
  field.dataset.sent = field.value;
  // Refused, it is tried again by the next key.
  last = send(document.getElementById(field.dataset.autosave)).then(isDone => {
    if (!isDone) field.dataset.sent = '';
  });
}

addEventListener('submit', event => {
  const form = event.target;
  if (!form.getAttribute('action')?.startsWith(main.dataset.address)) return;
  event.preventDefault();
  const field = part('script').querySelector('[data-autosave]');
  if (field && form.id !== field.dataset.autosave && event.submitter?.form?.elements.status === undefined) saveText(field);
  send(form, event.submitter, form.action.endsWith('/next') ? field : null);
});
addEventListener('focusout', event => { if (event.target.dataset?.autosave) saveText(event.target); });

for (const token of main.querySelectorAll('.script input[name=csrf_token], .call input[name=csrf_token]')) token.remove();
keys.listen();
part('script').querySelector('[data-focus]')?.focus({ preventScroll: true });
