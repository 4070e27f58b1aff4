package vn.dvhc.gateway.transport;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import vn.dvhc.gateway.GatewayConfig;

/** Ends the start of a packaged door that would answer over plain HTTP without having been told why it may. */
@ApplicationScoped
class TransportRule {

    private static final Logger LOG = Logger.getLogger(TransportRule.class);

    private static final String ANSWERED = "enabled";

    private final PlainHttp plainHttp;
    private final String environment;
    private final boolean answersPlainly;

    TransportRule(
            GatewayConfig config,
            @ConfigProperty(name = "quarkus.http.insecure-requests") Optional<String> insecureRequests) {
        this.plainHttp = config.plainHttp();
        this.environment = config.environment();
        this.answersPlainly = insecureRequests.orElse(ANSWERED).equalsIgnoreCase(ANSWERED);
    }

    void hold(@Observes StartupEvent event) {
        if (LaunchMode.current() != LaunchMode.NORMAL) {
            return;
        }
        plainHttp.refusal(answersPlainly, environment).ifPresent(why -> {
            throw new IllegalStateException(why);
        });
        if (answersPlainly) {
            LOG.infof("Answers over plain HTTP as told why=%s", plainHttp);
        }
    }
}
