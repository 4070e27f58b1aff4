package vn.dvhc.benchmark.gateway;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What one subscriber got. It is written by the thread of {@link Receivers} alone, and read when that has ended or all has come. */
final class Subscriber {

    private static final String ID = "unit-change-";
    private static final String SECRET = "whsec_";
    /** Signatures are checked afterwards, each so manyth: it costs as much as all the rest. */
    private static final int SIGNATURES = 250;

    private final int port;
    private final Manner manner;
    private final ReformLog log;
    private final BitSet seen = new BitSet();
    private final int[] latest;
    private final List<Signed> signed = new ArrayList<>();
    private final CountDownLatch whole = new CountDownLatch(1);
    private long wholeAt;
    private int distinct;
    private int repeated;
    private int outOfOrder;
    private int notAsPublished;

    /** How it answers. */
    enum Manner {
        HEALTHY,
        /** After two seconds. */
        SLOW,
        /** It takes what it is sent, and says nothing. */
        SILENT,
        /** Nobody listens at its address. */
        AWAY
    }

    private record Signed(String id, String timestamp, String signature, byte[] body) {}

    Subscriber(int port, Manner manner, ReformLog log) {
        this.port = port;
        this.manner = manner;
        this.log = log;
        this.latest = new int[log.subjectCount()];
        Arrays.fill(latest, -1);
    }

    String url() {
        return "http://127.0.0.1:" + port + "/changes";
    }

    Manner manner() {
        return manner;
    }

    void take(String id, String timestamp, String signature, byte[] body) {
        int index = id.startsWith(ID) ? (int) (Long.parseLong(id.substring(ID.length())) - log.first()) : -1;
        if (index < 0 || index >= log.size() || !Arrays.equals(body, log.event(index))) {
            notAsPublished++;
            return;
        }
        if (index % SIGNATURES == 0) {
            signed.add(new Signed(id, timestamp, signature, body));
        }
        if (seen.get(index)) {
            repeated++;
            return;
        }
        seen.set(index);
        int subject = log.subject(index);
        outOfOrder += latest[subject] > index ? 1 : 0;
        latest[subject] = Math.max(latest[subject], index);
        distinct++;
        if (distinct == log.size()) {
            wholeAt = System.nanoTime();
            whole.countDown();
        }
    }

    /** Counted down when every message has come. */
    CountDownLatch whole() {
        return whole;
    }

    /** When that was, in the time of {@link System#nanoTime}. */
    long wholeAt() {
        return wholeAt;
    }

    int distinct() {
        return distinct;
    }

    int repeated() {
        return repeated;
    }

    int outOfOrder() {
        return outOfOrder;
    }

    int notAsPublished() {
        return notAsPublished;
    }

    /** Of the deliveries that were laid aside, those that were not signed with the secret; all if there are none. */
    int badlySigned(String secret) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(SECRET.length())), "HmacSHA256"));
        int bad = signed.isEmpty() ? log.size() : 0;
        for (Signed one : signed) {
            mac.update((one.id() + "." + one.timestamp() + ".").getBytes(StandardCharsets.UTF_8));
            String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(one.body()));
            bad += MessageDigest.isEqual(
                            expected.getBytes(StandardCharsets.US_ASCII),
                            one.signature().getBytes(StandardCharsets.US_ASCII))
                    ? 0
                    : 1;
        }
        return bad;
    }
}
