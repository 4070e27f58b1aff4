package vn.dvhc.demo.record;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.unit.UnitRef;

/** Makes records: the i-th depends on the seed and on i only. */
public final class RecordGenerator {

    /** The last day of the old units. */
    public static final LocalDate EVE = LocalDate.of(2025, 6, 30);

    private static final Instant OPENING =
            LocalDate.of(2020, 1, 1).atStartOfDay(BusinessClock.ZONE).toInstant();
    private static final Duration SPAN = Duration.ofDays(1_900);

    private static final int CASE_FILES_PERCENT = 60;
    private static final int WITHOUT_HAMLET_PERCENT = 10;
    private static final int OLDER_VINTAGE_PERCENT = 15;
    private static final int LARGE_ONE_IN = 100;
    private static final int TEXT_BYTES = 1_000;
    private static final int LARGE_TEXT_BYTES = 10_000;

    private static final List<String> PROCEDURES = List.of(
            "Đăng ký khai sinh",
            "Đăng ký lại khai sinh",
            "Đăng ký kết hôn",
            "Đăng ký khai tử",
            "Cấp giấy xác nhận tình trạng hôn nhân",
            "Chứng thực bản sao từ bản chính",
            "Chứng thực chữ ký",
            "Đăng ký thường trú",
            "Xác nhận thông tin về cư trú",
            "Hưởng trợ cấp xã hội hằng tháng",
            "Hỗ trợ chi phí mai táng",
            "Công nhận hộ nghèo, hộ cận nghèo",
            "Xác nhận mức độ khuyết tật",
            "Đăng ký hộ kinh doanh",
            "Xác nhận tình trạng sử dụng đất",
            "Hoà giải tranh chấp đất đai",
            "Giải quyết chế độ người có công",
            "Cấp bản sao trích lục hộ tịch");

    private static final List<String> KINDS = List.of(
            "Giấy phép xây dựng nhà ở riêng lẻ",
            "Giấy phép xây dựng công trình",
            "Giấy phép môi trường",
            "Giấy phép khai thác nước dưới đất",
            "Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm",
            "Giấy phép kinh doanh dịch vụ karaoke",
            "Giấy phép bán lẻ rượu",
            "Quyết định cho thuê đất",
            "Quyết định cho phép chuyển mục đích sử dụng đất",
            "Giấy phép khai thác khoáng sản làm vật liệu xây dựng",
            "Giấy phép quảng cáo ngoài trời",
            "Giấy phép hoạt động điện lực");

    private static final List<String> CASE_STATUSES = List.of(
            "Mới tiếp nhận",
            "Đang thẩm định",
            "Chờ bổ sung hồ sơ",
            "Chờ ký duyệt",
            "Đã có kết quả",
            "Đã trả kết quả",
            "Từ chối");

    private static final List<String> PERMIT_STATUSES = List.of(
            "Đang thẩm định",
            "Chờ ký duyệt",
            "Còn hiệu lực",
            "Đã gia hạn",
            "Đã điều chỉnh",
            "Hết hiệu lực",
            "Bị thu hồi");

    private static final List<String> HOLDERS =
            List.of("cá nhân", "hộ gia đình", "doanh nghiệp", "hợp tác xã", "cơ quan nhà nước");

    private static final List<String> DEEDS = List.of(
            "Bộ phận Một cửa tiếp nhận hồ sơ và cấp giấy hẹn",
            "Chuyển công chức chuyên môn thụ lý",
            "Công chức tư pháp – hộ tịch kiểm tra giấy tờ",
            "Yêu cầu người nộp bổ sung bản sao có chứng thực",
            "Người nộp đã bổ sung đủ thành phần hồ sơ",
            "Xác minh tại địa bàn cùng trưởng thôn",
            "Niêm yết công khai tại trụ sở trong thời hạn quy định",
            "Lấy ý kiến phòng chuyên môn cấp huyện",
            "Đối chiếu với Cơ sở dữ liệu quốc gia về dân cư",
            "Trình lãnh đạo Uỷ ban nhân dân xem xét",
            "Lãnh đạo ký số kết quả giải quyết",
            "Vào sổ, đóng dấu và số hoá kết quả",
            "Thông báo người nộp qua tin nhắn và cổng dịch vụ công");

    private final long seed;
    private final List<Place> places;
    private final boolean inTurn;

    /** @param places at least one */
    public RecordGenerator(long seed, List<Place> places) {
        this(seed, places, false);
    }

    /** Case files only, and every place in its turn: the i-th belongs to the place of that index, and so round after round. */
    public static RecordGenerator ofCaseFilesInTurn(long seed, List<Place> places) {
        return new RecordGenerator(seed, places, true);
    }

