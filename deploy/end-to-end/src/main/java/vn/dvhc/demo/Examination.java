package vn.dvhc.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vn.dvhc.demo.reform.Reform;
import vn.dvhc.demo.traffic.Journal;
import vn.dvhc.demo.traffic.Poison;
import vn.dvhc.demo.verify.Bookkeeping;
import vn.dvhc.demo.verify.Check;
import vn.dvhc.demo.verify.Edits;
import vn.dvhc.demo.verify.Expectations;
import vn.dvhc.demo.verify.Verification;

/** After the night: everything is checked and the report made. */
final class Examination {

    private final Options options;
    private final Progress progress;
    private final House house;
    private final Operations operations;
    private final Reform reform;
    private final Night night;
    private final Map<String, DemoReport.UnitCounts> units = new LinkedHashMap<>();

    /** @param before the units as they were counted on the eve */
    Examination(
            Options options,
            Progress progress,
            House house,
            Operations operations,
            Reform reform,
            Night night,
            DemoReport.UnitCounts before) {
        this.options = options;
        this.progress = progress;
        this.house = house;
        this.operations = operations;
        this.reform = reform;
        this.night = night;
        units.put(Reform.EVE.toString(), before);
    }

    DemoReport examine(Expectations expectations) throws IOException, SQLException, InterruptedException {
        Bookkeeping bookkeeping = bookkeeping();
        Verification verification = new Verification(
                new Verification.Landscape(
                        house.database("commune_31"), house.database("province_31"), house.database("national")),
                expectations,
                progress::say);
        verification.verify(bookkeeping, Poison.count());
        verifyUnits(verification);
        verifyLookups(verification);
        verifyTraffic(verification);
        verification.add(Edits.check(house.database("national"), house.database("commune_31"), night.journal()));
        Long handedOverAtKill = night.handedOverAtKill();
        if (handedOverAtKill != null) {
            verification.add(new Check(
                    "sync-service was killed in the middle of the hand-over",
                    handedOverAtKill > 0 && handedOverAtKill < options.records(),
                    "after " + handedOverAtKill + " records",
                    List.of()));
        }
        return report(verification, bookkeeping);
    }

    private Bookkeeping bookkeeping() throws IOException, InterruptedException {
        JsonNode handOver = operations.handOver(Reform.DAY);
        JsonNode summary = handOver.path("summary");
        JsonNode status = operations.syncStatus();
        return new Bookkeeping(
                summary.path("in").asLong(),
                summary.path("moved").asLong(),
                summary.path("kept").asLong(),
                summary.path("queued").asLong(),
                summary.path("rejected").asLong(),
                summary.path("late").asLong(),
                handOver.path("manifests").size(),
                handOver.path("checksumsEqual").asBoolean(),
                status.path("deadLetters").asLong(),
                status.path("conflicts").asLong());
    }

    private void verifyUnits(Verification verification) throws IOException, InterruptedException {
        units.put(Reform.DAY.toString(), operations.counts(Reform.DAY));
        Map<String, DemoReport.UnitCounts> known = Map.of(
                Reform.EVE.toString(), new DemoReport.UnitCounts(63, 696, 10_035),
                Reform.DAY.toString(), new DemoReport.UnitCounts(34, 0, 3_321));
        verification.add(new Check(
                "the country has the units of the acts on both days",
                known.equals(units),
                units.toString(),
                List.of()));
    }

    private void verifyLookups(Verification verification) throws InterruptedException {
        List<String> wrong = night.client().wrongAnswersAbout(reform.oldUnits());
        verification.add(new Check(
                "every old code answers with its unit and its successors",
                wrong.isEmpty(),
                reform.oldUnits().size() + " codes asked, " + wrong.size() + " wrong answers",
                wrong));
        long served = night.citizens().served();
        long failed = night.citizens().failed();
        long after = night.citizens().answeredAfter();
        verification.add(new Check(
                "no look-up failed while midnight passed",
                failed == 0 && served > 0 && after > 0,
                served + " served (" + after + " knew the reform), " + failed + " failed",
                night.citizens().failures()));
    }

    private void verifyTraffic(Verification verification) {
        Journal journal = night.journal();
        List<String> refused = new ArrayList<>(night.clerks().failures());
        String probeFailure = night.probe().failure();
        if (probeFailure != null) {
            refused.add(probeFailure);
        }
        verification.add(new Check(
                "no write was refused while midnight passed",
                refused.isEmpty(),
                journal.writes() + " acknowledged",
                refused));
        verification.add(new Check(
                "late changes were part of the test",
                journal.late() >= journal.writes() * Night.LATE_SHARE,
                journal.late() + " of " + journal.writes() + " writes",
                List.of()));
    }

    private DemoReport report(Verification verification, Bookkeeping said) throws SQLException {
        Journal journal = night.journal();
        Verification.Rows rows = verification.rows();
        Verification.Divergence divergence = verification.divergence();
        Long handedOverAtKill = night.handedOverAtKill();
        return new DemoReport(
                verification.isClean(),
                options.seed(),
                units,
                new DemoReport.Records(
                        options.records(),
                        journal.writes(),
                        journal.inserts(),
                        journal.updates(),
                        journal.deletes(),
                        journal.late(),
                        rows.commune(),
                        rows.province(),
                        rows.national()),
                new DemoReport.HandOver(
                        said.in(),
                        said.moved(),
                        said.kept(),
                        said.queued(),
                        said.rejected(),
                        said.late(),
                        said.manifests(),
                        said.checksumsEqual(),
                        said.deadLetters(),
                        said.conflicts(),
                        night.handOverSeconds()),
                new DemoReport.Divergence(
                        divergence.missing(), divergence.duplicate(), divergence.different(), divergence.unexpected()),
                DemoReport.lookups(
                        night.citizens().served(),
                        night.citizens().failed(),
                        night.citizens().latency()),
                DemoReport.percentiles(night.probe().lag()),
                progress.end(),
                handedOverAtKill == null ? null : new DemoReport.Kill(handedOverAtKill, said.in()),
                verification.checks());
    }
}
