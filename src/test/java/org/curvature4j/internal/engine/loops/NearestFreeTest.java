package org.curvature4j.internal.engine.loops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearestFreeTest {
    private final AtomicLong comparisons = new AtomicLong();
    private final NearestFree free = new NearestFree((a, b) -> {
        comparisons.incrementAndGet();
        return Comparator.<Long>naturalOrder().compare(a, b);
    });

    @Test
    void findsNoneAmongNone() {
        assertThat(free.take(5)).isNull();
    }

    @Test
    void takesTheNearestEachOnce() {
        free.add(10, 0);
        free.add(20, 1);
        free.add(20, 2);
        free.add(100, 3);

        assertThat(free.take(60)).as("as near as 20").isEqualTo(3);
        assertThat(free.take(19)).isEqualTo(1);
        assertThat(free.take(1000)).isEqualTo(2);
        assertThat(free.take(1)).isEqualTo(0);
        assertThat(free.take(1)).isNull();
    }

    /** All of one length, as in a chain, and all of different ones: at most some logarithms each, not the number of free ones. */
    @ParameterizedTest
    @ValueSource(longs = {1, 1L << 40})
    void findsAmongThousandsWithFewComparisons(long lengths) {
        int count = 50_000;
        Random random = new Random(1);
        for (int i = 0; i < count; i++) {
            free.add(random.nextLong(lengths), i);
        }
        for (int i = 0; i < count; i++) {
            assertThat(free.take(random.nextLong(lengths))).isNotNull();
        }

        double logarithm = Math.log(count) / Math.log(2);
        assertThat(comparisons.get()).isLessThan((long) (2 * 5 * count * logarithm));
    }
}
