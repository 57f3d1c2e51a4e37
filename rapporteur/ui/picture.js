// Makes a picture of a chart as it is drawn on the page: one SVG that opens alone, or a PNG of it.
//
// Nothing is made before it is asked for, and nothing is fetched but the page's own font, from where
// the page has it. All words are set as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";
const XML = "http://www.w3.org/XML/1998/namespace";
const MARGIN = 16;
const NARROWEST = 320;
const PNG_SCALE = 2;
const INK = "#1c2530";
const PAPER = "#ffffff";
const RULE = "#cfd6df";
// What a shape of the map is drawn with; its style sheet stays behind on the page.
const DRAWN_WITH = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-opacity",
  "stroke-width",
  "stroke-dasharray",
  "paint-order",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
  "dominant-baseline",
];

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".picture");
  const status = root.querySelector(".status");
  root.querySelector(".lead").textContent = data.words.lead;
  for (const kind of ["svg", "png"]) {
    const button = root.querySelector(`button.${kind}`);
    button.setAttribute("aria-label", data.words[kind]);
    button.onclick = async () => {
      status.textContent = "";
      try {
        await download(data, kind);
        status.textContent = data.words.done;
      } catch (error) {
        status.textContent = data.words.failed;
        console.warn(error);
      }
    };
  }
  root.printing?.abort();
  root.printing = new AbortController();
  const { signal } = root.printing;
  const paper = root.querySelector(".on-paper");
  globalThis.addEventListener("beforeprint", () => toPaper(data, paper), { signal });
  globalThis.addEventListener("afterprint", () => fromPaper(data, paper), { signal });
  return () => root.printing.abort();
}

// The chart -----------------------------------------------------------------------------------

function holder(data) {
  // Streamlit makes a class of a key and writes a dash for whatever a class cannot hold.
  return document.querySelector(`.st-key-${data.chart.replace(/[^a-zA-Z0-9_-]/g, "-")}`);
}

// The chart as one svg element of its size on the screen; null where none is drawn.
function drawn(data, isForPaper) {
  const within = holder(data);
  const plot = within?.querySelector(".js-plotly-plot");
  if (plot) {
    return plotly(plot, isForPaper);
  }
  const shadow = [...(within?.querySelectorAll("*") ?? [])]
    .map((element) => element.shadowRoot)
    .find((candidate) => candidate?.querySelector(".map > svg"));
  return shadow ? map(shadow.querySelector(".map"), isForPaper) : null;
}

