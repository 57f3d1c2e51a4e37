// A field in which one of many is found by typing: around accessible-autocomplete of GOV.UK.
//
// This script and that library are sent to the browser once, by a component that draws nothing; the
// fields themselves wait for it. What the library leaves to be done: it cannot be told what is chosen
// but when it is made, so it is made anew for that; Enter takes the first of what was found; its list
// is put above everything, as what folds on a page would cut it off. All words are set as text.

const CLOSE = "M5 5 L15 15 M15 5 L5 15";
const DOWN = "M5 8 L10 13 L15 8";
// The least that a list is worth opening downwards for, in pixels.
const ROOM = 180;
const hasKeys = globalThis.matchMedia("(pointer: fine)");

function shortcut() {
  return /Mac|iP(hone|ad)/.test(navigator.platform) ? "⌘K" : "Ctrl+K";
}

globalThis.rapporteurFinding = function (component) {
  const root = component.parentElement.querySelector(".finding");
  const { data } = component;
  root.component = component;
  root.classList.toggle("seeks", !data.stays);
  const label = root.querySelector("label");
  label.textContent = data.label;
  label.className = data.stays ? "" : "aloud";
  label.htmlFor = data.id;
  if (!root.listening) {
    listen(root);
  }
  // A choice that comes back from where it was sent to changes nothing in front of the reader.
  const apart = JSON.stringify({ ...data, chosen: null });
  if (root.apart !== apart || root.chosen !== data.chosen) {
    root.apart = apart;
    root.chosen = data.chosen;
    settle(root);
  }
  return () => {
    root.listening?.abort();
    root.listening = undefined;
  };
};

function options(data) {
  return data.options ?? globalThis.rapporteurIndex;
}

function nameOf(root, code) {
  return options(root.component.data).find(([one]) => one === code)?.[1] ?? "";
}

// Draws the field as it is when nobody is typing.
function settle(root) {
  const { data } = root.component;
  const hadFocus = hasFocus(root);
  const shown = root.chosen === null ? "" : nameOf(root, root.chosen);
  root.shown = shown;
  const frame = document.createElement("div");
  frame.className = "field";
  root.querySelector(".field").replaceWith(frame);
  accessibleAutocomplete({
    element: frame,
    id: data.id,
    name: data.id,
    defaultValue: shown,
    placeholder: data.placeholder + (data.keys && hasKeys.matches ? ` (${shortcut()})` : ""),
    displayMenu: "overlay",
    showAllValues: data.stays,
    confirmOnBlur: false,
    source: (typed, give) => give(found(root, typed)),
    onConfirm: (option) => option && choose(root, option),
    dropdownArrow: () => "",
    menuAttributes: { popover: "manual" },
    templates: { inputValue: named, suggestion: (option) => suggestion(root, option) },
    tNoResults: () => data.words.nothing,
    tStatusNoResults: () => data.words.nothing,
    tStatusQueryTooShort: () => "",
    tStatusResults: (count, selected) => `${data.words.results.replace("{count}", count)} ${selected}`,
    tStatusSelectedOption: (selected, count, place) =>
      data.words.selected
        .replace("{option}", selected)
        .replace("{place}", place + 1)
        .replace("{count}", count),
    tAssistiveHint: () => data.words.hint,
  });
  const input = frame.querySelector("input");
  if (data.keys) {
    input.setAttribute("aria-keyshortcuts", data.keys);
  }
  input.addEventListener("click", () => input.value === root.shown && input.select());
  if (shown) {
    // To the library a value that it was made with is one that was typed, and it would open its list
    // for it. When its list is closed, it looks whether the value is one of its options.
    input.dispatchEvent(Object.assign(new Event("keydown", { bubbles: true }), { keyCode: 27 }));
  }
  frame.append(cross(root), sign());
  frame.classList.toggle("has-choice", Boolean(shown));
  const list = frame.querySelector("ul");
  // A press on its scroll bar must not close it.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  new MutationObserver(() => place(root, list, input)).observe(list, {
    attributes: true,
    attributeFilter: ["class"],
  });
  if (hadFocus) {
    input.focus();
  }
}

function found(root, typed) {
  const { data } = root.component;
  // Who opens the list of a field that has something chosen wants to see what else there is.
  const isTyped = typed.trim() !== "" && typed !== root.shown;
  const all = options(data);
  // What is called that goes before what is told of by it elsewhere.
  const some = isTyped
    ? [...new Set([...matching(typed, all, ([, name]) => name), ...matching(typed, all, (one) => one.join(" "))])]
    : all;
  root.querySelector(".field").classList.toggle("is-typed", isTyped);
  if (!isTyped || !data.beyond) {
    return some;
  }
  const words = some.length ? data.beyond : data.nothingButBeyond;
  return [...some.slice(0, data.most), ["?", words.replace("{words}", typed.trim()), "", "", typed.trim()]];
}

// The library has the bare words that it was made with among its options, or none at all.
function named(option) {
  return typeof option === "string" ? option : (option?.[1] ?? "");
}

// The library takes markup: made of elements, so that no name is read as such.
function suggestion(root, option) {
  const [code, , , kind] = typeof option === "string" ? [root.chosen] : option;
  const made = document.createElement("div");
  made.append(element(code === root.chosen ? "b" : "span", named(option)));
  if (kind) {
    made.append(element("span", ", ", "aloud"), element("span", kind, "kind"));
  }
  return made.innerHTML;
}

function element(tag, words, name = "") {
  const made = document.createElement(tag);
  made.textContent = words;
  made.className = name;
  return made;
}

