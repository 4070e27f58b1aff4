/** Decisions on units, with what was done and the steps that the register says may follow. */

import { part } from "./api.js";
import { h } from "./dom.js";
import { badge, button, buttons, card, choices, day, facts, moment, number, pages, span, table } from "./parts.js";

const PAGE = 50;
const STATES = ["draft", "submitted", "approved", "scheduled", "in_force", "rejected", "withdrawn"];
/** What somebody has still to do something about, or that is to take effect. */
const OPEN = ["submitted", "draft", "rejected", "approved", "scheduled"];

/** In these a plan of the hand-over can be made, and then approved. */
const OPEN_TO_PLANS = ["draft", "submitted"];

const MOST_CHANGES = 200;
const KINDS = { in_force: "good", scheduled: "good", approved: "good", submitted: "late", draft: "none", rejected: "bad", withdrawn: "none" };

export const decisions = {
  name: "decisions",
  every: 20_000,

  title({ words, path }) {
    return path.length > 0 ? words.decisions.one : words.views.decisions;
  },

  async load({ api, path, params, signal }) {
    if (path.length > 0) {
      const one = await api.get(`/v1/decisions/${part(path[0])}`, {}, signal);
      const findings = one.nextSteps.length > 0 ? await api.get(`/v1/decisions/${part(path[0])}/findings`, {}, signal) : null;
      const plan = one.planned ? await api.get(`/v1/decisions/${part(path[0])}/plan`, { limit: 1 }, signal) : null;
      return { one, findings, plan };
    }
    if (!params.state) {
      const open = await Promise.all(OPEN.map((state) => api.get("/v1/decisions", { state, limit: PAGE }, signal)));
      return { page: { decisions: open.flatMap((page) => page.decisions) } };
    }
    const state = params.state === "all" ? null : params.state;
    return { page: await api.get("/v1/decisions", { state, after: params.cursor, limit: PAGE }, signal) };
  },

  draw(context, data) {
    return data.one ? drawOne(context, data.one, data.findings, data.plan) : drawPage(context, data.page);
  },
};

function drawPage({ words, params, here, to }, page) {
  const own = words.decisions;
  return card(
    own.list,
    choices(own.state, [[own.open, here({ state: null, cursor: null }), !params.state], ...STATES.map((one) => [own.states[one], here({ state: one, cursor: null }), one === params.state]), [own.all, here({ state: "all", cursor: null }), params.state === "all"]]),
    table(
      words,
      own.list,
      [own.decision, own.effective, own.state, { text: own.changes, number: true }, own.draftedBy],
      page.decisions.map((one) => [
        h("a", { href: to("decisions", [one.id]) }, one.title),
        day(words, one.effectiveDate),
        badge(KINDS[one.state], own.states[one.state]),
        number(words, one.changeCount),
        one.draftedBy,
      ]),
    ),
    pages(words, here, params.cursor, page.next),
  );
}

function drawOne(context, one, findings, plan) {
  const { words, to } = context;
  const own = words.decisions;
  return [
    h("p", {}, h("a", { href: to("decisions") }, own.back)),
    card(
      one.title,
      h("p", {}, badge(KINDS[one.state], own.states[one.state])),
      facts([
        [own.effective, day(words, one.effectiveDate)],
        [own.id, one.id],
        [own.kind, own.kinds[one.kind] ?? one.kind],
        [own.version, number(words, one.version)],
        [own.draftedBy, one.draftedBy],
        [own.approvedBy, one.approvedBy],
        [own.inForceAt, one.inForceAt ? moment(words, one.inForceAt) : null],
        [own.acts, (one.acts ?? []).map((act) => act.number).join("; ")],
      ]),
      steps(context, one, plan),
    ),
    drawPlan(context, one, plan),
    findings ? drawFindings(words, findings) : null,
    card(
      own.steps,
      table(
        words,
        own.steps,
        [own.step, own.by, own.at, words.reason],
        one.steps.map((step) => [own.done[step.step] ?? step.step, step.by, moment(words, step.at), step.reason]),
      ),
    ),
    card(
      own.changes,
      one.changes.length > MOST_CHANGES ? h("p", { class: "quiet" }, own.cut(number(words, MOST_CHANGES), number(words, one.changes.length))) : null,
      table(
        words,
        own.changes,
        [own.operation, own.code, own.to, own.name, own.portion],
        one.changes.slice(0, MOST_CHANGES).map((change) => [own.operations[change.operation] ?? change.operation, change.code, change.to ?? change.newCode, [change.type, change.name].filter(Boolean).join(" "), change.portion ?? change.extent]),
      ),
    ),
  ];
}

