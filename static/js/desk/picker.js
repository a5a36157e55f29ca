// The time of a promised call: its fields and days come from the server when the sheet opens; arrows move over the days.
const WEEK = 7;
const sheet = document.getElementById('sheet-later');
const place = document.getElementById('later-when');
const days = () => [...place.querySelectorAll('[data-day]')];
const isTouched = () => [...place.querySelectorAll('input')].some(one => one.value !== one.defaultValue || one.checked !== one.defaultChecked);
const isRtl = () => document.documentElement.dir === 'rtl';

// Gives when the fields are there; without a network those of the page stay.
export async function open(callId) {
  try {
    const response = await fetch(`/desk/outcome/days?call_id=${encodeURIComponent(callId)}`, { signal: AbortSignal.timeout(4000) });
    if (!response.ok || response.redirected) return;
    const html = await response.text();
    // Who was faster has begun to type.
    if (isTouched()) return;
    place.innerHTML = html;
  } catch { return; }
  settle();
  place.querySelector('[autofocus]').focus();
}

export function settle() {
  const date = place.querySelector('[name=date]');
  const isOther = place.querySelector('[name=day]:checked')?.value === 'other';
  document.getElementById('other-day').hidden = !isOther;
  const chosen = days().find(button => button.dataset.typed === date.value);
  aim(chosen || days().find(button => !button.ariaDisabled) || days()[0]);
  choose(isOther ? chosen : null);
}

// What was refused comes back with the nearest time that is possible.
export function offer({ day, own, ...fields }, message) {
  sheet.showPopover();
  place.querySelector(`[value="${CSS.escape(day)}"]`)?.click();
  sheet.querySelector('[name=own]').checked = Boolean(own);
  for (const [name, value] of Object.entries(fields)) place.querySelector(`[name=${name}]`).value = value;
  settle();
  const problem = document.getElementById('later-problem');
  problem.textContent = message;
  problem.hidden = false;
  const date = place.querySelector('[name=date]');
  (day === 'other' && !date.value ? date : place.querySelector('[name=time]')).focus();
}

function aim(button) {
  if (!button) return;
  for (const one of days()) one.tabIndex = one === button ? 0 : -1;
  for (const month of place.querySelectorAll('[data-month]')) month.hidden = !month.contains(button);
}

function choose(button) {
  for (const cell of place.querySelectorAll('[aria-selected]')) cell.removeAttribute('aria-selected');
  button?.parentElement.setAttribute('aria-selected', 'true');
}

function move(from, key) {
  const all = days();
  const here = all.indexOf(from);
  const column = from.parentElement.cellIndex;
  const side = isRtl() ? -1 : 1;
  const steps = { ArrowRight: side, ArrowLeft: -side, ArrowDown: WEEK, ArrowUp: -WEEK, Home: -column, End: WEEK - 1 - column };
  if (key in steps) return all[Math.max(0, Math.min(all.length - 1, here + steps[key]))];
  return turned(from, key === 'PageDown' ? 1 : -1);
}

// The same number in the month beside, or the nearest that is there.
function turned(from, step) {
  const months = [...place.querySelectorAll('[data-month]')];
  const there = months[months.findIndex(month => month.contains(from)) + step];
  if (!there) return from;
  const number = Number(from.dataset.number);
  const found = [...there.querySelectorAll('[data-day]')];
  return found.findLast(button => Number(button.dataset.number) <= number) || found[0];
}

place.addEventListener('keydown', event => {
  const from = event.target.closest('[data-day]');
  if (!from || !/^(Arrow|Home|End|Page)/.test(event.key)) return;
  event.preventDefault();
  const next = move(from, event.key);
  aim(next);
  next.focus();
});

place.addEventListener('click', event => {
  const turn = event.target.closest('[data-turn]');
  if (turn) return aim(turned(days().find(button => button.tabIndex === 0), Number(turn.dataset.turn)));
  const button = event.target.closest('[data-day]');
  if (!button || button.ariaDisabled) return;
  choose(button);
  aim(button);
  place.querySelector('[name=date]').value = button.dataset.typed;
  const time = place.querySelector('[name=time]');
  time.focus();
  time.select();
});

place.addEventListener('change', event => {
  if (event.target.name !== 'day') return;
  settle();
  if (event.target.value === 'other') days().find(button => button.tabIndex === 0)?.focus();
});
place.addEventListener('input', event => { if (event.target.name === 'date') settle(); });
sheet.addEventListener('toggle', event => { if (event.newState === 'closed') document.getElementById('later-problem').hidden = true; });
