package vn.dvhc.sync.apply;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import vn.dvhc.sync.capture.Batch;
import vn.dvhc.sync.capture.Change;
import vn.dvhc.sync.capture.DeadLetter;
import vn.dvhc.sync.database.Progress;
import vn.dvhc.sync.home.Homes;
import vn.dvhc.sync.journal.Noted;
import vn.dvhc.sync.lane.Lane;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.units.Deciders;

/** Decides which databases have to write what of a batch. Pure. */
final class Routing {

    private final Plan plan;
    private final Homes homes;
    private final Deciders deciders;
    private final Predicate<Lane> open;
    private final Map<Source, Share> copies = new LinkedHashMap<>();
    private final Map<Source, Share> rebases = new LinkedHashMap<>();
    private final Map<Source, Recodings> recodings = new LinkedHashMap<>();

    /** @param open the lanes to be served */
    Routing(Plan plan, Homes homes, Deciders deciders, Predicate<Lane> open) {
        this.plan = plan;
        this.homes = homes;
        this.deciders = deciders;
        this.open = open;
    }

    /** What goes into copies, by database. */
    Map<Source, Share> copies() {
        return copies;
    }

    /** What goes from former homes into their new ones, by database. */
    Map<Source, Share> rebases() {
        return rebases;
    }

    /** What is re-coded where it lives, by database. */
    Map<Source, Recodings> recodings() {
        return recodings;
    }

    Routing add(Batch batch) {
        batch.next().forEach((place, next) -> pass(place, batch.first().getOrDefault(place, next), next));
        batch.unreadable().forEach(this::add);
        batch.changes().forEach(this::add);
        return this;
    }

    /** Everybody who has to know how far a topic was applied; the nation always, since it keeps the dead letters. */
    private void pass(Progress.Place place, long first, long next) {
        Optional<Source> source = place.source(plan);
        Lane national = new Lane(place.sourceName(plan), plan.nation().name());
        if (open.test(national)) {
            copy(plan.nation()).pass(national, place, first, next);
        }
        if (source.isPresent()) {
            homes.newHome(source.get())
                    .filter(home -> open.test(Lane.of(source.get(), home)))
                    .ifPresent(home -> rebase(home).pass(Lane.of(source.get(), home), place, first, next));
            for (Source target : homes.copiesOf(plan, source.get())) {
                Lane lane = Lane.of(source.get(), target);
                if (open.test(lane)) {
                    copy(target).pass(lane, place, first, next);
                }
            }
        }
    }

    /** The nation keeps dead letters while the stream passes; a lane that catches up brings none that are not there. */
    private void add(DeadLetter letter) {
        Share national = copies.get(plan.nation());
        if (national != null) {
            national.add(letter);
        }
    }

    private void add(Change change) {
        Source source = change.source();
        Route route = Route.of(plan, homes, deciders.of(change.dataset()), change);
        boolean recoded = change.dataset().isRecoded();
        note(change, source);
        switch (route.kind()) {
            case REFUSED -> {
                add(DeadLetterWriter.of(
                        change,
                        DeadLetter.Cause.UNIT_REFUSED,
                        String.valueOf(route.verdict().reason())));
                if (recoded) {
                    recoding(source, homes.newHome(source).orElse(source)).ifPresent(work -> work.rejected(change));
                }
            }
            case REBASED -> {
                Source home = homes.newHome(source).orElseThrow();
                if (open.test(Lane.of(source, home))) {
                    rebase(home).add(change);
                }
                endWhatNeverMoved(change);
            }
            case COPIED -> {
                for (Source target : route.copies()) {
                    if (open.test(Lane.of(source, target))) {
                        copy(target).add(change);
                    }
                }
                if (recoded) {
                    recoding(source, source).ifPresent(work -> add(work, change, route));
                }
            }
        }
    }

    /** The journal tells what was done where it was done, whatever becomes of the change. */
    private void note(Change change, Source source) {
        if (change.edit() != null && open.test(Lane.of(source, plan.nation()))) {
            copy(plan.nation())
                    .note(new Noted(
                            change,
                            change.dataset().isRecoded()
                                    && homes.newHome(source).isPresent()));
        }
    }

    private static void add(Recodings work, Change change, Route route) {
        if (route.isSettled(change)) {
            work.settled(change);
        } else {
            work.outdated(change);
        }
    }

    /**
     * A record that was deleted before its home was handed over never comes to the new one, so nobody else would tell the nation's
     * copy. A copy that is the new home's by now takes nothing from the former.
     */
    private void endWhatNeverMoved(Change change) {
        if (change.deleted()
                && change.dataset().isCopiedTo(plan.nation().tier())
                && open.test(Lane.of(change.source(), plan.nation()))) {
            copy(plan.nation()).add(change);
        }
    }

    private Share copy(Source target) {
        return copies.computeIfAbsent(target, Share::new);
    }

    private Share rebase(Source home) {
        return rebases.computeIfAbsent(home, Share::new);
    }

    private Optional<Recodings> recoding(Source source, Source home) {
        Lane lane = Lane.of(source, home);
        if (!open.test(lane)) {
            return Optional.empty();
        }
        Recodings work = recodings.computeIfAbsent(home, Recodings::new);
        work.pass(lane);
        return Optional.of(work);
    }
}