function choose(root, option) {
  root.querySelector(".field").classList.remove("is-typed");
  if (root.component.data.stays) {
    const code = typeof option === "string" ? root.chosen : option[0];
    if (code !== root.chosen) {
      take(root, code);
    }
    return;
  }
  const [code, , , , words] = option;
  root.component.setTriggerValue("chosen", words === undefined ? [code] : [code, words]);
  // The library first sets down what was chosen.
  setTimeout(() => settle(root));
}

function take(root, code) {
  root.chosen = code;
  root.shown = code === null ? "" : nameOf(root, code);
  root.querySelector(".field").classList.toggle("has-choice", code !== null);
  root.component.setTriggerValue("chosen", code === null ? [] : [code]);
  // Who goes on typing means another one.
  setTimeout(() => hasFocus(root) && root.querySelector("input").select());
}

function clear(root) {
  take(root, null);
  settle(root);
  root.querySelector("input").focus();
}

function cross(root) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "clear";
  made.setAttribute("aria-label", root.component.data.words.clear);
  made.append(drawing(CLOSE));
  made.addEventListener("click", () => clear(root));
  return made;
}

function sign() {
  const made = document.createElement("span");
  made.className = "sign";
  made.append(drawing(DOWN));
  return made;
}

function drawing(path) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  made.setAttribute("viewBox", "0 0 20 20");
  made.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  made.append(line);
  return made;
}

function isOpen(list) {
  return list?.classList.contains("autocomplete__menu--visible") ?? false;
}

function hasFocus(root) {
  return root.contains(root.getRootNode().activeElement);
}

// Above everything else on the page, beneath its field or, where there is no room, above it.
function place(root, list, input) {
  if (!list.isConnected) {
    return;
  }
  if (!isOpen(list)) {
    list.hidePopover?.();
    return;
  }
  list.showPopover?.();
  const box = input.parentElement.parentElement.getBoundingClientRect();
  const seen = globalThis.visualViewport ?? { height: globalThis.innerHeight, offsetTop: 0 };
  const below = seen.offsetTop + seen.height - box.bottom - 12;
  const above = box.top - seen.offsetTop - 12;
  const isBelow = below >= Math.min(ROOM, list.scrollHeight) || below >= above;
  const width = Math.max(box.width, Math.min(root.component.data.width ?? 0, innerWidth - 16));
  list.style.width = `${width}px`;
  list.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
  list.style.maxHeight = `${Math.max(96, Math.min(isBelow ? below : above, 320))}px`;
  list.style.top = isBelow ? `${box.bottom + 4}px` : "auto";
  list.style.bottom = isBelow ? "auto" : `${innerHeight - box.top + 4}px`;
}

function listen(root) {
  root.listening = new AbortController();
  const { signal } = root.listening;
  const list = () => root.querySelector("ul");
  const input = () => root.querySelector("input");

  // The page moves beneath an open list.
  const follow = () => isOpen(list()) && place(root, list(), input());
  addEventListener("scroll", follow, { signal, capture: true, passive: true });
  addEventListener("resize", follow, { signal });

  root.addEventListener("keydown", (event) => onKey(root, event), { signal, capture: true });
  // The page has keys of its own, and does not see that somebody is typing in here.
  for (const name of ["keydown", "keyup", "keypress"]) {
    root.addEventListener(
      name,
      (event) => !event.ctrlKey && !event.metaKey && event.stopPropagation(),
      { signal }
    );
  }
  // On a phone the list outlives the keyboard, so that it can be pressed upon.
  const leave = () => !hasFocus(root) && !isOpen(list()) && abandon(root);
  root.addEventListener("focusout", () => setTimeout(leave), { signal });
  const pressed = (event) => {
    if (!hasFocus(root) && isOpen(list()) && !event.composedPath().includes(root)) {
      abandon(root);
    }
  };
  addEventListener("pointerdown", pressed, { signal });
  addEventListener("keydown", (event) => onShortcut(root, event), { signal });
}

// Whoever leaves without choosing has chosen nothing new; an emptied field stands for all.
function abandon(root) {
  const input = root.querySelector("input");
  if (!root.isConnected || input.value === root.shown) {
    return;
  }
  if (root.chosen !== null && !input.value.trim()) {
    take(root, null);
  }
  settle(root);
}

function onKey(root, event) {
  const list = root.querySelector("ul");
  const input = root.querySelector("input");
  const { data } = root.component;
  if (event.target.closest(".clear") || event.keyCode === 229) {
    return;
  }
  if (event.key === "Enter" && event.target === input && isOpen(list)) {
    const first = list.querySelector('[role="option"]:not([aria-disabled])');
    if (first && root.querySelector(".field").classList.contains("is-typed")) {
      event.preventDefault();
      event.stopPropagation();
      first.click();
    }
  } else if (event.key === "Enter" && event.target === input && data.stays && !input.value.trim()) {
    abandon(root);
  } else if (event.key === "Escape" && event.isTrusted) {
    if (event.target !== input) {
      // What is hidden cannot keep the focus.
      input.focus();
    }
    const wasOpen = isOpen(list);
    setTimeout(() => {
      if (!wasOpen && root.chosen !== null && input.value === root.shown) {
        clear(root);
      } else {
        abandon(root);
      }
    });
  }
}

function onShortcut(root, event) {
  const { data } = root.component;
  const isMeant = data.keys && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
  if (isMeant && event.key.toLowerCase() === "k") {
    event.preventDefault();
    root.querySelector("input").focus();
  }
}
