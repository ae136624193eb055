package org.curvature4j.internal.cli.subject;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PackingTest {
    @Test
    void takesUpperTrianglesRowByRow() {
        double[] whole = {1, 2, 3, 2, 4, 5, 3, 5, 6, 10, 20, 30, 20, 40, 50, 30, 50, 60, -1};
        double[] packed = new double[12];

        new Packing((first, count, rows) -> System.arraycopy(rows, 0, packed, (int) (6 * first), 6 * count), 3)
                .write(0, 2, whole);

        assertThat(packed).containsExactly(1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60);
        double[] again = new double[19];
        again[18] = -1;
        Packing.unpack(packed, 2, 3, again);
        assertThat(again).containsExactly(whole);
    }

    @Test
    void tellsTheOrderByTheLength() {
        for (long order : new long[] {0, 1, 2, 3, 11, 46_340, 3_000_000_000L}) {
            assertThat(Packing.order(Packing.length(order))).isEqualTo(order);
        }
        assertThat(Packing.order(2)).isEqualTo(-1);
        assertThat(Packing.order(65)).isEqualTo(-1);
        assertThat(Packing.order(Packing.length(46_340) + 1)).isEqualTo(-1);
    }
}
