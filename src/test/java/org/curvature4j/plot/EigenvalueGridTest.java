package org.curvature4j.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.curvature4j.plot.EigenvalueGrid.Shape;
import org.junit.jupiter.api.Test;

class EigenvalueGridTest {

    private static final double[] TWO = {0, 1};

    @Test
    void takesTheSignPatternWithinTheTolerance() {
        double[] eigenvalues = {0.1, 0.3, -0.3, 0.05, 0.3, 0.3, -0.3, 0.3};
        EigenvalueGrid grid = new EigenvalueGrid(TWO, TWO, eigenvalues, 0.1);
        assertThat(grid.count()).isEqualTo(2);
        assertThat(grid.shape(0, 0)).isEqualTo(Shape.VALLEY);
        assertThat(grid.shape(1, 0)).isEqualTo(Shape.RIDGE);
        assertThat(grid.shape(0, 1)).isEqualTo(Shape.CONVEX);
        assertThat(grid.shape(1, 1)).isEqualTo(Shape.SADDLE);
        assertThat(grid.magnitude(1, 0)).isEqualTo(0.3);
    }

    @Test
    void doesNotSeeLaterChangesOfItsArrays() {
        double[] eigenvalues = {1, 1, 1, 1};
        EigenvalueGrid grid = new EigenvalueGrid(TWO, TWO, eigenvalues, 0);
        eigenvalues[0] = -1;
        assertThat(grid.shape(0, 0)).isEqualTo(Shape.CONVEX);
    }

    @Test
    void refusesAGridThatDoesNotFit() {
        assertThatThrownBy(() -> new EigenvalueGrid(TWO, TWO, new double[6], 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("eigenvalues: expected a multiple of the 2 * 2 points, got 6");
        assertThatThrownBy(() -> new EigenvalueGrid(new double[] {1, 0}, TWO, new double[4], 0))
                .hasMessageContaining("x: expected ascending numbers");
        assertThatThrownBy(() -> new EigenvalueGrid(TWO, new double[] {0, 1, 3}, new double[6], 0))
                .hasMessageContaining("y: expected even steps");
        assertThatThrownBy(() -> new EigenvalueGrid(new double[] {0}, TWO, new double[2], 0))
                .hasMessageContaining("x: expected at least 2 numbers, got 1");
        assertThatThrownBy(() -> new EigenvalueGrid(TWO, TWO, new double[] {0, Double.NaN, 0, 0}, 0))
                .hasMessageContaining("got NaN at index 1");
    }
}
