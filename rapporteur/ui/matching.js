// What of many is meant by what is typed: letter case, diacritics and the order of words do not matter.
//
// Plain functions, as finding.js is put behind this file, and the tests ask them.

// Letters that Unicode does not take apart into a letter and its mark.
const OTHER_LETTERS = { ł: "l", ø: "o", đ: "d", ð: "d", ħ: "h", ı: "i", æ: "ae", œ: "oe", ß: "ss", þ: "th" };

function folded(words) {
  return words
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[łøđðħıæœßþ]/g, (letter) => OTHER_LETTERS[letter]);
}

function wordsOf(told) {
  return folded(told).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

// Of what `told` tells the words of, those in which every word typed begins a word; behind them those
// which have it anywhere. Each keeps its place among its like.
function matching(typed, all, told) {
  const wanted = wordsOf(typed);
  if (!wanted.length) {
    return typed.trim() ? [] : all;
  }
  const beginning = [];
  const within = [];
  for (const one of all) {
    const words = wordsOf(told(one));
    if (wanted.every((start) => words.some((word) => word.startsWith(start)))) {
      beginning.push(one);
    } else if (wanted.every((part) => words.some((word) => word.includes(part)))) {
      within.push(one);
    }
  }
  return [...beginning, ...within];
}
