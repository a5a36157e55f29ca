// A walk through a survey with the desk's own question and keys. The page carries the walk; nothing is kept elsewhere.
import { listen } from '../desk/keys.js';
import { morph } from '../desk/morph.js';

const part = document.getElementById('part-step');
const problem = document.getElementById('problem');
let last = Promise.resolve();

function told(sentence) {
  problem.textContent = sentence;
  problem.hidden = !sentence;
}

async function step(act, fields) {
  const body = new URLSearchParams(fields);
  body.set('do', act);
  body.set('walk', part.dataset.walk);
  body.set('csrf_token', document.querySelector('meta[name=csrf-token]').content);
  const answer = await fetch(part.dataset.url, { method: 'POST', body, headers: { Accept: 'application/json' } });
  if (!answer.ok) return location.reload();
  const { walk, html, problem: sentence } = await answer.json();
  part.dataset.walk = walk;
  told(sentence);
  morph(part, html);
  part.querySelector('[data-focus]')?.focus();
  return sentence;
}

// What is typed is an answer as soon as one goes on.
async function goOn(act, fields) {
  const words = part.querySelector('form.words');
  const typed = words && new FormData(words).get('value').trim();
  if (typed && act !== 'answer' && await step('answer', { value: typed })) return;
  await step(act, fields);
}

part?.addEventListener('submit', event => {
  event.preventDefault();
  const act = event.target.getAttribute('action').replace('/desk/', '');
  const fields = new FormData(event.target, event.submitter);
  if (act === 'finish' || act.startsWith('outcome/')) return told(part.dataset.ended);
  last = last.then(() => goOn(act, fields));
});

document.getElementById('again')?.addEventListener('click', () => {
  part.dataset.walk = '';
  last = last.then(() => step('', {}));
});

if (part) {
  listen();
  part.querySelector('[data-focus]')?.focus();
}
