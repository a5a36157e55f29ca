// Charts: the server sends the figure with colours by the name of their token; here they become the colours in use.
const drawn = new Map();
const TOKEN = /^(--[\w-]+)(?:\/([\d.]+))?$/;

const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });

const rgb = css => {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = css;
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)];
};

const colour = (name, alpha = '1') => `rgba(${rgb(getComputedStyle(document.documentElement).getPropertyValue(name).trim()).join(',')},${alpha})`;

const resolved = value => {
  if (typeof value === 'string') {
    const match = TOKEN.exec(value);
    return match ? colour(match[1], match[2]) : value;
  }
  if (Array.isArray(value)) return value.map(resolved);
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, resolved(part)]));
  return value;
};

const layoutOf = (figure, width) => ({
  ...resolved(figure.layout),
  font: { family: getComputedStyle(document.body).fontFamily, size: 13, color: colour('--ink-quiet') },
  paper_bgcolor: 'transparent',
  plot_bgcolor: 'transparent',
  dragmode: false,
  ...(width ? { width, autosize: false } : { autosize: true }),
});

const CONFIG = { displayModeBar: false, responsive: true, doubleClick: false, scrollZoom: false };

const draw = (place, figure, width) => window.Plotly.react(place, resolved(figure.data), layoutOf(figure, width), CONFIG);

const figureOf = place => JSON.parse(document.getElementById(place.dataset.figure).textContent);

/** Draw every chart under `root`; charts that are already drawn there take their new figure. */
export const drawAll = (root = document) => {
  if (!window.Plotly) return;
  for (const place of root.querySelectorAll('[data-figure]')) {
    const figure = figureOf(place);
    drawn.set(place.id, figure);
    draw(place, figure);
  }
};

const redraw = width => {
  for (const [id, figure] of drawn) {
    const place = document.getElementById(id);
    if (place) draw(place, figure, width);
  }
};

/** Draw again whenever the theme changes, and in the light theme at the paper's width for printing. */
export const follow = () => {
  addEventListener('hamseda:theme', () => redraw());
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => redraw());
  let theme;
  addEventListener('beforeprint', () => {
    theme = document.documentElement.dataset.theme;
    document.documentElement.dataset.theme = 'light';
    redraw(640);
  });
  addEventListener('afterprint', () => {
    if (theme) document.documentElement.dataset.theme = theme; else delete document.documentElement.dataset.theme;
    redraw();
  });
};
