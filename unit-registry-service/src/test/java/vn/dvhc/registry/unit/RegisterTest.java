package vn.dvhc.registry.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import vn.dvhc.registry.Catalogues;

class RegisterTest {

    @Test
    void register_neverGoesBack() {
        Register register = new Register();
        RegisterState base = Catalogues.register(LocalDate.of(2004, 8, 31));
        RegisterState later = Catalogues.register(LocalDate.of(2004, 12, 31));

        register.advanceTo(later);
        register.advanceTo(base);

        assertThat(register.current()).isSameAs(later);
        assertThat(later.digest()).isEqualTo(later.timeline().digest()).isNotEqualTo(base.digest());
    }
}
