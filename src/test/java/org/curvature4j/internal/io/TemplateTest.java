package org.curvature4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.curvature4j.internal.tutorial.Demo;
import org.junit.jupiter.api.Test;

class TemplateTest {
    @Test
    void fillsEveryName() {
        assertThat(Template.fill(Demo.class, "introduction", Map.of("seed", "$1 \\ 12345")))
                .contains("demo --seed $1 \\ 12345\n")
                .doesNotContain("{{");
    }

    @Test
    void refusesMissingAndSuperfluousValues() {
        assertThatThrownBy(() -> Template.fill(Demo.class, "introduction", Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("introduction.md: expected a value for {{seed}}, got none");
        assertThatThrownBy(() -> Template.fill(Demo.class, "introduction", Map.of("seed", "1", "other", "2")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("introduction.md: expected places for all values, got none for [other]");
        assertThatThrownBy(() -> Template.fill(Demo.class, "no-such-page", Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("no-such-page.md: expected beside");
    }
}
