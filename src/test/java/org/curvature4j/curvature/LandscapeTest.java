package org.curvature4j.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.curvature4j.Block;
import org.curvature4j.operator.Vectors;
import org.curvature4j.stream.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LandscapeTest {
    private final DataLoss loss = DataLoss.of(Nets.classifier(), "mean", Nets.data());

    @Test
    void linesAndPlanesAreLossesAtMovedPoints() {
        double[] first = Landscape.filterNormalised(loss, 1, FilterAxis.LAST);
        double[] second = Landscape.filterNormalised(loss, 2, FilterAxis.LAST);
        double[] steps = {-1, 0, 0.5};
        long[] done = {0};
        try (Landscape landscape = Landscape.of(loss)) {
            double[] line = landscape.along(first, steps, rows -> done[0] += rows);
            double[][] plane = landscape.over(first, second, steps, new double[] {0, 2}, Progress.NONE);
            double[] moved = loss.point();
            Vectors.add(0.5, first, moved);
            Vectors.add(2, second, moved);

            assertThat(done[0]).isEqualTo(3);
            assertThat(line[1]).isEqualTo(loss.value());
            assertThat(plane[0]).containsExactly(line);
            assertThat(plane[1][2]).isCloseTo(loss.at(moved).value(), within(1e-14));
            assertThatThrownBy(() -> landscape.along(new double[2], steps, Progress.NONE))
                    .hasMessage("direction: expected 43 numbers, got 2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void filtersOfRandomDirectionsAreAsLongAsTheWeights(FilterAxis axis) {
        double[] point = loss.point();
        double[] direction = Landscape.filterNormalised(loss, 7, axis);
        for (Block block : loss.blocks()) {
            int from = (int) block.offset();
            if (block.shape().rank() == 1) {
                for (int k = 0; k < block.size(); k++) {
                    assertThat(direction[from + k]).isZero();
                }
                continue;
            }
            int rows = (int) block.shape().dim(0);
            int columns = (int) block.shape().dim(1);
            for (int filter = 0; filter < (axis == FilterAxis.LAST ? columns : rows); filter++) {
                double own = 0;
                double drawn = 0;
                for (int k = 0; k < (axis == FilterAxis.LAST ? rows : columns); k++) {
                    int at = from + (axis == FilterAxis.LAST ? k * columns + filter : filter * columns + k);
                    own += point[at] * point[at];
                    drawn += direction[at] * direction[at];
                }
                assertThat(drawn).isCloseTo(own, within(1e-12));
            }
        }
    }
}
