// Folding: the other forms under which a word is found ("Müller" as muller and mueller, "π³" as pi3).
// plugins/broadsheet/search/analysis/folding.py does the same in Python; a test compares both.

import { stem, termOf } from "./search-stem.js";
import { variants } from "./search-variants.js";

export const DERIVED = " "; // the last character of the index's derived terms
export const MOST_PARTS = 6; // of a compound that is joined
const LONGEST_FOLDED = 60; // characters of a word that has folded forms
const MOST_GREEK = 3; // more Greek letters than these are a Greek word, not a formula

const DASHES = "\\-\u2010-\u2015\u2212\ufe58\ufe63\uff0d";
const APOSTROPHES = "'’‘ʼʻ`´′＇‛ʹ";
const POSSESSIVE = new RegExp(`[${APOSTROPHES}]s$`, "u");
const HYPHEN = new RegExp(`[${DASHES}]+`, "u");
const UNSEEN = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"; // accents apart, and no-width characters
const CUT = new RegExp(`[^\\p{L}\\p{N}_.^&${DASHES}${APOSTROPHES}${UNSEEN}]+`, "u");
const SIGNED = /(?<![\p{L}\p{N}_+#])[a-z]{1,3}(?:\+\+(?=\p{Nd})|(?:\++|#+)(?![\p{L}\p{N}_+#]))/u;
const SIGNED_NAME = /^[a-z]{1,3}(?:\++|#+)$/;
const NUMBER = /^[0-9]{1,2}(?:\.[0-9]{1,2}){0,2}$/;

/** @type {Record<string, string>} */
const SECOND = { ä: "ae", ö: "oe", ü: "ue", å: "aa", ø: "oe" };

// What is written for letters that Unicode doesn't decompose, by their names.
const LETTERS = new Map(
  (
    "ae æ b ƀƃɓ c ƈȼɕ d ðđƌȡɖɗ db ȸ dz ʣʥ e ɇ f ƒ g ǥɠ h ħɦ hv ƕ i ıɨ j ɉʝ k ƙ l łƚȴɫɬɭ ls ʪ lz ʫ m ɱ n " +
    "ƞȵɲɳ ng ŋ o ø oe œ oi ƣ ou ȣ p ƥ q ɋʠ qp ȹ r ɍɼɽɾ s ȿʂ ss ß t ŧƫƭȶʈ tc ʨ th þ ts ʦ u ʉ v ʋ y ƴɏ z " +
    "ƶȥɀʐʑ alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu " +
    "ν xi ξ omicron ο pi π rho ρ sigma ςσ tau τ upsilon υ phi φ chi χ psi ψ omega ω digamma ϝ heta ͱ " +
    "koppa ϟ sampi ϡ san ϻ sho ϸ stigma ϛ"
  )
    .split(" ")
    .flatMap((letters, i, all) => (i % 2 ? [...letters].map((letter) => /** @type {[string, string]} */ ([letter, all[i - 1]])) : [])),
);

/**
 * What stands for a lower-case character (of NFKD) in a folded word, "" for a mark or a sign; null for
 * a letter or digit of a script that has no fold.
 * @param {string} letter
 */
function letterFold(letter) {
  if (letter <= "\x7f") return /[0-9A-Za-z]/.test(letter) ? letter : "";
  if (!/[\p{L}\p{N}]/u.test(letter) || /\p{Lm}/u.test(letter)) return "";
  return LETTERS.get(letter) ?? null;
}

/**
 * A text without the punctuation around it.
 * @param {string} text
 */
export function bareOf(text) {
  const letters = Array.from(text);
  let start = 0;
  let end = letters.length;
  while (start < end && !isAlnum(letters[start])) start++;
  while (end > start && !isAlnum(letters[end - 1])) end--;
  return letters.slice(start, end).join("");
}

/** @param {string} letter */
const isAlnum = (letter) => /[\p{L}\p{N}]/u.test(letter);

/**
 * A word's fold, or null where there is none.
 * @param {string} word
 */
function plainFold(word) {
  let greek = 0;
  for (const letter of word) if (letter >= "\u0370" && letter <= "\u03ff") greek++;
  let folded = "";
  for (const letter of word.normalize("NFKD")) {
    const one = letterFold(letter);
    if (one === null) return null;
    folded += one;
  }
  return greek > MOST_GREEK ? null : folded;
}

/** @type {Map<string, string[]>} */
const knownFolds = new Map();

/**
 * The folded forms of a word, each once, the plainest first: ASCII letters and digits; ä ö ü å ø also
 * as ae oe ue aa oe. A name such as C++ keeps its signs. A word without letters, or in a script without
 * a fold, is its own; so is a long one.
 * @param {string} word
 */
export function fold(word) {
  const lower = word.toLowerCase();
  if (/^[a-z0-9]*$/.test(lower)) return [lower];
  let forms = knownFolds.get(lower);
  if (!forms) {
    forms = foldedForms(lower);
    if (knownFolds.size > 20000) knownFolds.clear();
    knownFolds.set(lower, forms);
  }
  return forms;
}

/** @param {string} lower */
function foldedForms(lower) {
  if (Array.from(lower).length > LONGEST_FOLDED) return [lower];
  const signed = SIGNED.exec(lower);
  if (signed && bareOf(lower) === bareOf(signed[0])) return [signed[0]];
  let end = Array.from(lower);
  while (end.length && !isAlnum(end[end.length - 1])) end = end.slice(0, -1);
  const behind = end.join("") || lower;
  const word = (behind.replace(POSSESSIVE, "") || behind).normalize("NFKC").toLowerCase().replace(/[^\S\ufeff]+/gu, "").normalize("NFC");
  const first = plainFold(word);
  if (first === null || !/\p{L}/u.test(first)) return [word];
  const second = plainFold(word.normalize("NFC").replace(/[äöüåø]/g, (letter) => SECOND[letter]));
  return second === null || second === first ? [first] : [first, second];
}

/**
 * Whether a folded form is a name with signs: c++.
 * @param {string} form
 */
export const isSigned = (form) => SIGNED_NAME.test(form);

/**
 * The words, in lower case, that a word is made of: the parts of a compound, or of what punctuation
 * joins. Signs and dots in a name don't part it ("c++", "node.js").
 * @param {string} word
 */
export function partsOf(word) {
  const lower = word.toLowerCase();
  const forms = fold(lower);
  if (Array.from(lower).length > LONGEST_FOLDED || isSigned(forms[0])) return forms;
  return lower.split(CUT).flatMap((piece) => piece.split(HYPHEN)).map(bareOf).filter(Boolean);
}

/**
 * Whether a word is a number as names have them: "3", "2.5", "3.5.1".
 * @param {string} word
 */
export const isSmallNumber = (word) => NUMBER.test(word);

/**
 * The terms under which a query's word is found: as it is typed, and otherwise (folded, and in another spelling). A name with signs (C++)
 * has no typed term, which would be that of its letters.
 * @param {string} word
 * @returns {[typed: string[], folded: string[]]}
 */
export function alternatives(word) {
  const forms = fold(word);
  if (isSigned(forms[0])) return [[], [forms[0] + DERIVED]];
  const typed = termOf(word);
  /** @type {Set<string>} */
  const others = new Set();
  for (const form of [...forms, ...forms.flatMap(variants)]) {
    const term = stem(form);
    if (term !== typed) others.add(term);
    if (/\p{L}/u.test(term)) others.add(term + DERIVED);
  }
  return [[typed], [...others]];
}
