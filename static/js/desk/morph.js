// Make one element's content like another's by changing only what differs, so that focus, selection,
// half-typed text and scroll positions stay where they are.
const isSame = (now, next) => now.nodeType === next.nodeType && now.nodeName === next.nodeName && (now.id || '') === (next.id || '');

function syncAttributes(now, next) {
  for (const { name, value } of next.attributes) if (now.getAttribute(name) !== value) now.setAttribute(name, value);
  for (const { name } of [...now.attributes]) if (!next.hasAttribute(name)) now.removeAttribute(name);
}

function syncNode(now, next) {
  if (now.nodeType !== Node.ELEMENT_NODE) {
    if (now.nodeValue !== next.nodeValue) now.nodeValue = next.nodeValue;
    return;
  }
  // A running timer writes its own digits.
  const { since, ends } = now.dataset;
  const isTimer = (since && since === next.dataset.since) || (ends && ends === next.dataset.ends);
  const isOpen = now.localName === 'details' && now.open;
  syncAttributes(now, next);
  if (isOpen) now.open = true;
  if (now.localName === 'textarea') {
    // `defaultValue` is what the server knows; what is being typed stays.
    const isTouched = now.value !== now.defaultValue;
    if (!isTouched || document.activeElement !== now && now.value === next.defaultValue) now.value = next.defaultValue;
    now.defaultValue = next.defaultValue;
    return;
  }
  if (!isTimer) syncChildren(now, next);
}

function syncChildren(now, next) {
  const wanted = [...next.childNodes];
  let here = now.firstChild;
  for (const node of wanted) {
    if (here && isSame(here, node)) {
      syncNode(here, node);
      here = here.nextSibling;
      continue;
    }
    // What stands here may come later (by its id): then the new node goes before it, else it takes its place.
    const kept = node.id && now.querySelector(`:scope > #${CSS.escape(node.id)}`);
    if (kept) {
      while (here !== kept) { const gone = here; here = here.nextSibling; gone.remove(); }
      syncNode(kept, node);
      here = kept.nextSibling;
    } else {
      now.insertBefore(node, here);
    }
  }
  while (here) { const gone = here; here = here.nextSibling; gone.remove(); }
}

export function morph(element, html) {
  const shape = document.createElement('template');
  shape.innerHTML = html;
  syncChildren(element, shape.content);
}

export const normal = html => {
  const shape = document.createElement('template');
  shape.innerHTML = html;
  return shape.innerHTML;
};
