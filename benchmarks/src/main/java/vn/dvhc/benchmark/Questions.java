package vn.dvhc.benchmark;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;

/** What people ask: units of any level and day since 2004, and communes of the eve of the reform. Drawn with a fixed seed. */
public final class Questions {

    private static final int COUNT = 5_000;
    private static final int SEARCHES = 40_000;
    private static final int TEXTS = 10_000;
    private static final Pattern MARKS = Pattern.compile("\\p{M}");
    private static final LocalDate EVE = Catalogue.REFORM.minusDays(1);

    private final Timeline timeline;
    private final List<UnitHistory> units;
    private final List<Unit> communes;
    private final Random random = new Random(20_250_701);

    private Questions(Timeline timeline) {
        this.timeline = timeline;
        this.units = timeline.histories()
                .sorted(java.util.Comparator.comparing(UnitHistory::id))
                .toList();
        this.communes = timeline.units(EVE, Level.COMMUNE, null);
    }

    public static Questions ofTheCatalogue() {
        return new Questions(WholeCatalogue.timeline());
    }

    /** A code as of a date. */
    public record AsOf(String code, LocalDate at) {

        public String path() {
            return "/v1/units/" + code + "?at=" + at;
        }
    }

    public List<AsOf> asOf() {
        return asOf(COUNT, state -> true);
    }

    /** About states that are over: no later day changes what is answered. */
    public List<AsOf> closed(int count) {
        return asOf(count, state -> state.validTo() != null);
    }

    private List<AsOf> asOf(int count, Predicate<Unit> wanted) {
        List<AsOf> asked = new ArrayList<>();
        while (asked.size() < count) {
            List<Unit> states = units.get(random.nextInt(units.size())).states();
            Unit state = states.get(random.nextInt(states.size()));
            if (!wanted.test(state)) {
                continue;
            }
            LocalDate end = state.validTo() == null ? Catalogue.REFORM.plusDays(300) : state.validTo();
            long days = java.time.temporal.ChronoUnit.DAYS.between(state.validFrom(), end);
            asked.add(new AsOf(state.code().value(), state.validFrom().plusDays(random.nextLong(Math.max(1, days)))));
        }
        return asked;
    }

    public List<String> successors() {
        List<String> paths = new ArrayList<>();
        while (paths.size() < COUNT) {
            String code = communes.get(random.nextInt(communes.size())).code().value();
            paths.add("/v1/units/" + code + "/successors?at=" + EVE + "&on=" + Catalogue.REFORM);
        }
        return paths;
    }

    /** What people type. */
    public List<String> searches() {
        return asPeopleAsk(unseenSearches().subList(0, TEXTS), SEARCHES);
    }

    /** Some often, many seldom: after Zipf the n-th of the questions n times less than the first. */
    public <T> List<T> asPeopleAsk(List<T> questions, int count) {
        double[] upTo = new double[questions.size()];
        double sum = 0;
        for (int i = 0; i < upTo.length; i++) {
            sum += 1.0 / (i + 1);
            upTo[i] = sum;
        }
        List<T> asked = new ArrayList<>();
        while (asked.size() < count) {
            int found = Arrays.binarySearch(upTo, random.nextDouble() * sum);
            asked.add(questions.get(found < 0 ? -found - 1 : found));
        }
        return asked;
    }

    /** Hardly any text twice: names with and without marks, abbreviated, misspelt, with the district. */
    public List<String> unseenSearches() {
        List<String> paths = new ArrayList<>();
        while (paths.size() < SEARCHES) {
            Unit commune = communes.get(random.nextInt(communes.size()));
            String district = timeline.find(Objects.requireNonNull(commune.parent()))
                    .flatMap(life -> life.at(EVE))
                    .orElseThrow()
                    .name();
            String typed = switch (paths.size() % 5) {
                case 0 -> commune.fullName();
                case 1 -> plain(commune.name());
                case 2 -> plain(commune.fullName() + " " + district);
                case 3 -> "X." + commune.name() + ", H." + district;
                default -> misspelt(plain(commune.fullName()));
            };
            paths.add("/v1/units?q=" + URLEncoder.encode(typed, StandardCharsets.UTF_8));
        }
        return paths;
    }

    private static String plain(String name) {
        String decomposed = Normalizer.normalize(name, Normalizer.Form.NFD);
        return MARKS.matcher(decomposed).replaceAll("").replace('Đ', 'D').replace('đ', 'd');
    }

    private String misspelt(String text) {
        int at = text.length() / 2 + random.nextInt(text.length() / 2);
        return text.substring(0, at) + (char) ('a' + random.nextInt(26)) + text.substring(at + 1);
    }
}
