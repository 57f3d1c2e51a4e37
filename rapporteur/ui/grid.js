// Draws a table of counts. Everything that is shown as text is set as text, never as markup.

export default function ({ data, parentElement }) {
  const table = parentElement.querySelector("table");
  const tip = parentElement.querySelector(".tip");
  const frame = parentElement.querySelector(".frame");
  table.setAttribute("aria-label", data.label);
  const head = document.createElement("thead");
  head.append(line([data.corner, ...data.columns].map((words) => header(words, "col"))));
  const body = document.createElement("tbody");
  for (const row of data.rows) {
    body.append(line([header(row.head, "row"), ...row.cells.map(cell)]));
  }
  table.replaceChildren(head, body);
  // Who cannot point can still scroll, and a region that scrolls has a name.
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", data.label);

  function cell(one) {
    const made = document.createElement("td");
    made.textContent = one.words;
    made.style.background = one.fill;
    made.style.color = one.ink;
    if (one.asked) {
      made.className = "asked";
      const aloud = document.createElement("span");
      aloud.className = "aloud";
      aloud.textContent = ` (${data.asked})`;
      made.append(aloud);
    }
    for (const name of ["pointerenter", "pointermove", "click"]) {
      made.addEventListener(name, (event) => show(one, event));
    }
    made.addEventListener("pointerleave", () => {
      tip.hidden = true;
    });
    return made;
  }

  function show(one, event) {
    tip.replaceChildren(
      ...one.lines.map((words, number) => {
        const made = document.createElement(number ? "div" : "strong");
        made.textContent = words;
        return made;
      })
    );
    tip.hidden = false;
    const box = frame.getBoundingClientRect();
    const x = event.clientX - box.left;
    const y = event.clientY - box.top;
    tip.style.left = `${Math.max(0, Math.min(x + 14, box.width - tip.offsetWidth))}px`;
    tip.style.top = `${y + 16 + tip.offsetHeight > box.height ? y - tip.offsetHeight - 10 : y + 16}px`;
  }
}

function line(cells) {
  const row = document.createElement("tr");
  row.append(...cells);
  return row;
}

function header(words, scope) {
  const made = document.createElement("th");
  made.scope = scope;
  made.textContent = words;
  return made;
}
