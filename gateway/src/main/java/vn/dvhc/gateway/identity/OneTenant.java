package vn.dvhc.gateway.identity;

import io.quarkus.oidc.TenantResolver;
import io.quarkus.oidc.runtime.OidcUtils;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Holds every request's token against the same settings. Without this the last part of an address would choose: those for logout tokens
 * wherever an address ends with their name.
 */
@ApplicationScoped
class OneTenant implements TenantResolver {

    @Override
    public String resolve(RoutingContext context) {
        return OidcUtils.DEFAULT_TENANT_ID;
    }
}
