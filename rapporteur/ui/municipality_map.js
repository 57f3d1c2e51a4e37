// Draws the municipalities and tells which one was clicked.
//
// The outlines come once, with the component beside it, and are kept for the whole session; a change
// of a filter brings only what each municipality looks like. Everything that is shown as text is set
// as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";
// In pixels of the screen: what is smaller is drawn as a dot, and no target is smaller than a finger.
const SMALL = 11;
const DOT = 7;
const FINGER = 12;

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".map");
  const outlines = globalThis.rapporteurOutlines;
  if (!outlines) {
    // The component that brings them may be drawn after this one.
    globalThis.addEventListener("rapporteur-outlines", () => draw(root, data, setTriggerValue), {
      once: true,
    });
    return;
  }
  draw(root, data, setTriggerValue);
  return () => root.resized?.disconnect();
}

function draw(root, data, setTriggerValue) {
  const outlines = globalThis.rapporteurOutlines;
  if (!root.shapes) {
    build(root, outlines);
  }
  const { svg, shapes, tip } = root;
  svg.setAttribute("aria-label", data.label);
  svg.style.cursor = "default";
  for (const place of data.places) {
    const { path, dot, target, sign } = shapes.get(place.code);
    for (const shape of [path, dot]) {
      shape.setAttribute("class", `place ${place.state}`);
      shape.style.fill = place.state === "active" ? place.fill : "";
      shape.classList.toggle("chosen", place.code === data.chosen);
    }
    sign.textContent = place.sign;
    sign.setAttribute("class", place.dark ? "sign dark" : "sign");
    target.setAttribute("data-code", place.code);
    target.setAttribute("class", place.state);
    for (const shape of [path, dot, target]) {
      shape.onclick = () => {
        tip.hidden = true;
        setTriggerValue("place", place.code);
      };
      shape.onpointerenter = (event) => show(root, place, event);
      shape.onpointermove = (event) => show(root, place, event);
      shape.onpointerleave = () => {
        tip.hidden = true;
      };
    }
  }
  const chosen = shapes.get(data.chosen);
  if (chosen) {
    // What lies on top is not cut by its neighbours' borders.
    chosen.path.parentNode.append(chosen.path);
    chosen.dot.parentNode.append(chosen.dot);
  }
  legend(root.querySelector(".legend"), data.legend);
  fit(root);
}

function build(root, outlines) {
  const svg = root.querySelector("svg");
  svg.setAttribute("viewBox", `-8 -8 ${outlines.width + 16} ${outlines.height + 16}`);
  const [paths, dots, signs, targets] = ["paths", "dots", "signs", "targets"].map((name) => {
    const group = document.createElementNS(SVG, "g");
    group.setAttribute("class", name);
    svg.append(group);
    return group;
  });
  const shapes = new Map();
  for (const [code, place] of Object.entries(outlines.places)) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", place.path);
    path.setAttribute("data-code", code);
    paths.append(path);
    const [dot, target] = [dots, targets].map((group) => {
      const circle = document.createElementNS(SVG, "circle");
      circle.setAttribute("cx", place.at[0]);
      circle.setAttribute("cy", place.at[1]);
      group.append(circle);
      return circle;
    });
    const sign = document.createElementNS(SVG, "text");
    sign.setAttribute("x", place.at[0]);
    sign.setAttribute("y", place.at[1]);
    signs.append(sign);
    shapes.set(code, { path, dot, target, sign, size: place.size });
  }
  root.svg = svg;
  root.shapes = shapes;
  root.tip = root.querySelector(".tip");
  root.resized = new ResizeObserver(() => fit(root));
  root.resized.observe(svg);
}

// Dots, targets and signs keep their size on the screen, whatever the width of the page.
function fit(root) {
  const pixels = root.svg.clientWidth / root.svg.viewBox.baseVal.width;
  if (!pixels) {
    return;
  }
  for (const { dot, target, sign, size } of root.shapes.values()) {
    const isSmall = size * pixels < SMALL;
    dot.setAttribute("r", isSmall ? DOT / pixels : 0);
    target.setAttribute("r", size * pixels < 2 * FINGER ? FINGER / pixels : 0);
    sign.style.fontSize = `${(isSmall ? 9 : 12) / pixels}px`;
  }
  root.querySelector("#hatched").setAttribute("patternTransform", `rotate(45) scale(${1 / pixels})`);
}

function show(root, place, event) {
  const { tip } = root;
  tip.replaceChildren(
    ...[place.name, ...place.lines].map((words, number) => {
      const line = document.createElement(number ? "div" : "strong");
      line.textContent = words;
      return line;
    })
  );
  tip.hidden = false;
  const box = root.getBoundingClientRect();
  const x = event.clientX - box.left;
  const y = event.clientY - box.top;
  tip.style.left = `${Math.max(0, Math.min(x + 14, box.width - tip.offsetWidth))}px`;
  const below = y + 16;
  tip.style.top = `${below + tip.offsetHeight > box.height ? y - tip.offsetHeight - 10 : below}px`;
}

function legend(list, items) {
  list.replaceChildren(
    ...items.map((item) => {
      const entry = document.createElement("li");
      const swatch = document.createElementNS(SVG, "svg");
      swatch.setAttribute("viewBox", "0 0 22 16");
      swatch.setAttribute("aria-hidden", "true");
      if (item.state) {
        const box = document.createElementNS(SVG, "rect");
        box.setAttribute("x", 1);
        box.setAttribute("y", 1);
        box.setAttribute("width", 20);
        box.setAttribute("height", 14);
        box.setAttribute("class", `place ${item.state}`);
        box.style.fill = item.fill ?? "";
        swatch.append(box);
      }
      if (item.sign) {
        const sign = document.createElementNS(SVG, "text");
        sign.setAttribute("x", 11);
        sign.setAttribute("y", 8);
        sign.setAttribute("class", "sign");
        sign.style.fontSize = "12px";
        sign.textContent = item.sign;
        swatch.append(sign);
      }
      const words = document.createElement("span");
      words.textContent = item.label;
      entry.append(swatch, words);
      return entry;
    })
  );
}
