// Copies the address of the page as it is, and makes the page ready for paper. As it stands on every
// page and knows the language, it also tells the browser, and who reads aloud, which one that is; and
// what the page is about, to whoever keeps or shows a link to it.
//
// All words are set as text, never as markup.

// How long charts may take to be drawn for paper, in milliseconds.
const PATIENCE = 3_000;

export default function ({ data, parentElement }) {
  // Streamlit serves every page as English.
  document.documentElement.lang = data.language;
  tellOfPage(data);
  const root = parentElement.querySelector(".taking");
  const copy = root.querySelector(".copy");
  copy.textContent = data.words.copy;
  copy.onclick = () => copied(root, data);
  const print = root.querySelector(".print");
  print.textContent = data.words.print;
  print.onclick = printed;
  const field = root.querySelector(".address");
  field.setAttribute("aria-label", data.words.address);
  if (field.value !== address(data)) {
    // What was said of another address does not hold for this one.
    field.hidden = true;
    root.querySelector(".told").textContent = "";
  }
  root.querySelector(".chosen").textContent = data.chosen.length
    ? `${data.words.chosen}: ${data.chosen.join("; ")}`
    : "";
  root.printing?.abort();
  root.printing = new AbortController();
  const { signal } = root.printing;
  globalThis.addEventListener("beforeprint", () => toPaper(root, data), { signal });
  globalThis.addEventListener("afterprint", fromPaper, { signal });
  globalThis.addEventListener("keydown", onKey, { signal });
  return () => root.printing.abort();
}

function tellOfPage(data) {
  const { title, description, site } = data.head;
  const told = {
    description,
    "og:title": title,
    "og:description": description,
    "og:site_name": site,
    "og:url": address(data),
    "og:locale": data.language === "en" ? "en_GB" : "lt_LT",
  };
  for (const [name, content] of Object.entries(told)) {
    const attribute = name.startsWith("og:") ? "property" : "name";
    let tag = document.head.querySelector(`meta[${attribute}="${name}"]`);
    if (!tag) {
      tag = document.createElement("meta");
      tag.setAttribute(attribute, name);
      document.head.append(tag);
    }
    tag.content = content;
  }
}

// The address with everything that it leaves unsaid, the language too.
function address(data) {
  const whole = new URL(location.href);
  whole.hash = "";
  for (const [name, codes] of Object.entries(data.shown)) {
    if (!whole.searchParams.has(name)) {
      codes.forEach((code) => whole.searchParams.append(name, code));
    }
  }
  whole.searchParams.set("lang", data.language);
  return whole.href;
}

async function copied(root, data) {
  const told = root.querySelector(".told");
  const field = root.querySelector(".address");
  told.textContent = "";
  field.value = address(data);
  try {
    await navigator.clipboard.writeText(field.value);
    field.hidden = true;
    told.textContent = data.words.copied;
  } catch {
    // A browser lets only pages of this computer and of https write to the clipboard.
    told.textContent = data.words.select;
    field.hidden = false;
    field.focus();
    field.select();
  }
}

// The keys of printing do what the button does; the browser's own menu prints the charts smaller.
function onKey(event) {
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "p") {
    event.preventDefault();
    printed();
  }
}

// Charts keep the size they were drawn in, so they are drawn anew in the width of paper.
async function printed() {
  const page = document.documentElement;
  page.toggleAttribute("data-for-paper", true);
  const until = performance.now() + PATIENCE;
  const isWide = (layer) => layer.getBoundingClientRect().right > page.clientWidth
    || layer.clientWidth > layer.closest(".stPlotlyChart").clientWidth + 1;
  do {
    await new Promise((done) => setTimeout(done, 150));
  } while (
    performance.now() < until && [...document.querySelectorAll(".stPlotlyChart .main-svg")].some(isWide)
  );
  globalThis.addEventListener("afterprint", () => page.removeAttribute("data-for-paper"), { once: true });
  globalThis.print();
}

function toPaper(root, data) {
  root.querySelector(".found-at").textContent = address(data);
  for (const shown of document.querySelectorAll('[data-testid="stDataFrame"]')) {
    const grid = shown.querySelector("canvas table");
    if (grid) {
      shown.toggleAttribute("data-on-paper", true);
      shown.after(table(grid, data, hasFile(shown)));
    }
  }
}

function fromPaper() {
  document.querySelectorAll(".table-on-paper").forEach((made) => made.remove());
  document
    .querySelectorAll('[data-testid="stDataFrame"][data-on-paper]')
    .forEach((shown) => shown.removeAttribute("data-on-paper"));
}

// Whether the rows of a table can be had as a file: by a button in its frame, or the next below it.
function hasFile(shown) {
  const framed = shown.closest('[class*="st-key-table-"]')?.querySelector(".stDownloadButton");
  const next = shown.closest('[data-testid="stElementContainer"]')?.nextElementSibling;
  return Boolean(framed ?? next?.querySelector(".stDownloadButton"));
}

// The text of a cell is the bare number, whatever the canvas draws.
function asShown(told, form, language) {
  if (form === undefined || form === "plain" || !/^-?\d+(\.\d+)?(e-?\d+)?$/.test(told)) {
    return told;
  }
  const options = form === "share" ? { style: "percent", maximumFractionDigits: 1 } : {};
  return new Intl.NumberFormat(language === "en" ? "en-GB" : "lt", options).format(Number(told));
}

// A table is drawn on a canvas; what it shows stands in it for those who cannot see, and for paper.
function table(grid, data, isInFile) {
  const { words } = data;
  const forms = [...grid.querySelectorAll("th")].map((heading) => data.forms[heading.textContent]);
  const made = document.createElement("div");
  made.className = "table-on-paper";
  const copy = document.createElement("table");
  const body = document.createElement("tbody");
  const rows = [...grid.querySelectorAll("tr")];
  for (const row of rows) {
    const line = document.createElement("tr");
    for (const [place, cell] of [...row.children].entries()) {
      const one = document.createElement(cell.tagName === "TH" ? "th" : "td");
      one.textContent = asShown(cell.textContent, forms[place], data.language);
      one.classList.toggle("number", one.tagName === "TD" && forms[place] !== undefined);
      // Only what has no place to break in is broken anywhere.
      one.classList.toggle("address", /\S{24}/.test(cell.textContent));
      line.append(one);
    }
    (row.querySelector("th") ? copy.createTHead() : body).append(line);
  }
  copy.append(body);
  made.append(copy);
  const known = [
    [isInFile ? words.rows : words.rows_alone, rows.length - 1, Number(grid.getAttribute("aria-rowcount")) - 1],
    [isInFile ? words.columns : words.columns_alone, rows[0]?.children.length ?? 0, Number(grid.getAttribute("aria-colcount"))],
  ];
  for (const [sentence, shown, all] of known) {
    if (shown < all) {
      const note = document.createElement("div");
      note.textContent = sentence.replace("{shown}", shown).replace("{all}", all);
      made.append(note);
    }
  }
  return made;
}
