// The theme: light, dark, or the machine's own (auto). Runs before the first paint, so that nothing flashes.
(() => {
  const KEY = 'hamseda-theme';
  const root = document.documentElement;
  const kept = () => { try { return localStorage.getItem(KEY) || 'auto'; } catch { return 'auto'; } };

  const show = choice => {
    if (choice === 'auto') delete root.dataset.theme; else root.dataset.theme = choice;
    for (const button of document.querySelectorAll('[data-theme-choice]')) {
      button.setAttribute('aria-pressed', String(button.dataset.themeChoice === choice));
    }
  };

  root.classList.add('js');
  show(kept());
  addEventListener('DOMContentLoaded', () => show(kept()));
  addEventListener('storage', event => { if (event.key === KEY) show(kept()); });
  addEventListener('click', event => {
    const choice = event.target.closest?.('[data-theme-choice]')?.dataset.themeChoice;
    if (!choice) return;
    try { localStorage.setItem(KEY, choice); } catch { /* a private window keeps it for this page only */ }
    show(choice);
    dispatchEvent(new CustomEvent('hamseda:theme', { detail: choice }));
  });
})();