function sized(width, height) {
  const made = shape("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  made.style.overflow = "visible";
  return made;
}

// Plotly draws on several layers that lie upon each other.
function plotly(plot, isForPaper) {
  const layers = [...plot.querySelectorAll("svg.main-svg")];
  if (!layers.length) {
    return null;
  }
  const whole = sized(...["width", "height"].map((name) => Number(layers[0].getAttribute(name))));
  for (const layer of layers) {
    const copy = layer.cloneNode(true);
    const shown = layer.querySelectorAll("text");
    copy.querySelectorAll("text").forEach((words, number) => {
      words.style.fill = getComputedStyle(shown[number]).fill;
    });
    for (const idle of copy.querySelectorAll(
      ".draglayer, .hoverlayer, .menulayer, .zoomlayer, .selectionlayer, .legendtoggle, .scrollbar"
    )) {
      idle.remove();
    }
    for (const each of copy.querySelectorAll("*")) {
      each.removeAttribute("data-unformatted");
      each.removeAttribute("data-math");
    }
    if (isForPaper && isDark(pageColours().paper)) {
      onWhite(copy);
    }
    whole.append(...copy.childNodes);
  }
  return whole;
}

// What a dark page writes in light ink; words inside a bar go with the colour of the bar.
function onWhite(copy) {
  for (const words of copy.querySelectorAll("text:not(.bartext-inside)")) {
    words.style.fill = INK;
  }
  for (const line of copy.querySelectorAll(".gridlayer path, .zerolinelayer path")) {
    line.style.stroke = RULE;
  }
}

// The map with its legend above it, as on the page.
function map(root, isForPaper) {
  const properties = { "--st-text-color": INK, "--st-background-color": PAPER };
  if (isForPaper) {
    Object.entries(properties).forEach(([name, value]) => root.style.setProperty(name, value));
  }
  const svg = root.querySelector(":scope > svg");
  const { clientWidth: width, clientHeight: height } = svg;
  const box = svg.viewBox.baseVal;
  const places = dressed(svg, Math.min(width / box.width, height / box.height));
  places.querySelector(".targets")?.remove();
  const legend = shape("g", {});
  let [x, y] = [0, 0];
  for (const item of root.querySelectorAll(".legend li")) {
    const words = item.querySelector("span").textContent;
    const needed = 28 + measured(words, 13, 400);
    if (x && x + needed > width) {
      [x, y] = [0, y + 22];
    }
    const swatch = dressed(item.querySelector("svg"), 1);
    setAll(swatch, { x, y, width: 22, height: 16 });
    legend.append(swatch, label(words, x + 28, y + 12.5, 13, 400, isForPaper ? INK : pageColours().ink));
    x += needed + 14;
  }
  const above = y + 26;
  setAll(places, { x: 0, y: above, width, height });
  if (isForPaper) {
    Object.keys(properties).forEach((name) => root.style.removeProperty(name));
  }
  if (!width) {
    return null;
  }
  const whole = sized(width, above + height);
  whole.append(legend, places);
  return whole;
}

// A copy that carries its style; `pixels` to a unit, as lines on the page do not grow with the map.
function dressed(original, pixels) {
  const copy = original.cloneNode(true);
  const copies = [copy, ...copy.querySelectorAll("*")];
  [original, ...original.querySelectorAll("*")].forEach((from, number) => {
    const computed = getComputedStyle(from);
    const to = copies[number];
    to.removeAttribute("aria-label");
    to.removeAttribute("style");
    for (const name of DRAWN_WITH) {
      let value = computed.getPropertyValue(name);
      if (["stroke-width", "stroke-dasharray"].includes(name) && computed.vectorEffect !== "none") {
        value = value.replace(/[\d.]+(px)?/g, (size) => parseFloat(size) / pixels);
      }
      to.style.setProperty(name, value);
    }
  });
  return copy;
}

// The picture -----------------------------------------------------------------------------------

async function download(data, kind) {
  const chart = drawn(data, false);
  if (!chart) {
    throw new Error(`No chart is drawn under ${data.chart}.`);
  }
  const picture = composed(data, chart, await font());
  const words = `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(picture)}`;
  let file = new Blob([words], { type: "image/svg+xml" });
  if (kind === "png") {
    file = await raster(file, ...["width", "height"].map((name) => Number(picture.getAttribute(name))));
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `${data.file}.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function composed(data, chart, face) {
  const { paper, ink } = pageColours();
  const size = ["width", "height"].map((name) => Number(chart.getAttribute(name)));
  const width = Math.max(size[0], NARROWEST);
  const picture = shape("svg", { role: "img", "font-family": family() });
  picture.setAttributeNS(XML, "xml:lang", data.language);
  const told = shape("title", {});
  told.textContent = [data.title, data.subtitle].filter(Boolean).join(". ");
  const style = shape("style", {});
  style.textContent = face;
  const ground = shape("rect", { fill: paper });
  picture.append(told, style, ground);
  let y = MARGIN;
  const write = (words, points, weight) => {
    for (const line of words ? wrapped(words, points, weight, width) : []) {
      y += points * 1.3;
      picture.append(label(line, MARGIN, y - points * 0.3, points, weight, ink));
    }
  };
  write(data.title, 20, 600);
  write(data.subtitle, 14, 400);
  y += 12;
  setAll(chart, { x: MARGIN, y });
  picture.append(chart);
  y += size[1] + 10;
  write(data.source, 12, 400);
  write(data.dated, 12, 400);
  const [whole, high] = [width + 2 * MARGIN, Math.ceil(y + MARGIN)];
  setAll(picture, { width: whole, height: high, viewBox: `0 0 ${whole} ${high}` });
  setAll(ground, { width: whole, height: high });
  return picture;
}

async function raster(file, width, height) {
  const address = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = width * PNG_SCALE;
    canvas.height = height * PNG_SCALE;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((give, refuse) => {
      canvas.toBlob((made) => (made ? give(made) : refuse(new Error("no PNG"))), "image/png");
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}

// The rules of the page's own font with the font in them, so that the picture looks alike elsewhere.
// A font stands in several files, each for some of the letters.
let embedded;

function font() {
  embedded ??= fetched().catch(() => {
    embedded = undefined;
    return "";
  });
  return embedded;
}

async function fetched() {
  const wanted = family().split(",")[0].replaceAll(/["']/g, "").trim();
  const faces = [];
  for (const sheet of document.styleSheets) {
    for (const rule of rules(sheet)) {
      const { style } = rule;
      const named = style.getPropertyValue("font-family").replaceAll(/["']/g, "").trim();
      const [, file] = style.getPropertyValue("src").match(/url\(["']?([^"')]+)/) ?? [];
      if (named !== wanted || style.getPropertyValue("font-style") === "italic" || !file) {
        continue;
      }
      const address = new URL(file, sheet.href ?? document.baseURI);
      if (address.origin !== location.origin) {
        continue;
      }
      const content = await (await fetch(address)).blob();
      const inline = await new Promise((give, refuse) => {
        const reader = new FileReader();
        reader.onload = () => give(reader.result.replace(/^data:[^;,]*/, "data:font/woff2"));
        reader.onerror = () => refuse(reader.error);
        reader.readAsDataURL(content);
      });
      const weight = style.getPropertyValue("font-weight") || "400";
      const letters = style.getPropertyValue("unicode-range") || "U+0-10FFFF";
      faces.push(
        `@font-face { font-family: "${wanted}"; font-weight: ${weight}; ` +
          `unicode-range: ${letters}; src: url("${inline}") format("woff2"); }`
      );
    }
  }
  return faces.join("\n");
}

function rules(sheet) {
  try {
    return [...sheet.cssRules].filter((rule) => rule instanceof CSSFontFaceRule);
  } catch {
    return []; // a style sheet of another host does not show its rules
  }
}

// Paper -----------------------------------------------------------------------------------------

function toPaper(data, paper) {
  const chart = drawn(data, true);
  if (!chart) {
    return;
  }
  chart.setAttribute("role", "img");
  chart.setAttribute("font-family", family());
  // The words of the frame stand around it on the page already.
  paper.replaceChildren(chart);
  paper.hidden = false;
  holder(data).toggleAttribute("data-on-paper", true);
}

function fromPaper(data, paper) {
  paper.hidden = true;
  paper.replaceChildren();
  holder(data)?.removeAttribute("data-on-paper");
}

// Pieces ----------------------------------------------------------------------------------------

function shape(name, attributes) {
  const made = document.createElementNS(SVG, name);
  setAll(made, attributes);
  return made;
}

function setAll(element, attributes) {
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
}

function label(words, x, y, size, weight, fill) {
  const made = shape("text", { x, y, "font-size": size, "font-weight": weight, fill });
  made.textContent = words;
  return made;
}

const canvas = document.createElement("canvas").getContext("2d");

function measured(words, size, weight) {
  canvas.font = `${weight} ${size}px ${family()}`;
  return canvas.measureText(words).width;
}

function wrapped(words, size, weight, width) {
  const lines = [];
  for (const word of words.split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && measured(longer, size, weight) <= width) {
      lines[lines.length - 1] = longer;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

function family() {
  return getComputedStyle(page()).fontFamily;
}

function pageColours() {
  const { backgroundColor, color } = getComputedStyle(page());
  return { paper: backgroundColor, ink: color };
}

function page() {
  return document.querySelector(".stApp") ?? document.body;
}

function isDark(colour) {
  const [red, green, blue] = colour.match(/[\d.]+/g).map(Number);
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}
