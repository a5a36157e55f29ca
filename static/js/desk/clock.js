// Timers: every element with data-since (milliseconds, the server's clock) shows the time since then.
const PERSIAN = '۰۱۲۳۴۵۶۷۸۹';
const isPersian = document.documentElement.lang === 'fa';
let lag = 0;

export const setServerTime = now => { lag = now - Date.now(); };
export const until = moment => moment - Date.now() - lag;

export function spell(seconds) {
  const rest = String(seconds % 60).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  const text = minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`;
  return isPersian ? text.replace(/\d/g, digit => PERSIAN[digit]) : text;
}

function show(element, text) {
  if (element.dataset.shown === text) return;
  element.dataset.shown = text;
  const cells = [...text].map(char => {
    const cell = document.createElement('i');
    cell.textContent = char;
    if (char === ':') cell.className = 'sep';
    return cell;
  });
  element.replaceChildren(...cells);
}

export function tick() {
  const now = Date.now() + lag;
  for (const element of document.querySelectorAll('[data-ends]')) {
    const left = Math.max(0, Math.ceil((Number(element.dataset.ends) - now) / 1000));
    element.classList.toggle('ends', left <= 5);
    show(element, spell(left));
  }
  for (const element of document.querySelectorAll('[data-since]')) {
    const end = Number(element.dataset.until) || now;
    show(element, spell(Math.max(0, Math.floor((end - Number(element.dataset.since)) / 1000))));
  }
}

export function start() {
  tick();
  setInterval(tick, 250);
}
