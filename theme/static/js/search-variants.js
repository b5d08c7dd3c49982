// Variants: the other spelling of an English word, British or American ("colour" and "color"), its plural
// ("hypotheses"), its adjective ("retinal"), and of a word that says "to" by a digit ("text2image"). plugins/broadsheet/search/analysis/variants.py has the same rules
// in Python; a test compares both.

const ENDINGS = "(?=(?:e|es|ed|er|ers|ing|able|ation|ations|ational)$)";
const SUFFIXES = "(?=(?:s|ed|ing|al|ally|able|ful|hood|hoods|ite|ites|less|y)?$)";
const ASCII = /^[\0-\x7f]*$/;

/** @type {[RegExp, string][]} */
const RULES = [
  [new RegExp(`(?<=[a-z]{3}i)s${ENDINGS}`), "z"],
  [new RegExp(`(?<=[a-z]{3}i)z${ENDINGS}`), "s"],
  [/(?<=[a-z]{3}y)s(?=(?:e|es|ed|er|ers|ing)$)/, "z"],
  [/(?<=[a-z]{3}y)z(?=(?:e|es|ed|er|ers|ing)$)/, "s"],
  [new RegExp(`(?<=[a-z]{2})our${SUFFIXES}`), "or"],
  [new RegExp(`(?<=[a-z]{2})or${SUFFIXES}`), "our"],
  [/(?<=[a-z]{2}[bt])re(?=[sd]?$)/, "er"],
  [/(?<=[a-z]{2}[bt])er(?=s?$)/, "re"],
  [/(?<=[a-z]{3}og)ue(?=s?$)/, ""],
  [/(?<=[a-z]{3}og)(?=s?$)/, "ue"],
  [/(?<=[a-z]{3}[einr]a)$/, "l"],
  [/(?<=(?:ly|no|he)s)i(?=s$)/, "e"],
  [/(?<=(?:ly|no|he)s)e(?=s$)/, "i"],
  [/(?<=[a-z]{2})ices$/, "ix"],
  [/(?<=^[a-z]{2})2(?=[a-z]{2,}$)|(?<=[a-z]{3})2(?=[a-z]{2,}$)/, "to"],
];

/**
 * The other spellings of a folded word, mostly none.
 * @param {string} word
 */
export const variants = (word) =>
  ASCII.test(word) ? [...new Set(RULES.map(([pattern, other]) => word.replace(pattern, other)).filter((other) => other !== word))] : [];
