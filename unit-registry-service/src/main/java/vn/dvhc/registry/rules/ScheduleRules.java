package vn.dvhc.registry.rules;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import vn.dvhc.decision.Decision;
import vn.dvhc.timeline.Enactment;
import vn.dvhc.timeline.Refusal;
import vn.dvhc.timeline.Timeline;

/**
 * Whether the register takes the day with the decision in it, and the days behind it still. What fails just as much without
 * the decision is not held against it.
 */
final class ScheduleRules {

    private static final int MOST_TOLD_OF_A_LATER_DAY = 20;

    private final Decision decision;
    private final NavigableMap<LocalDate, List<Decision>> days;
    private final Findings found;

    private ScheduleRules(Decision decision, NavigableMap<LocalDate, List<Decision>> days, Findings found) {
        this.decision = decision;
        this.days = days;
        this.found = found;
    }

    /** The day as its decisions read, for the other rules; empty if it can't be read, being over. */
    static Optional<Day> check(
            Proposal proposal, Timeline register, NavigableMap<LocalDate, List<Decision>> scheduled, Findings found) {
        ScheduleRules rules =
                new ScheduleRules(proposal.decision(), Schedule.with(proposal.decision(), scheduled), found);
        return rules.run(register);
    }

    private Optional<Day> run(Timeline register) {
        LocalDate date = decision.effectiveDate();
        Timeline before = register;
        for (Map.Entry<LocalDate, List<Decision>> earlier :
                days.headMap(date, false).entrySet()) {
            Enactment enactment = before.enact(earlier.getKey(), earlier.getValue());
            if (enactment instanceof Enactment.Enacted enacted) {
                before = enacted.timeline();
            } else {
                found.add(Rule.SCHEDULED_DAY_FAILS.about(earlier.getKey()));
            }
        }
        List<Decision> ofTheDay = days.getOrDefault(date, List.of());
        Enactment enactment = before.enact(date, ofTheDay);
        if (enactment instanceof Enactment.Refused refused) {
            tellRefusals(before, date, refused.reasons());
        } else {
            checkLaterDays(before, ((Enactment.Enacted) enactment).timeline());
        }
        boolean over = before.lastDay().filter(last -> !date.isAfter(last)).isPresent();
        return over ? Optional.empty() : Optional.of(Day.read(before, date, ofTheDay));
    }

    private void tellRefusals(Timeline before, LocalDate date, List<Refusal> reasons) {
        List<Decision> others = others(date);
        Set<Refusal> without = others.isEmpty() ? new HashSet<>() : new HashSet<>(refusals(before.enact(date, others)));
        reasons.stream()
                .filter(reason -> !without.contains(reason))
                .map(Refusals::finding)
                .forEach(found::add);
        without.retainAll(reasons);
        if (!without.isEmpty()) {
            found.add(Rule.OTHERS_OF_THE_DAY_FAIL.about(date, without.size()));
        }
    }

    private void checkLaterDays(Timeline before, Timeline with) {
        Timeline timeline = with;
        for (Map.Entry<LocalDate, List<Decision>> later :
                days.tailMap(decision.effectiveDate(), false).entrySet()) {
            Enactment enactment = timeline.enact(later.getKey(), later.getValue());
            if (enactment instanceof Enactment.Refused refused) {
                tellLaterDay(before, refused);
                return;
            }
            timeline = ((Enactment.Enacted) enactment).timeline();
        }
    }

    private void tellLaterDay(Timeline before, Enactment.Refused refused) {
        Set<Refusal> without = new HashSet<>(refusalsWithout(before, refused.date()));
        List<Refusal> caused = refused.reasons().stream()
                .filter(reason -> !without.contains(reason))
                .limit(MOST_TOLD_OF_A_LATER_DAY)
                .toList();
        caused.forEach(reason -> found.add(Rule.LATER_DAY_NO_LONGER_HOLDS.about(
                reason.subject(), refused.date(), reason.message(), Refusals.english(reason))));
        if (caused.isEmpty()) {
            found.add(Rule.SCHEDULED_DAY_FAILS.about(refused.date()));
        }
    }

    /** What the register has against a later day as it is scheduled, without the decision. */
    private List<Refusal> refusalsWithout(Timeline before, LocalDate until) {
        Timeline timeline = before;
        for (LocalDate date :
                days.subMap(decision.effectiveDate(), true, until, true).keySet()) {
            Enactment enactment = timeline.enact(date, others(date));
            if (enactment instanceof Enactment.Enacted enacted) {
                timeline = enacted.timeline();
            } else if (date.equals(until)) {
                return refusals(enactment);
            }
        }
        return List.of();
    }

    private List<Decision> others(LocalDate date) {
        return days.getOrDefault(date, List.of()).stream()
                .filter(other -> !other.id().equals(decision.id()))
                .toList();
    }

    private static List<Refusal> refusals(Enactment enactment) {
        return enactment.fold(enacted -> List.of(), Enactment.Refused::reasons);
    }
}
