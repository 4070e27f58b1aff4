package vn.dvhc.registry.api;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.registry.act.ActDescription;
import vn.dvhc.registry.decision.ChangeDocument;
import vn.dvhc.registry.decision.Dossier;
import vn.dvhc.registry.decision.Origin;
import vn.dvhc.timeline.Strike;
import vn.dvhc.unit.UnitCode;

/**
 * A decision as a drafter sends it.
 *
 * @param title a short description for people, in Vietnamese
 * @param effectiveDate a date to come, at 00:00 Asia/Ho_Chi_Minh; of a correction the day it mends
 * @param kind {@code reform} (assumed if absent) or {@code correction}
 * @param acts what is said about the acts that the changes name, and about others it rests on
 * @param endedOnPurpose codes of units that end and leave no successor
 * @param changes at least one, in the order of the act; a correction may have none if it retracts something
 * @param retracts only of a correction: the messages of the day that are taken back
 * @param version only of a revision: the version that was read
 */
public record DecisionBody(
        @Nullable String title,
        @Schema(examples = "2027-01-01") @Nullable String effectiveDate,

        @Schema(
                enumeration = {"reform", "correction"},
                defaultValue = "reform")
        @Nullable
        String kind,

        @Nullable List<@Nullable ActBody> acts,
        @Nullable List<@Nullable String> endedOnPurpose,
        @Nullable List<@Nullable ChangeDocument> changes,
        @Nullable List<@Nullable RetractBody> retracts,
        @Nullable Integer version) {

    private static final int MAX_TITLE = 500;
    private static final int MOST_CHANGES = 50_000;
    private static final int MOST_ACTS = 500;

    /**
     * @param sequence of the message that is taken back
     * @param to only the edge to this unit; absent for the whole message
     */
    public record RetractBody(
            @Nullable Long sequence,
            @Schema(examples = "00004@2025-07-01") @Nullable String to) {

        Strike toStrike() {
            if (sequence == null || sequence < 1) {
                throw new IllegalArgumentException("«sequence» phải là số thứ tự của một bản tin, từ 1.");
            }
            return new Strike(sequence, to == null ? null : RequestReader.unitId("to", to));
        }
    }

    /** @throws MalformedRequestException with everything that can't be read */
    Dossier toDossier(DecisionId id) {
        LocalDate date = RequestReader.date("effectiveDate", effectiveDate);
        Origin origin = origin();
        List<Reason> unreadable = new ArrayList<>();
        String checkedTitle = title(unreadable);
        List<UnitChange> readChanges = read("changes", changes, MOST_CHANGES, ChangeDocument::toChange, unreadable);
        List<Strike> strikes = read("retracts", retracts, MOST_CHANGES, RetractBody::toStrike, unreadable);
        List<ActDescription> described = read("acts", acts, MOST_ACTS, ActBody::toDescription, unreadable);
        SortedSet<UnitCode> ended = new TreeSet<>(read(
                "endedOnPurpose",
                endedOnPurpose,
                MOST_CHANGES,
                code -> RequestReader.code("endedOnPurpose", code),
                unreadable));
        if (!unreadable.isEmpty()) {
            throw new MalformedRequestException(unreadable);
        }
        if (origin != Origin.CORRECTION && !strikes.isEmpty()) {
            throw new MalformedRequestException("«retracts» chỉ dùng cho quyết định đính chính.");
        }
        if (readChanges.isEmpty() && strikes.isEmpty()) {
            throw new MalformedRequestException("«changes» phải có từ 1 đến " + MOST_CHANGES + " thay đổi.");
        }
        return new Dossier(new Decision(id, date, checkedTitle, readChanges), origin, described, ended, strikes);
    }

    private Origin origin() {
        String wanted = kind == null ? "reform" : kind;
        return switch (wanted) {
            case "reform" -> Origin.DRAFTED;
            case "correction" -> Origin.CORRECTION;
            default -> throw new MalformedRequestException("«kind» phải là một trong: reform, correction.");
        };
    }

    private String title(List<Reason> unreadable) {
        try {
            return ChangeDocument.text("title", title, MAX_TITLE);
        } catch (IllegalArgumentException malformed) {
            unreadable.add(Reason.malformed("title", malformed));
            return "";
        }
    }

    private static <D, T> List<T> read(
            String field,
            @Nullable List<@Nullable D> items,
            int most,
            Function<D, T> reading,
            List<Reason> unreadable) {
        if (items == null) {
            return List.of();
        }
        if (items.size() > most) {
            throw new MalformedRequestException("«" + field + "» có quá " + most + " mục.");
        }
        List<T> read = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            D item = items.get(i);
            try {
                if (item == null) {
                    throw new IllegalArgumentException("Mục không được để trống.");
                }
                read.add(reading.apply(item));
            } catch (MalformedRequestException | IllegalArgumentException malformed) {
                unreadable.add(Reason.malformed(field + "[" + i + "]", malformed));
            }
        }
        return read;
    }
}
