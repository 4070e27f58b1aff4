package vn.dvhc.history.convert;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import vn.dvhc.history.CatalogueLog;
import vn.dvhc.history.search.Gazetteer;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;

/** Prints how many codes and addresses one core converts in a second. Run by hand; no test. */
public final class ConvertSpeed {

    private static final int ROUNDS = 8;
    private static final int REPEATED = 20;

    private ConvertSpeed() {}

    public static void main(String[] arguments) {
        Timeline timeline = CatalogueLog.whole().timeline();
        Gazetteer gazetteer = Gazetteer.of(timeline);
        LocalDate at = LocalDate.of(2025, 6, 30);
        List<UnitCode> codes = new ArrayList<>();
        List<String> addresses = new ArrayList<>();
        for (Unit commune : timeline.units(at, Level.COMMUNE, null)) {
            codes.add(commune.code());
            addresses.add("12 Trần Hưng Đạo, " + path(timeline, commune, at));
        }
        List<UnitCode> many = new ArrayList<>();
        for (int i = 0; i < REPEATED; i++) {
            many.addAll(codes);
        }
        for (int round = 1; round <= ROUNDS; round++) {
            Converter converter = new Converter(gazetteer, LocalDate.of(2025, 7, 1));
            System.out.printf(
                    "round=%d codes_per_second=%d addresses_per_second=%d%n",
                    round,
                    perSecond(many, code -> converter.code(code, at)),
                    perSecond(addresses, address -> converter.address(address, null)));
        }
    }

    /** Of the thread's own time, so that other work on the machine counts less. */
    private static <T> long perSecond(List<T> items, Consumer<T> conversion) {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        items.forEach(conversion);
        long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
        return items.size() * 1_000_000_000L / Math.max(1, nanos);
    }

    private static String path(Timeline timeline, Unit unit, LocalDate at) {
        UnitId above = unit.parent();
        return above == null
                ? unit.fullName()
                : unit.fullName() + ", "
                        + path(
                                timeline,
                                timeline.find(above).orElseThrow().at(at).orElseThrow(),
                                at);
    }
}
