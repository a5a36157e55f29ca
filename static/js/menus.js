// Menus are <details>: this closes them on Escape, on a click elsewhere, and lets only one be open.
const openMenus = () => document.querySelectorAll('details.menu[open]');

addEventListener('click', event => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

addEventListener('keydown', event => {
  if (event.key !== 'Escape') return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector('summary').focus();
    event.stopImmediatePropagation();
  }
}, { capture: true });
