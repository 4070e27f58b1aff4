/** What the console says. Words of services (causes, acts, names of units) stay as they are. */

import { EN } from "./words-en.js";
import { VI } from "./words-vi.js";

/** The words of a language; Vietnamese unless English is asked for. */
export function wordsOf(language) {
  return language === "en" ? EN : VI;
}
