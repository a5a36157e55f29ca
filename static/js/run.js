// The page of a piece of long work: the bar follows the stream, or asks by itself while the stream is cut.
const box = document.querySelector("[data-run]");
const bar = box.querySelector("progress");
const count = box.querySelector(".progress .num");
// After the mark the sign is on the left of Persian digits, as on every page.
const MARK = document.documentElement.lang === "fa" ? "\u061c" : "";
const numbers = new Intl.NumberFormat(document.documentElement.lang === "fa" ? "fa-IR-u-nu-arabext" : "en", { style: "percent" });
const POLL_MS = 2000;

function show({ state, done, total }) {
  if (state === "done" || state === "failed") {
    location.reload();
    return;
  }
  if (!total) return;
  bar.max = total;
  bar.value = done;
  count.textContent = MARK + numbers.format(done / total);
}

async function ask() {
  try {
    const answer = await fetch(box.dataset.progressUrl, { headers: { Accept: "application/json" } });
    if (answer.ok) show(await answer.json());
  } catch {
    // The network is away; the next round asks again.
  }
}

const stream = new EventSource(`/events?topics=${encodeURIComponent(box.dataset.topic)}`);
// What happened while the page was loading, or while the stream was cut, is asked for once.
stream.addEventListener("open", ask);
stream.addEventListener("message", (event) => show(JSON.parse(event.data).data));
setInterval(() => {
  if (stream.readyState !== EventSource.OPEN) ask();
}, POLL_MS);
