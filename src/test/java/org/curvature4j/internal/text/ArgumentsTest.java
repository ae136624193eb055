package org.curvature4j.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void refusesInOneForm() {
        assertThatCode(() -> Arguments.refuseIf(false, "count", "at least 1", 1))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Arguments.refuseIf(true, "count", "at least 1", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("count: expected at least 1, got 0");
        assertThatThrownBy(() -> Arguments.requireLength("start", 3, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("start: expected 3 numbers, got 2");
    }

    @Test
    void anIndexIsFromZeroToBelowTheCount() {
        assertThat(Arguments.requireIndex("vector", 2, 3)).isEqualTo(2);
        for (long index : new long[] {-1, 3}) {
            assertThatThrownBy(() -> Arguments.requireIndex("vector", index, 3))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("vector: expected an index from 0 to 2, got " + index);
        }
    }
}
