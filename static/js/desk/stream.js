// The desk hears of changes by server-sent events; while the stream is cut it asks every two seconds.
const POLL = 2000;
// The news of one transaction come together: one question for all of them.
const SOON = 10;

// What `page` has done itself is in the answer to it.
export function follow(topic, page, refresh, onCut) {
  let poll;
  let debounce;
  let source;
  const soon = () => { clearTimeout(debounce); debounce = setTimeout(() => refresh(), SOON); };
  const ask = isAsking => { clearInterval(poll); if (isAsking) poll = setInterval(() => refresh(), POLL); };

  function open() {
    source = new EventSource(`/events?topics=${encodeURIComponent(topic)}`);
    source.addEventListener('open', () => { ask(false); onCut(false); soon(); });
    source.addEventListener('message', ({ data }) => { if (JSON.parse(data).data.by !== page) soon(); });
    source.addEventListener('error', () => {
      ask(true);
      onCut(true);
      // After a refusal or a proxy's error page the browser gives up by itself; we do not.
      if (source.readyState === EventSource.CLOSED) setTimeout(open, POLL);
    });
  }

  open();
  // Closing by hand keeps a page that is going away from showing a cut line.
  addEventListener('pagehide', () => { clearInterval(poll); source.close(); });
  addEventListener('pageshow', event => { if (event.persisted) { open(); soon(); } });
  document.addEventListener('visibilitychange', () => { if (!document.hidden) soon(); });
}
