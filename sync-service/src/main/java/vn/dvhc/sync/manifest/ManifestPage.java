package vn.dvhc.sync.manifest;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.dvhc.time.BusinessClock;

/** A version as a page to be printed on A4: a «biên bản bàn giao» in the form such documents have. Every value is escaped. */
final class ManifestPage {

    private static final String FRAME = """
        <!DOCTYPE html>
        <html lang="vi">
        <head>
        <meta charset="UTF-8">
        <title>Biên bản bàn giao %1$s</title>
        <style>
        @page { size: A4; margin: 20mm 15mm 20mm 30mm; }
        body { font-family: "Times New Roman", Tinos, "Liberation Serif", serif; font-size: 13pt; line-height: 1.35; color: #000;
          max-width: 165mm; margin: 0 auto; }
        header { text-align: center; margin-bottom: 8mm; }
        header p { margin: 0; }
        .country { font-weight: bold; }
        .motto { font-weight: bold; display: inline-block; border-bottom: 1px solid #000; padding-bottom: 1mm; }
        h1 { font-size: 15pt; margin: 8mm 0 0; }
        h2 { font-size: 13pt; margin: 5mm 0 2mm; break-after: avoid; }
        .subject { font-weight: bold; }
        ul { margin: 0; padding-left: 6mm; }
        p { margin: 1mm 0; text-align: justify; }
        header p { text-align: center; }
        table { width: 100%%; border-collapse: collapse; margin: 2mm 0; break-inside: avoid; }
        th, td { border: 1px solid #000; padding: 1.2mm 2mm; vertical-align: top; text-align: left; }
        td.number { text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
        code { font-family: "Liberation Mono", monospace; font-size: 9.5pt; overflow-wrap: anywhere; }
        .sides { display: flex; justify-content: space-between; text-align: center; margin-top: 8mm; break-inside: avoid; }
        .sides div { width: 48%%; }
        .sides p { text-align: center; }
        .space { min-height: 22mm; font-style: italic; }
        footer { margin-top: 8mm; font-size: 9.5pt; border-top: 1px solid #000; padding-top: 2mm; break-inside: avoid; }
        </style>
        </head>
        <body>
        %2$s</body>
        </html>
        """;

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("HH:mm:ss 'ngày' dd/MM/yyyy");

    private final Manifests.Sealed sealed;
    private final Manifest manifest;
    private final StringBuilder body = new StringBuilder();

    private ManifestPage(Manifests.Sealed sealed) {
        this.sealed = sealed;
        this.manifest = sealed.manifest();
    }

    static String of(Manifests.Sealed sealed) {
        return new ManifestPage(sealed).write();
    }

    private String write() {
        head();
        basis();
        sides();
        records();
        exceptions();
        signatures();
        foot();
        return String.format(Locale.ROOT, FRAME, escape(manifest.id()), body);
    }

    private void head() {
        body.append("<header>\n<p class=\"country\">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>\n")
                .append("<p class=\"motto\">Độc lập - Tự do - Hạnh phúc</p>\n<h1>BIÊN BẢN BÀN GIAO</h1>\n")
                .append("<p class=\"subject\">Hồ sơ, dữ liệu khi sắp xếp đơn vị hành chính</p>\n");
        line(
                "p",
                "Số: " + sealed.place() + "/BBBG - phiên bản " + manifest.version()
                        + (manifest.version() > 1 ? " (phụ lục thay số liệu của các phiên bản trước)" : ""));
        body.append("</header>\n");
    }

    private void basis() {
        if (manifest.basis().isEmpty()) {
            line("p", "Căn cứ việc sắp xếp đơn vị hành chính có hiệu lực từ " + day(manifest.enactment()) + ".");
            return;
        }
        line("h2", "Căn cứ");
        body.append("<ul>\n");
        for (Manifest.Clause clause : manifest.basis()) {
            line("li", clause(clause));
        }
        body.append("</ul>\n");
    }

    private static String clause(Manifest.Clause clause) {
        String act = clause.acts().isEmpty() ? "Văn bản chưa ghi trong danh mục" : String.join("; ", clause.acts());
        return act + (clause.clause() == null ? "" : ", khoản " + clause.clause()) + ": " + clause.from() + " → "
                + clause.to() + (clause.portion().isEmpty() ? "" : ", " + clause.portion()) + ", hiệu lực từ "
                + day(clause.date())
                + (clause.decision() == null ? "" : " (quyết định " + clause.decision() + ")") + ".";
    }

