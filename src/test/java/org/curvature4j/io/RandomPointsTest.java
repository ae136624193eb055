package org.curvature4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.curvature4j.internal.random.StandardNormal;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class RandomPointsTest {
    @Test
    void anyRangeIsThePartOfTheWhole() {
        PointSource points = RandomPoints.of(4, 100, 2, 3);
        double[] whole = points.readRows(0, 100).reshape(600).toDoubleVector();

        assertThat(points.rows()).isEqualTo(100);
        assertThat(points.rowLength()).isEqualTo(6);
        assertThat(points.rowShape()).isEqualTo(new long[] {2, 3});
        assertThat(whole[17]).isEqualTo(StandardNormal.value(4, 17));
        for (int first = 0; first < 100; first += 33) {
            int count = Math.min(33, 100 - first);
            INDArray tile = points.readRows(first, count);
            double[] doubles = new double[6 * count + 1];
            points.readRows(first, count, doubles, 1);

            assertThat(tile.shape()).isEqualTo(new long[] {count, 2, 3});
            assertThat(tile.dataType()).isEqualTo(DataType.DOUBLE);
            double[] flat = tile.reshape(6L * count).toDoubleVector();
            for (int i = 0; i < 6 * count; i++) {
                assertThat(flat[i]).isEqualTo(whole[6 * first + i]);
                assertThat(doubles[1 + i]).isEqualTo(whole[6 * first + i]);
            }
        }
    }

    @Test
    void farPointsAndNone() {
        PointSource points = RandomPoints.of(4, 1L << 50, 7);

        assertThat(points.readRows((1L << 50) - 1, 1).getDouble(0, 6))
                .isEqualTo(StandardNormal.value(4, (7L << 50) - 1));
        assertThat(points.readRows(5, 0).shape()).isEqualTo(new long[] {0, 7});
        assertThat(RandomPoints.of(4, 3).readRows(1, 2).toDoubleVector())
                .containsExactly(StandardNormal.value(4, 1), StandardNormal.value(4, 2));
    }

    @Test
    void impossibleRequests() {
        assertThatThrownBy(() -> RandomPoints.of(1, -1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("random points: expected sizes of zero or more");
        assertThatThrownBy(() -> RandomPoints.of(1, Long.MAX_VALUE, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RandomPoints.of(1, 5, 2).readRows(3, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("range within 0 to 5");
    }
}
