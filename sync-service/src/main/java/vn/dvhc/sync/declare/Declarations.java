package vn.dvhc.sync.declare;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.InvalidDeclarationException;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.PlanReader;
import vn.dvhc.sync.plan.Source;

/** Declares, changes and withdraws sources and datasets; the plan's keeper brings them into use. Blocks. */
@Singleton
class Declarations {

    private final PlanKeeper keeper;
    private final Databases databases;
    private final Inspection inspection;

    @Inject
    Declarations(PlanKeeper keeper, Databases databases, Inspection inspection) {
        this.keeper = keeper;
        this.databases = databases;
        this.inspection = inspection;
    }

    /** How a declaration ended. */
    enum Outcome {
        DONE,
        /** The name is declared already. */
        TAKEN,
        /** Nothing of this name is declared. */
        UNKNOWN,
        /** Declared in the plan's file, which only its administrator changes. */
        IN_FILE,
        /** Wrong, or its database is not made for it. */
        INVALID,
        /** The service has no plan's file, so nowhere to keep declarations. */
        NO_PLAN
    }

    /** @param problems what is wrong, if it is invalid */
    record Result(Outcome outcome, List<String> problems) {

        static Result of(Outcome outcome) {
            return new Result(outcome, List.of());
        }
    }

    /** What the caller wants with a name. */
    enum Wish {
        ADD,
        CHANGE,
        WITHDRAW
    }

    /** @param body JSON; null to withdraw */
    Result source(Wish wish, String name, @Nullable String body, String declaredBy) throws SQLException {
        return write(DeclarationStore.Kind.SOURCE, wish, name, body, declaredBy);
    }

    /** @param body JSON; null to withdraw */
    Result dataset(Wish wish, String name, @Nullable String body, String declaredBy) throws SQLException {
        return write(DeclarationStore.Kind.DATASET, wish, name, body, declaredBy);
    }

    private Result write(DeclarationStore.Kind kind, Wish wish, String name, @Nullable String body, String declaredBy)
            throws SQLException {
        Optional<PlanReader.Declared> file = keeper.ofFile();
        if (file.isEmpty()) {
            return Result.of(Outcome.NO_PLAN);
        }
        if (names(kind, file.get()).anyMatch(name::equals)) {
            return Result.of(Outcome.IN_FILE);
        }
        return databases.asOwner(keeper.nation(file.get()), connection -> {
            DeclarationStore.lock(connection);
            return write(
                    connection,
                    file.get(),
                    new DeclarationStore.Entry(kind, name, body == null ? "" : body),
                    wish,
                    declaredBy);
        });
    }

    private Result write(
            Connection connection,
            PlanReader.Declared file,
            DeclarationStore.Entry wanted,
            Wish wish,
            String declaredBy)
            throws SQLException {
        List<DeclarationStore.Entry> entries = new ArrayList<>(DeclarationStore.present(connection));
        boolean present = entries.removeIf(
                entry -> entry.kind() == wanted.kind() && entry.name().equals(wanted.name()));
        if (present == (wish == Wish.ADD)) {
            return Result.of(present ? Outcome.TAKEN : Outcome.UNKNOWN);
        }
        if (wish != Wish.WITHDRAW) {
            entries.add(wanted);
        }
        List<String> problems = problems(file, entries, wanted, wish);
        if (!problems.isEmpty()) {
            return new Result(Outcome.INVALID, problems);
        }
        DeclarationStore.write(
                connection, wanted.kind(), wanted.name(), wish == Wish.WITHDRAW ? null : wanted.body(), declaredBy);
        return Result.of(Outcome.DONE);
    }

    private List<String> problems(
            PlanReader.Declared file, List<DeclarationStore.Entry> entries, DeclarationStore.Entry wanted, Wish wish) {
        try {
            Plan plan = PlanKeeper.together(file, entries);
            return wish == Wish.WITHDRAW ? List.of() : inspect(plan, wanted);
        } catch (InvalidDeclarationException invalid) {
            return invalid.problems();
        }
    }

    /** The database of a source, or those of all owners of a dataset. */
    private List<String> inspect(Plan plan, DeclarationStore.Entry wanted) {
        return switch (wanted.kind()) {
            case SOURCE -> inspection.problems(plan, plan.source(wanted.name()).orElseThrow());
            case DATASET -> {
                Dataset dataset = plan.dataset(wanted.name()).orElseThrow();
                yield plan.sources().stream()
                        .filter(source -> plan.ownedBy(source).contains(dataset))
                        .flatMap(source -> inspection.problems(plan, source).stream())
                        .toList();
            }
        };
    }

    private static Stream<String> names(DeclarationStore.Kind kind, PlanReader.Declared declared) {
        return switch (kind) {
            case SOURCE -> declared.sources().stream().map(Source::name);
            case DATASET -> declared.datasets().stream().map(Dataset::name);
        };
    }
}