    private void sides() {
        line("h2", "Các bên");
        line("p", "Bên giao: " + party(manifest.from()) + ".");
        Manifest.Party to = manifest.to();
        line("p", to == null ? "Bên nhận: chưa xác định." : "Bên nhận: " + party(to) + ".");
        line(
                "p",
                "Tập dữ liệu: " + manifest.dataset() + "; cơ sở dữ liệu giao: "
                        + String.join(", ", manifest.fromHomes()) + "; cơ sở dữ liệu nhận: "
                        + String.join(", ", manifest.toHomes()) + ".");
        line("p", "Bắt đầu: " + moment(manifest.startedAt()) + "; kết thúc: " + moment(manifest.endedAt()) + ".");
    }

    private static String party(Manifest.Party party) {
        return party.name() + (party.province() == null ? "" : ", " + party.province()) + " (mã " + party.code() + ", "
                + party.unit() + ")";
    }

    private void records() {
        Manifest.Records records = manifest.records();
        line("h2", "Số liệu bàn giao");
        body.append("<table>\n<tr><th>Nội dung</th><th>Bên giao</th><th>Bên nhận</th></tr>\n");
        row("Số hồ sơ", number(records.given()), number(records.received()));
        row("Tổng kiểm (không phụ thuộc thứ tự)", records.givenChecksum(), records.receivedChecksum());
        row("Trong đó đến muộn", number(records.late()), "");
        row("Thay đổi đến muộn đã tiếp nhận", number(records.lateChanges()), "");
        body.append("</table>\n");
        line(
                "p",
                records.equal()
                        ? "Hai bên khớp nhau về số lượng và nội dung."
                        : "Hai bên CHƯA khớp nhau: xem lại trước khi ký.");
    }

    private void exceptions() {
        Manifest.Exceptions exceptions = manifest.exceptions();
        line("h2", "Hồ sơ của bên giao chưa bàn giao được");
        body.append("<table>\n<tr><th>Chờ cán bộ quyết định</th><th>Bị từ chối</th><th>Lý do</th></tr>\n");
        row(number(exceptions.queued()), number(exceptions.rejected()), String.join(" ", exceptions.reasons()));
        body.append("</table>\n");
    }

    private void signatures() {
        body.append("<div class=\"sides\">\n");
        side("ĐẠI DIỆN BÊN GIAO", "from");
        side("ĐẠI DIỆN BÊN NHẬN", "to");
        body.append("</div>\n");
    }

    private void side(String title, String side) {
        List<Signature> signed = sealed.signatures().stream()
                .filter(signature -> signature.side().equals(side))
                .toList();
        body.append("<div>\n<p><strong>").append(title).append("</strong></p>\n<div class=\"space\">");
        body.append(
                signed.isEmpty()
                        ? "<p>(chưa ký)</p>"
                        : signed.stream()
                                .map(signature -> "<p>Đã ký số liệu điện tử lúc " + escape(moment(signature.signedAt()))
                                        + "</p><p><strong>" + escape(signature.signer()) + "</strong><br>"
                                        + escape(signature.unitName() + " (" + signature.unit() + ")") + "</p>")
                                .collect(Collectors.joining()));
        body.append("</div>\n</div>\n");
    }

    private void foot() {
        body.append("<footer>\n");
        line(
                "p",
                "Niêm phong lúc " + moment(manifest.sealedAt()) + "; mắt xích số " + sealed.place()
                        + " của chuỗi biên bản. Mã băm SHA-256:");
        body.append("<code>").append(escape(sealed.hash())).append("</code>\n</footer>\n");
    }

    private void row(String... cells) {
        body.append("<tr>");
        for (String cell : cells) {
            boolean numeric = cell.matches("-?[0-9.]+");
            body.append(numeric ? "<td class=\"number\">" : "<td>")
                    .append(escape(cell))
                    .append("</td>");
        }
        body.append("</tr>\n");
    }

    private void line(String tag, String text) {
        body.append('<')
                .append(tag)
                .append('>')
                .append(escape(text))
                .append("</")
                .append(tag)
                .append(">\n");
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value).replace(',', '.');
    }

    private static String day(LocalDate day) {
        return DAY.format(day);
    }

    private static String moment(@Nullable String moment) {
        return moment == null
                ? "không có"
                : MOMENT.format(ZonedDateTime.ofInstant(Instant.parse(moment), BusinessClock.ZONE));
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
