/** All that is known of one unit, out of the answers of several calls. */
import { communesOf, lineage, successors, timeline } from "./api.js";
import { dayBefore } from "./words.js";

/** A unit changes its code once in a reform, if at all. */
const MOST_CODES = 5;

/**
 * Null if there is no such unit. Else {unitId, states, from, to, endedBy, passedOn, today, successors, graph, names, communes}:
 * `states` in order of time, `to` exclusive (null: still in force), `graph` its lineage, `names` the last name of each unit in
 * it, `communes` what lay in an ended district on its last day.
 */
export async function story(unitId, signal) {
  const [code, born] = unitId.split("@");
  const [kin, graph, tenures] = await Promise.all([
    successors(code, born, signal),
    lineage(code, born, signal),
    tenuresOf(unitId, code, signal),
  ]);
  if (kin === null || graph === null || tenures.length === 0 || graph.root !== unitId) {
    return null;
  }
  const states = merged(tenures.flatMap((tenure) => tenure.states));
  const last = states.at(-1);
  const endedDistrict = last.level === "district" && last.unitTo !== null;
  const inIt = endedDistrict ? await communesOf(unitId, dayBefore(last.unitTo), signal) : null;
  return {
    unitId,
    states,
    from: last.unitFrom,
    to: last.unitTo,
    endedBy: tenures.at(-1).endedBy,
    today: kin.on,
    successors: kin.successors,
    graph,
    names: new Map(graph.nodes.map((node) => [node.unitId, node])),
    communes: inIt?.items ?? [],
  };
}

async function tenuresOf(unitId, birthCode, signal) {
  const tenures = [];
  let code = birthCode;
  while (code && tenures.length < MOST_CODES) {
    const life = await timeline(code, signal);
    const since = tenures.at(-1)?.to ?? "";
    const own = life?.tenures.find((tenure) => tenure.unitId === unitId && tenure.from >= since);
    if (!own) {
      break;
    }
    tenures.push(own);
    code = own.goesOnAs;
  }
  return tenures;
}

/** States that differ only in what the page does not show, as one. */
function merged(states) {
  const different = [];
  for (const state of states) {
    const last = different.at(-1);
    if (last && shown(last) === shown(state)) {
      different[different.length - 1] = { ...state, validFrom: last.validFrom, legalBasis: last.legalBasis };
    } else {
      different.push(state);
    }
  }
  return different;
}

function shown(state) {
  const names = [state.code, state.fullName];
  for (let parent = state.parent; parent; parent = parent.parent) {
    names.push(parent.fullName);
  }
  return names.join("\n");
}

/** The province above a state, or the state itself if it is one. */
export function provinceOf(state) {
  let top = state;
  while (top.parent) {
    top = top.parent;
  }
  return top;
}
