/**
 * What is offered to whom. The door and the services decide again with every call: a role that is missing here only hides what would be
 * refused.
 */

/** Of old there were operator and unit-officer. */
const OPERATOR = ["national-operator", "national-admin", "operator"];
const OFFICERS = ["province-operator", "commune-clerk", "unit-officer"];
const HOLDERS = [...OPERATOR, "province-operator", "commune-clerk"];
const PROVINCES = [...OPERATOR, "province-operator"];
const DECISIONS = [...OPERATOR, "decision-drafter", "decision-approver"];

const NEEDED = {
  "see:country": OPERATOR,
  "see:handovers": OPERATOR,
  "see:manifests": [...OPERATOR, ...OFFICERS],
  "see:queue": HOLDERS,
  "see:letters": OPERATOR,
  "see:conflicts": PROVINCES,
  "see:sources": OPERATOR,
  "see:decisions": DECISIONS,
  "see:subscriptions": ["subscriber", ...OPERATOR],
  release: OPERATOR,
  sign: OFFICERS,
  undo: OPERATOR,
  assign: HOLDERS,
  letters: OPERATOR,
  conflicts: PROVINCES,
  snapshot: OPERATOR,
  subscriptions: ["subscriber", ...OPERATOR],
  submission: ["decision-drafter"],
  approval: ["decision-approver"],
  schedule: ["decision-approver"],
  rejection: ["decision-approver"],
  withdrawal: ["decision-drafter", "decision-approver"],
};

export function may(person, what) {
  return NEEDED[what].some((role) => person.roles.has(role));
}

export function needed(what) {
  return NEEDED[what];
}
