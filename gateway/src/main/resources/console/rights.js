/**
 * What is offered to whom. The door and the services decide again with every call: a role that is missing here only hides what would be
 * refused.
 */

const OPERATOR = ["operator"];
const DECISIONS = ["operator", "decision-drafter", "decision-approver"];

const NEEDED = {
  "see:country": OPERATOR,
  "see:handovers": OPERATOR,
  "see:manifests": ["operator", "unit-officer"],
  "see:queue": OPERATOR,
  "see:letters": OPERATOR,
  "see:conflicts": OPERATOR,
  "see:sources": OPERATOR,
  "see:decisions": DECISIONS,
  "see:subscriptions": ["subscriber", "operator"],
  release: OPERATOR,
  sign: ["unit-officer"],
  undo: OPERATOR,
  assign: OPERATOR,
  letters: OPERATOR,
  conflicts: OPERATOR,
  snapshot: OPERATOR,
  subscriptions: ["subscriber", "operator"],
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