/** What was approved with the decision, or can be. Only a reform hands anything over. */
function drawPlan(context, one, plan) {
  const { words } = context;
  const own = words.decisions;
  const open = one.kind === "reform" && OPEN_TO_PLANS.includes(one.state);
  if (!plan && !open) {
    return null;
  }
  return card(
    own.plan,
    plan
      ? [
          plan.intact ? null : h("p", {}, badge("bad", own.planChanged)),
          plan.truncated ? h("p", {}, badge("part", own.planCut)) : null,
          facts([
            [own.planDigest, plan.digest],
            [own.planMade, `${plan.madeBy}, ${moment(words, plan.madeAt)}`],
            [own.planApproved, plan.approvedBy ? `${plan.approvedBy}, ${moment(words, plan.approvedAt)}` : own.planOpen],
            [own.planUnits, number(words, plan.units)],
            [own.planTime, plan.estimatedSeconds === undefined ? own.planUnmeasured : span(words, plan.estimatedSeconds * 1000)],
          ]),
          table(
            words,
            own.plan,
            [own.planDataset, { text: own.planMove, number: true }, { text: own.planKeep, number: true }, { text: own.planQueue, number: true }],
            plan.datasets.map((line) => [line.dataset, number(words, line.move), number(words, line.keep), number(words, line.queue)]),
          ),
        ]
      : h("p", { class: "quiet" }, own.noPlan),
    open ? buttons([button(own.makePlan, () => makePlan(context, one), { plain: true })]) : null,
  );
}

function makePlan({ words, act, api }, one) {
  const own = words.decisions;
  return act({
    title: `${own.makePlan}: ${one.title}`,
    lines: [own.makePlanLead],
    confirm: own.makePlan,
    run: () => api.send("POST", `/v1/decisions/${part(one.id)}/plans`).then(() => null),
  });
}

function drawFindings(words, { findings = [] }) {
  const own = words.decisions;
  return card(
    own.findings,
    findings.length === 0
      ? h("p", {}, badge("good", own.noFindings))
      : h("ul", {}, findings.map((finding) => h("li", {}, badge(finding.severity === "error" ? "bad" : "part", own.severities[finding.severity] ?? ""), ` ${words.language === "en" ? (finding.messageEn ?? finding.message) : finding.message}`))),
  );
}

/** The register names the steps that may follow; whoever lacks the role for one is not offered it. A revision is written elsewhere. */
function steps(context, one, plan) {
  const { words, may } = context;
  return buttons(
    (one.nextSteps ?? [])
      .filter((step) => step !== "revision" && may(step))
      .map((step) => button(words.decisions.take[step], () => take(context, one, step, plan), { danger: ["rejection", "withdrawal"].includes(step) })),
  );
}

function take({ words, act, api }, one, step, plan) {
  const own = words.decisions;
  const planned = step === "approval" && plan;
  const needed = step === "rejection";
  const schedules = step === "approval" && one.kind === "reform";
  return act({
    title: `${own.take[step]}: ${one.title}`,
    lines: [own.leads[step], ...(planned ? [own.withPlan(plan.digest.slice(0, 12))] : [])],
    fields: [
      { name: "reason", label: needed ? words.reason : own.remark, kind: "area", optional: !needed },
      ...(schedules ? [{ name: "later", label: own.scheduleLater, kind: "check" }] : []),
    ],
    confirm: own.take[step],
    danger: ["rejection", "withdrawal"].includes(step),
    run: ({ reason, later }) =>
      api
        .send("POST", `/v1/decisions/${part(one.id)}/${step}`, {
          version: one.version,
          ...(reason === "" ? {} : { reason }),
          ...(planned ? { plan: plan.digest } : {}),
          ...(later ? { schedule: false } : {}),
        })
        .then(() => null),
  });
}
