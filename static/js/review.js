// Reviews: a comment takes the moment of the recording that plays, a click on a moment plays from there, points add up.
const players = [...document.querySelectorAll('audio[data-recording]')];
const isPersian = document.documentElement.lang === 'fa';
const digits = text => isPersian ? String(text).replace(/\d/g, one => '۰۱۲۳۴۵۶۷۸۹'[one]) : String(text);
let current = players[0];
for (const player of players) player.addEventListener('play', () => { current = player; });

for (const button of document.querySelectorAll('[data-seek]')) {
  button.addEventListener('click', () => {
    const player = players.find(one => one.dataset.recording === button.dataset.of);
    for (const other of players) if (other !== player) other.pause();
    player.currentTime = Number(button.dataset.seek);
    player.play();
  });
}

const card = document.querySelector('[data-card]');
if (card) {
  const remarks = card.querySelector('[data-remarks]');
  const add = card.querySelector('[data-add]');
  const total = card.querySelector('[data-total]');
  const words = total.dataset.words.split('|');
  const [warningFrom, failFrom] = total.dataset.bounds.split('|').map(Number);

  const comment = () => {
    let row = remarks.lastElementChild;
    if (row.querySelector('[name=comment_text]').value.trim()) {
      row = row.cloneNode(true);
      for (const input of row.querySelectorAll('input')) input.value = '';
      remarks.append(row);
    }
    if (current) {
      const second = Math.floor(current.currentTime);
      row.querySelector('[name=comment_recording]').value = current.dataset.recording;
      row.querySelector('[name=comment_moment]').value = digits(`${Math.floor(second / 60)}:${String(second % 60).padStart(2, '0')}`);
    }
    row.querySelector('[name=comment_text]').focus();
  };
  const count = () => {
    const points = [...card.querySelectorAll('[data-points]:checked')].reduce((sum, one) => sum + Number(one.dataset.points), 0);
    const isFabricated = card.elements.is_fabricated.checked;
    const word = words[isFabricated || points >= failFrom ? 2 : points >= warningFrom ? 1 : 0];
    total.querySelector('b').textContent = `${digits(points)} · ${word}`;
  };

  // A moment typed by hand is one of the recording that plays, or played last.
  remarks.addEventListener('input', event => {
    const of = event.target.closest('.remark').querySelector('[name=comment_recording]');
    if (event.target.name === 'comment_moment' && current?.played.length && !of.value) of.value = current.dataset.recording;
  });
  add.hidden = false;
  add.addEventListener('click', comment);
  card.addEventListener('change', count);
  // What was listened to and written down is not lost by a press on a link.
  let isDirty = false;
  card.addEventListener('input', () => { isDirty = true; });
  card.addEventListener('submit', () => { isDirty = false; });
  addEventListener('beforeunload', event => { if (isDirty) event.preventDefault(); });
  count();
}
