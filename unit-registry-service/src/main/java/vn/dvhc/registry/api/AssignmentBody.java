package vn.dvhc.registry.api;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vn.dvhc.registry.decision.ChangeDocument;
import vn.dvhc.registry.unit.LocalityAssignment;
import vn.dvhc.registry.unit.LocalityKind;

/**
 * Which successor each locality of split units goes to.
 *
 * @param enactment the day of the split, past or to come
 */
public record AssignmentBody(
        @Nullable String enactment, @Nullable List<@Nullable Item> assignments) {

    private static final int MAX_LOCALITY = 200;

    /**
     * @param unit unit id of the split unit
     * @param locality hamlet, street or parcel, as the records name it; NFC
     * @param kind {@code hamlet} (assumed if absent), {@code street} or {@code parcel}
     * @param successor unit id of one of its successors
     */
    public record Item(
            @Nullable String unit,
            @Nullable String locality,
            @Nullable String kind,
            @Nullable String successor) {

        /** @throws MalformedRequestException or {@link IllegalArgumentException}, in Vietnamese */
        LocalityAssignment toAssignment(LocalDate enactment) {
            return new LocalityAssignment(
                    enactment,
                    RequestReader.unitId("unit", unit),
                    ChangeDocument.text("locality", locality, MAX_LOCALITY),
                    localityKind(),
                    RequestReader.unitId("successor", successor));
        }

        private LocalityKind localityKind() {
            return Arrays.stream(LocalityKind.values())
                    .filter(candidate -> candidate.label().equals(Objects.requireNonNullElse(kind, "hamlet")))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalArgumentException("Trường «kind» phải là một trong: hamlet, street, parcel."));
        }
    }

    LocalDate day() {
        return RequestReader.date("enactment", enactment);
    }

    /** @throws MalformedRequestException with every assignment that can't be read */
    List<LocalityAssignment> toAssignments(int most) {
        LocalDate day = day();
        if (assignments == null || assignments.isEmpty() || assignments.size() > most) {
            throw new MalformedRequestException("«assignments» phải có từ 1 đến " + most + " mục.");
        }
        List<Reason> unreadable = new ArrayList<>();
        List<LocalityAssignment> read = new ArrayList<>(assignments.size());
        for (int i = 0; i < assignments.size(); i++) {
            Item item = assignments.get(i);
            try {
                if (item == null) {
                    throw new IllegalArgumentException("Mục không được để trống.");
                }
                read.add(item.toAssignment(day));
            } catch (MalformedRequestException | IllegalArgumentException malformed) {
                unreadable.add(Reason.malformed("assignments[" + i + "]", malformed));
            }
        }
        if (!unreadable.isEmpty()) {
            throw new MalformedRequestException(unreadable);
        }
        return read;
    }
}
