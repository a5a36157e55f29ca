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

// Words need more contrast than lines: the token's colour, drawn towards the ink.
const wordColour = name => {
  const [own, ink] = [name, '--ink'].map(token => rgb(getComputedStyle(document.documentElement).getPropertyValue(token).trim()));
  return `rgb(${own.map((part, place) => Math.round(part * 0.62 + ink[place] * 0.38)).join(',')})`;
};

// Names at the ends of lines that come close to each other are moved apart, in pixels, and stay within the height.
const LEAST_APART = 19;
const apart = (annotations, [low, high], height) => {
  const places = annotations
    .map(annotation => ({ annotation, natural: ((annotation.y - low) / (high - low)) * height }))
    .sort((one, other) => one.natural - other.natural);
  // The lowest stays clear of the days below the axis.
  let last = LEAST_APART / 2 - LEAST_APART;
  for (const place of places) last = place.at = Math.max(place.natural, last + LEAST_APART);
  last = height + LEAST_APART;
  for (const place of places.reverse()) last = place.at = Math.min(place.at, last - LEAST_APART);
  return places.map(({ annotation, natural, at }) => ({
    ...annotation, yshift: at - natural, font: { ...annotation.font, color: wordColour(annotation.font.color) },
  }));
};

const font = token => ({ family: getComputedStyle(document.body).fontFamily, size: 13, color: colour(token) });

// As many days as have room to stand upright, counted from the last.
const DAY_WIDTH = 62;
const days = ({ xaxis, margin }, width) => {
  const every = Math.ceil((xaxis.tickvals.length * DAY_WIDTH) / (width - margin.l - margin.r)) || 1;
  const isKept = (_, place, all) => (all.length - 1 - place) % every === 0;
  return { ...xaxis, tickangle: 0, tickvals: xaxis.tickvals.filter(isKept), ticktext: xaxis.ticktext.filter(isKept) };
};

const layoutOf = ({ layout }, place, width) => ({
  ...resolved(layout),
  xaxis: resolved(days(layout, width || place.clientWidth)),
  annotations: apart(layout.annotations, layout.yaxis.range, place.clientHeight - layout.margin.t - layout.margin.b),
  font: font('--ink-quiet'),
  hoverlabel: { bgcolor: colour('--paper'), bordercolor: colour('--ink-quiet'), font: font('--ink') },
  hoverdistance: 60,
  paper_bgcolor: 'transparent',
  plot_bgcolor: 'transparent',
  dragmode: false,
  ...(width ? { width, autosize: false } : { autosize: true }),
});

const CONFIG = { displayModeBar: false, responsive: true, doubleClick: false, scrollZoom: false };

const draw = (place, figure, width) => window.Plotly.react(place, resolved(figure.data), layoutOf(figure, place, width), CONFIG);

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
