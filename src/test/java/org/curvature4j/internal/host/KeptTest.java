package org.curvature4j.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept is made once, used by many, and closed when nobody wants it. */
class KeptTest {
    private final List<String> closed = new ArrayList<>();
    private final Kept<String, AutoCloseable> kept = new Kept<>(1);

    private Kept<String, AutoCloseable>.Lease lease(String name) {
        return kept.lease(name, () -> () -> closed.add(name));
    }

    @Test
    void theSameKeyHasTheSameValue() {
        try (var first = lease("a");
                var second = lease("a")) {
            assertThat(second.value()).isSameAs(first.value());
        }
        try (var again = lease("a")) {
            assertThat(closed).isEmpty();
            assertThat(again.value()).isNotNull();
        }
    }

    @Test
    void thoseUsedLongestAgoAreClosed() {
        lease("a").close();
        var used = lease("b");
        lease("c").close();
        assertThat(closed).containsExactly("a");
        used.close();
        used.close();
        assertThat(closed).containsExactly("a", "b");
    }

    @Test
    void whatIsUsedIsClosedByTheLastUser() {
        var used = lease("a");
        kept.retain(key -> false);
        assertThat(closed).isEmpty();
        used.close();
        assertThat(closed).containsExactly("a");
    }

    @Test
    void whatCouldNotBeMadeIsTriedAgain() {
        assertThatThrownBy(() -> kept.lease("a", () -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        try (var second = lease("a")) {
            assertThat(second.value()).isNotNull();
        }
    }
}
