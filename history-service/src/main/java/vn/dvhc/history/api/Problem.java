package vn.dvhc.history.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.query.LookUp;

/**
 * An error after RFC 9457. The type is stable and is what programs compare; the detail is for people.
 *
 * @param parameter the parameter at fault, if it is one
 * @param code the code asked for, if nobody bears it
 * @param at the date it was read at
 * @param unit who bore the code last, if its life has ended without successor
 * @param endedOn the first day on which that unit is no more
 * @param legalBasis the acts that ended it
 * @param known when the code is known, nearest to the date first, with what became of the unit by that date
 */
@Schema(name = "Problem")
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(
        URI type,
        String title,
        int status,
        String detail,
        @Nullable String parameter,
        @Nullable String code,
        @Nullable LocalDate at,
        Json.@Nullable UnitJson unit,
        @Nullable LocalDate endedOn,
        @Nullable List<String> legalBasis,
        @Nullable List<Json.KnownJson> known) {

    static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

    static Problem of(String type, String title, int status, String detail) {
        return new Problem(uri(type), title, status, detail, null, null, null, null, null, null, null);
    }

    static Problem badParameter(String parameter, String detail) {
        return new Problem(
                uri("bad-parameter"),
                "Tham số không hợp lệ",
                400,
                detail,
                parameter,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    static Problem notKnown(LookUp.NotKnown notKnown) {
        return new Problem(
                uri("unit-not-known"),
                "Không tìm thấy đơn vị hành chính",
                404,
                Texts.notKnown(notKnown),
                null,
                notKnown.code().value(),
                notKnown.at(),
                null,
                null,
                null,
                notKnown.known().stream().map(Json.KnownJson::of).toList());
    }

    static Problem ended(LookUp.Ended ended) {
        return new Problem(
                uri("unit-ended"),
                "Đơn vị hành chính đã kết thúc",
                410,
                Texts.ended(ended),
                null,
                ended.unit().state().code().value(),
                ended.reading().asOf(),
                Json.UnitJson.of(ended.unit(), ended.reading()),
                ended.endedOn(),
                ended.endedBy().actNumbers(),
                null);
    }

    Response.ResponseBuilder response() {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(this);
    }

    private static URI uri(String type) {
        return URI.create("urn:dvhc:problem:" + type);
    }
}
