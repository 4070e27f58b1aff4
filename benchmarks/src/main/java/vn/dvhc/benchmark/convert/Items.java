package vn.dvhc.benchmark.convert;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vn.dvhc.benchmark.WholeCatalogue;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitId;

/** What is converted: every commune of the eve of the reform by its code, and by a whole address, over and over. */
final class Items {

    static final LocalDate EVE = Catalogue.REFORM.minusDays(1);

    private final List<String> codes = new ArrayList<>();
    private final List<String> addresses = new ArrayList<>();

    Items() {
        Timeline timeline = WholeCatalogue.timeline();
        int number = 0;
        for (Unit commune : timeline.units(EVE, Level.COMMUNE, null)) {
            codes.add(commune.code().value());
            addresses.add(++number + " Trần Hưng Đạo, " + path(timeline, commune));
        }
    }

    private static String path(Timeline timeline, Unit unit) {
        UnitId above = unit.parent();
        return above == null
                ? unit.fullName()
                : unit.fullName() + ", "
                        + path(
                                timeline,
                                timeline.find(above).orElseThrow().at(EVE).orElseThrow());
    }

    /** As many codes as wanted. */
    List<String> codes(int count) {
        return repeated(codes, count).toList();
    }

    /** One item a line, each with its date. */
    byte[] codeLines(int count) {
        return repeated(codes, count)
                .map(code -> "{\"code\":\"" + code + "\",\"at\":\"" + EVE + "\"}\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** One item a line, without date. */
    byte[] addressLines(int count) {
        return repeated(addresses, count)
                .map(address -> "{\"address\":" + quoted(address) + "}\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A file with a number, a code and its date in each row. */
    byte[] codeFile(int count) {
        StringBuilder file = new StringBuilder("id,code,at\n");
        int id = 0;
        for (String code : codes(count)) {
            file.append(++id).append(',').append(code).append(',').append(EVE).append('\n');
        }
        return file.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** One call with as many codes as a call may hold. */
    byte[] codeCall(int count) {
        return repeated(codes, count)
                .map(code -> "{\"code\":\"" + code + "\",\"at\":\"" + EVE + "\"}")
                .collect(Collectors.joining(",", "{\"to\":\"" + Catalogue.REFORM + "\",\"items\":[", "]}"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Stream<String> repeated(List<String> items, int count) {
        return Stream.iterate(0, i -> (i + 1) % items.size()).limit(count).map(items::get);
    }

    private static String quoted(String text) {
        return JsonMapper.builder().build().valueToTree(text).toString();
    }
}
