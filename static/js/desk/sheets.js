// The sheets over the desk: what they show when they open.
import * as picker from './picker.js';

// What is long and seldom read is fetched when it is wanted, each time anew.
async function load(sheet, entryId) {
  const place = sheet.querySelector('[data-loaded]');
  place.replaceChildren();
  try {
    const response = await fetch(`${sheet.dataset.load}?entry_id=${encodeURIComponent(entryId)}`, { signal: AbortSignal.timeout(8000) });
    if (!response.ok || response.redirected) throw new Error(response.status);
    place.innerHTML = await response.text();
  } catch { place.textContent = sheet.dataset.failed; }
}

function opened(event) {
  const sheet = event.target;
  if (event.newState !== 'open' || !sheet.matches?.('.sheet')) return;
  // Those outside the parts read what they are about from the part when they open.
  const about = document.getElementById('part-call').querySelector('[data-scope]');
  for (const input of sheet.querySelectorAll('[data-from]')) {
    if (input.matches('input')) input.value = about?.dataset[input.dataset.from] ?? '';
    else input.textContent = about?.dataset[input.dataset.from] ?? '';
  }
  // A refusal has put what was typed into the sheet and the focus where it is to be changed.
  if (sheet.querySelector('[role=alert]:not([hidden])')) return;
  sheet.querySelector('[autofocus]')?.focus();
  if (sheet.dataset.load) load(sheet, about.dataset.entryId);
  if (sheet.id === 'sheet-later') picker.open(about.dataset.callId);
}

// Some sheets come and go with the call, so the document listens for all of them; the event does not bubble.
export function listen() {
  addEventListener('toggle', opened, { capture: true });
}
