package vn.dvhc.registry.act;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which registered acts a decision means.
 *
 * @param named every act the decision rests on, new ones among them
 * @param added acts that no description was registered for before
 * @param completed registered acts of which more is known now
 * @param conflicts why the decision's acts can't be told
 */
public record ActMatching(List<Named> named, List<Act> added, List<Act> completed, Set<Conflict> conflicts) {

    public ActMatching {
        named = List.copyOf(named);
        added = List.copyOf(added);
        completed = List.copyOf(completed);
    }

    /** An act with the reference or number it was named by. */
    public record Named(String reference, Act act) {}

    /** Why an act can't be told. */
    public record Conflict(Kind kind, String number) {

        /** The kinds of conflict. */
        public enum Kind {
            /** Several acts bear the number, and what is said does not tell which one is meant. */
            AMBIGUOUS,
            /** The registered act differs in what is said about it. */
            DIFFERENT,
            /** The number says who issued the act, and the description says somebody else. */
            ISSUER_DIFFERS
        }
    }

    /**
     * @param registered at least all registered acts of the numbers concerned
     * @param described what the decision says about its acts
     * @param references what its changes name acts by; one that fits no description stands for itself
     */
    public static ActMatching of(
            Collection<Act> registered, List<ActDescription> described, Collection<String> references) {
        Matcher matcher = new Matcher(registered);
        for (int i = 0; i < described.size(); i++) {
            ActDescription act = described.get(i);
            if (described.subList(0, i).stream().anyMatch(act::mayBe)) {
                matcher.refuse(Conflict.Kind.AMBIGUOUS, act.number());
            } else {
                matcher.match(act.number(), act);
            }
        }
        for (String reference : new LinkedHashSet<>(references)) {
            ActDescription act = ActDescription.ofReference(reference);
            long fitting = described.stream().filter(act::mayBe).count();
            if (fitting == 0) {
                matcher.match(reference, act);
            } else if (fitting > 1) {
                matcher.refuse(Conflict.Kind.AMBIGUOUS, reference);
            }
        }
        return new ActMatching(matcher.named, matcher.added, matcher.completed, matcher.conflicts);
    }

    private static final class Matcher {

        private final Map<String, List<Act>> registered;
        private final List<Named> named = new ArrayList<>();
        private final List<Act> added = new ArrayList<>();
        private final List<Act> completed = new ArrayList<>();
        private final Set<Conflict> conflicts = new LinkedHashSet<>();

        Matcher(Collection<Act> registered) {
            this.registered = registered.stream().collect(Collectors.groupingBy(Act::number));
        }

        void refuse(Conflict.Kind kind, String number) {
            conflicts.add(new Conflict(kind, number));
        }

        void match(String reference, ActDescription description) {
            String number = description.number();
            if (ActNumbers.issuer(number)
                    .filter(issuer -> !issuer.equals(description.issuer()))
                    .isPresent()) {
                refuse(Conflict.Kind.ISSUER_DIFFERS, number);
                return;
            }
            List<Act> candidates = registered.getOrDefault(number, List.of()).stream()
                    .filter(act -> act.description().mayBe(description))
                    .toList();
            if (candidates.isEmpty()) {
                Act act = new Act(ActId.random(), description);
                added.add(act);
                named.add(new Named(reference, act));
            } else if (candidates.size() > 1) {
                refuse(Conflict.Kind.AMBIGUOUS, reference);
            } else {
                matchKnown(reference, candidates.get(0), description);
            }
        }

        private void matchKnown(String reference, Act known, ActDescription description) {
            if (known.description().contradicts(description)) {
                refuse(Conflict.Kind.DIFFERENT, reference);
                return;
            }
            Act complete = new Act(known.id(), known.description().completedBy(description));
            named.add(new Named(reference, complete));
            if (!complete.equals(known)) {
                completed.add(complete);
            }
        }
    }
}
