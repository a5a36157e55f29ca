// From key presses to buttons: a button says its keys in data-key. Positions on the keyboard count, not letters,
// so that R is R on a Persian layout too.
const isTyping = element => element?.matches?.('input:not([type=radio], [type=checkbox]), textarea, select');
const ASKING = 'input, textarea, select, a, summary, button:not([role=radio], [role=checkbox], [aria-pressed])';

export function nameOf(event) {
  if (/^(F\d+|Enter|Escape|Backspace)$/.test(event.key)) return event.key;
  if (event.key === '?' || event.key === '؟') return '?';
  const place = /^(?:Digit|Numpad|Key)([0-9A-Z])$/.exec(event.code);
  return place ? place[1] : event.key;
}

const isVisible = button => !button.disabled && button.checkVisibility();

function find(name) {
  // One sheet may have opened another: the newest stands last.
  const sheet = [...document.querySelectorAll('.sheet:popover-open')].at(-1);
  const scope = sheet || document;
  return [...scope.querySelectorAll('[data-key]')].find(button =>
    button.dataset.key.split(' ').includes(name) && isVisible(button) && (sheet || !button.closest('.sheet')));
}

function isForButton(event, name) {
  if (event.altKey || event.metaKey) return false;
  const focused = document.activeElement;
  if (event.ctrlKey) return name === 'Enter' && isTyping(focused);
  if (/^F\d+$/.test(name) || name === 'Escape') return true;
  if (!isTyping(focused)) return name !== 'Enter' || !focused?.matches?.(ASKING);
  // In a text field only Enter goes on, where the field says so; Shift+Enter breaks the line.
  return name === 'Enter' && !event.shiftKey && focused.dataset.enter === 'on' && !event.isComposing;
}

// Enter in a text beside the interview puts it down: it is saved, and the next key is for the interview again.
function isPutDown(event, name) {
  const focused = document.activeElement;
  if (name !== 'Enter' || event.shiftKey || event.isComposing || focused?.dataset?.enter !== 'leave') return false;
  focused.blur();
  return true;
}

export function listen() {
  addEventListener('keydown', event => {
    const name = nameOf(event);
    if (event.defaultPrevented || event.repeat && name !== 'Backspace') return;
    if (name === 'Escape' && document.querySelector(':popover-open, dialog[open], details.menu[open]')) return;
    if (isPutDown(event, name)) return event.preventDefault();
    if (!isForButton(event, name)) return;
    const button = find(name);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}
