package org.curvature4j.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Rectangle;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlicePlotTest {

    @Test
    void drawsFunctionAndDerivativeOfEachDirection() {
        Drawing drawing = Drawing.of(SlicePlot.of(Samples.cosine(), Samples.straight(), ""));
        assertThat(drawing.areas()).hasSize(4);
        for (double step : new double[] {-1.9, -1.7, 1.7, 1.9}) {
            assertThat(drawing.at(0, step, Math.cos(step))).isEqualTo(Theme.POSITIVE);
            assertThat(drawing.at(2, step, -Math.sin(step))).isEqualTo(Theme.POSITIVE);
        }
    }

    @Test
    void marksThePoint() {
        Drawing drawing = Drawing.of(SlicePlot.of(Samples.cosine(), Samples.straight(), ""));
        assertThat(drawing.at(0, 0, 1)).isEqualTo(Theme.INK);
        assertThat(drawing.at(1, 0, 1)).isEqualTo(Theme.INK);
        assertThat(drawing.at(2, 0, 0)).isEqualTo(Theme.INK);
        assertThat(drawing.at(3, 0, 0.1)).isEqualTo(Theme.INK);
    }

    @Test
    void dashesTheModel() {
        Drawing drawing = Drawing.of(SlicePlot.of(Samples.cosine(), Samples.straight(), ""));
        int model = 0;
        int exact = 0;
        for (double step = -1.9; step < 1.9; step += 0.01) {
            Color color = drawing.at(1, step, 1 + 0.1 * step);
            model += color.equals(Theme.NEGATIVE) ? 1 : 0;
            exact += color.equals(Theme.POSITIVE) ? 1 : 0;
        }
        assertThat(model).isGreaterThan(100);
        assertThat(exact).isGreaterThan(80);
    }

    @Test
    void sharesItsVerticalAxesSoThatFlatLooksFlat() {
        List<PlotArea> areas = Drawing.of(SlicePlot.of(Samples.cosine(), Samples.straight(), ""))
                .areas();
        assertThat(areas.get(0).vertical()).isEqualTo(areas.get(1).vertical());
        assertThat(areas.get(2).vertical()).isEqualTo(areas.get(3).vertical());
        assertThat(areas.get(0).bounds().y).isEqualTo(areas.get(1).bounds().y);
        assertThat(areas.get(0).bounds().x).isEqualTo(areas.get(2).bounds().x);
    }

    @Test
    void keepsAModelThatRunsAwayFromHidingTheFunction() {
        Slice steep = Samples.slice("steep", Math::tanh, step -> 1 / Math.pow(Math.cosh(step), 2), 1e6);
        Axis vertical = Drawing.of(SlicePlot.of(List.of(steep), "Steep", ""))
                .areas()
                .get(0)
                .vertical();
        assertThat(vertical.start()).isBetween(-1.5, -0.96);
        assertThat(vertical.end()).isBetween(1.9, 2.5);
    }

    @Test
    void leavesGapsWhereTheFunctionIsUndefined() {
        Slice root = Samples.slice("root", step -> Math.sqrt(1 + step), step -> 0.5 / Math.sqrt(1 + step), -0.25);
        Drawing drawing = Drawing.of(SlicePlot.of(List.of(root), "Root", ""));
        assertThat(drawing.at(0, 1.9, Math.sqrt(2.9))).isEqualTo(Theme.POSITIVE);
        PlotArea area = drawing.areas().get(0);
        var undefined = new Rectangle(
                area.bounds().x, area.bounds().y, (int) (area.x(-1.05) - area.bounds().x), area.bounds().height);
        assertThat(drawing.count(Theme.POSITIVE, undefined)).isZero();
    }

    @Test
    void saysWhichDirectionEachIs() {
        double[] two = {0, 1};
        assertThat(new Slice("fastest", 1, 0, 0, two, two, two).heading()).isEqualTo("fastest direction");
        assertThat(new Slice("eigenvector 3", 1, 0, 0, two, two, two).heading()).isEqualTo("eigenvector 3");
    }

    @Test
    void modelsTheFunctionToSecondOrder() {
        Slice slice = new Slice("any", 4, -3, 2, new double[] {-1, 0, 0.5}, new double[3], new double[3]);
        assertThat(slice.quadraticModel()).containsExactly(new double[] {7, 2, 1}, within(1e-15));
        assertThat(slice.linearModel()).containsExactly(new double[] {-7, -3, -1}, within(1e-15));
    }

    @Test
    void explainsItsLines() {
        Drawing drawing = Drawing.of(SlicePlot.of(Samples.cosine(), Samples.straight(), ""));
        assertThat(drawing.inHeader(Theme.POSITIVE)).isGreaterThan(50);
        assertThat(drawing.inHeader(Theme.NEGATIVE)).isGreaterThan(50);
    }

    @Test
    void refusesWhatCannotBeDrawn() {
        assertThatThrownBy(() -> SlicePlot.of(List.of(), "", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("slices: expected 1 to 3, got 0");
        double[] steps = {-1, 1};
        assertThatThrownBy(() -> new Slice("any", 1, 1, 1, steps, new double[2], new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 2 and 3");
        assertThatThrownBy(() -> new Slice("any", Double.NaN, 1, 1, steps, steps, steps))
                .hasMessageContaining("slice any: eigenvalue, slope and value")
                .hasMessageContaining("NaN");
    }
}
