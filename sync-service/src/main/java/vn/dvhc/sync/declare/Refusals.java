package vn.dvhc.sync.declare;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.plan.InvalidDeclarationException;

/** Requests to declare read, and refusals as answers of HTTP. */
final class Refusals {

    /** A declaration is some pages of text at most. */
    private static final int LONGEST = 50_000;

    private Refusals() {}

    static String text(@Nullable JsonNode body) {
        if (body == null || !body.isObject()) {
            throw new BadRequestException("Cần một đối tượng JSON.");
        }
        String text = body.toString();
        if (text.length() > LONGEST) {
            throw new BadRequestException("Khai báo dài quá " + LONGEST + " ký tự.");
        }
        return text;
    }

    static void requireSameName(String path, String body) {
        if (!path.equals(body)) {
            throw new BadRequestException("Tên trong địa chỉ (" + path + ") khác tên trong khai báo (" + body + ").");
        }
    }

    static String caller(SecurityContext context) {
        Principal principal = context.getUserPrincipal();
        return principal == null ? "?" : principal.getName();
    }

    static NotFoundException unknown(String name) {
        return new NotFoundException("Không có khai báo nào tên " + name + ".");
    }

    /** @throws jakarta.ws.rs.WebApplicationException unless the declaration was taken */
    static void throwUnlessDone(String name, Declarations.Result result) {
        switch (result.outcome()) {
            case DONE -> {}
            case UNKNOWN -> throw unknown(name);
            case TAKEN -> throw conflict("Tên " + name + " đã được khai báo.");
            case IN_FILE ->
                throw conflict(name + " được khai báo trong tệp của dịch vụ; hãy sửa ở đó, dịch vụ sẽ tự đọc lại.");
            case NO_PLAN -> throw conflict("Dịch vụ chạy không có tệp khai báo nên không nhận khai báo.");
            case INVALID -> throw new InvalidDeclarationException(result.problems());
        }
    }

    private static ClientErrorException conflict(String why) {
        return new ClientErrorException(why, Response.Status.CONFLICT);
    }
}