    private RecordGenerator(long seed, List<Place> places, boolean inTurn) {
        if (places.isEmpty()) {
            throw new IllegalArgumentException("Records need places to belong to");
        }
        this.seed = seed;
        this.places = List.copyOf(places);
        this.inTurn = inTurn;
    }

    /** The record of that number, always the same. */
    public DemoRecord record(int number) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
        return record(placement(number, random), number, random);
    }

    /** Which database the record of that number is born in, without making it. */
    public String birthplace(int number) {
        Placement placement = placement(number, new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number));
        return placement.dataset.database(placement.place.province());
    }

    /** A new record of a database, as a clerk enters it; numbers must not repeat. */
    public DemoRecord fresh(Dataset dataset, String province, int number, RandomGenerator random) {
        List<Place> local = places.stream()
                .filter(place -> place.province().equals(province))
                .toList();
        return record(new Placement(dataset, local.get(random.nextInt(local.size()))), number, random);
    }

    /** A status that a clerk may set. */
    public static String status(Dataset dataset, RandomGenerator random) {
        return pick(dataset == Dataset.CASE_FILE ? CASE_STATUSES : PERMIT_STATUSES, random);
    }

    /**
     * What stands in the text column. Steps of a case file take about a kilobyte; one in a hundred ten, which PostgreSQL
     * keeps out of line.
     */
    public static String text(Dataset dataset, RandomGenerator random) {
        return dataset == Dataset.CASE_FILE ? steps(random) : pick(HOLDERS, random);
    }

    /** The area of a permit's site, to the decimetre; null for every tenth and for case files. */
    public static @Nullable BigDecimal area(Dataset dataset, RandomGenerator random) {
        return dataset == Dataset.CASE_FILE || random.nextInt(10) == 0
                ? null
                : BigDecimal.valueOf(random.nextLong(500, 5_000_000), 2);
    }

    private static String steps(RandomGenerator random) {
        int bytes = random.nextInt(LARGE_ONE_IN) == 0 ? LARGE_TEXT_BYTES : TEXT_BYTES;
        StringBuilder text = new StringBuilder(bytes);
        Instant moment = moment(random);
        // Vietnamese takes about 1.3 bytes a character in UTF-8.
        while (text.length() * 13 < bytes * 10) {
            moment = moment.plusSeconds(random.nextInt(60, 200_000));
            text.append(moment.truncatedTo(ChronoUnit.SECONDS))
                    .append(' ')
                    .append(pick(DEEDS, random))
                    .append(" (")
                    .append(Long.toHexString(random.nextLong()))
                    .append(").\n");
        }
        return text.toString();
    }

    private Placement placement(int number, RandomGenerator random) {
        if (inTurn) {
            return new Placement(Dataset.CASE_FILE, places.get(number % places.size()));
        }
        Dataset dataset = random.nextInt(100) < CASE_FILES_PERCENT ? Dataset.CASE_FILE : Dataset.PERMIT;
        return new Placement(dataset, pick(places, random));
    }

    private static DemoRecord record(Placement placement, int number, RandomGenerator random) {
        Dataset dataset = placement.dataset;
        Place place = placement.place;
        String key =
                String.format(Locale.ROOT, "%s-%s-%07d", dataset.database(place.province()), dataset.keyMark(), number);
        Instant received = moment(random);
        return new DemoRecord(
                dataset,
                key,
                new UnitRef(place.eve().code(), vintage(place, random)),
                hamlet(place, random),
                pick(dataset == Dataset.CASE_FILE ? PROCEDURES : KINDS, random),
                status(dataset, random),
                text(dataset, random),
                received,
                received.plusSeconds(random.nextInt(60, 3_000_000)).plus(random.nextInt(1_000_000), ChronoUnit.MICROS),
                area(dataset, random));
    }

    private static @Nullable String hamlet(Place place, RandomGenerator random) {
        return random.nextInt(100) < WITHOUT_HAMLET_PERCENT ? null : pick(place.hamlets(), random);
    }

    private static LocalDate vintage(Place place, RandomGenerator random) {
        long days = ChronoUnit.DAYS.between(place.bearsCodeSince(), EVE);
        return days > 0 && random.nextInt(100) < OLDER_VINTAGE_PERCENT
                ? place.bearsCodeSince().plusDays(random.nextLong(days))
                : EVE;
    }

    private static Instant moment(RandomGenerator random) {
        return OPENING.plusSeconds(random.nextLong(SPAN.toSeconds()));
    }

    private static <T> T pick(List<T> list, RandomGenerator random) {
        return list.get(random.nextInt(list.size()));
    }

    private record Placement(Dataset dataset, Place place) {}
}
