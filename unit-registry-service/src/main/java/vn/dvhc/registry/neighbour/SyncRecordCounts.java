package vn.dvhc.registry.neighbour;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletionStage;
import vn.dvhc.registry.RegistryConfig;
import vn.dvhc.registry.impact.Answer;
import vn.dvhc.registry.impact.RecordCountSource;
import vn.dvhc.registry.impact.RecordCounts;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitRef;

/** Counts that sync-service takes in the connected databases. */
@Singleton
class SyncRecordCounts implements RecordCountSource {

    /** sync-service takes 5,000. */
    private static final int UNITS_AT_ONCE = 2_000;

    private static final String TRUNCATED =
            "sync-service có nhiều số liệu hơn một câu trả lời cho phép; các con số dưới đây chưa đủ.";

    private final SyncApi sync;

    SyncRecordCounts(RegistryConfig config) {
        this.sync = Neighbours.client(SyncApi.class, config.syncUrl(), config.neighbourTimeout());
    }

    @Override
    public CompletionStage<Answer<RecordCounts>> count(List<UnitRef> units, String authorization) {
        Uni<Answer<RecordCounts>> asking =
                Neighbours.inPieces(units, UNITS_AT_ONCE, piece -> ask(piece, authorization), SyncRecordCounts::join);
        return Neighbours.inWords(asking, "sync-service", "số lượng hồ sơ").subscribeAsCompletionStage();
    }

    private Uni<Answer<RecordCounts>> ask(List<UnitRef> units, String authorization) {
        List<SyncApi.UnitAt> asked = units.stream()
                .map(unit -> new SyncApi.UnitAt(unit.code().value(), String.valueOf(unit.vintage())))
                .toList();
        return sync.count(authorization, new SyncApi.Question(asked)).map(SyncRecordCounts::toAnswer);
    }

    private static Answer<RecordCounts> toAnswer(SyncApi.Counts counts) {
        List<RecordCounts> read = counts.counts().stream()
                .map(count -> new RecordCounts(
                        count.source(),
                        count.tier(),
                        count.dataset(),
                        UnitCode.of(count.code()),
                        LocalDate.parse(count.vintage()),
                        count.locality(),
                        count.records()))
                .toList();
        return new Answer<>(read, counts.truncated() ? TRUNCATED : null);
    }

    private static Answer<RecordCounts> join(Answer<RecordCounts> one, Answer<RecordCounts> other) {
        return new Answer<>(
                Neighbours.concat(one.items(), other.items()), one.lacking() == null ? other.lacking() : one.lacking());
    }
}
