package org.curvature4j.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Rectangle;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every figure. */
class FigureTest {

    private static Stream<Map.Entry<String, Figure>> figures() {
        return Samples.figures().entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("figures")
    void hasTheSizeItSays(Map.Entry<String, Figure> sample) {
        Figure figure = sample.getValue();
        Drawing drawing = Drawing.of(figure);
        assertThat(drawing.image().getWidth()).isEqualTo(figure.width()).isEqualTo(2 * figure.size().width);
        assertThat(drawing.image().getHeight()).isEqualTo(figure.height()).isEqualTo(2 * figure.size().height);
    }

    @ParameterizedTest
    @MethodSource("figures")
    void keepsEverythingOffItsEdges(Map.Entry<String, Figure> sample) {
        Drawing drawing = Drawing.of(sample.getValue());
        int width = sample.getValue().size().width;
        int height = sample.getValue().size().height;
        int edge = 8;
        List<Rectangle> edges = List.of(
                new Rectangle(0, 0, width, edge),
                new Rectangle(0, height - edge, width, edge),
                new Rectangle(0, 0, edge, height),
                new Rectangle(width - edge, 0, edge, height));
        for (Rectangle blank : edges) {
            assertThat(drawing.count(Theme.PAPER, blank)).isEqualTo(4 * blank.width * blank.height);
        }
    }

    @ParameterizedTest
    @MethodSource("figures")
    void drawsATitleAndDataInEveryPanel(Map.Entry<String, Figure> sample) {
        Drawing drawing = Drawing.of(sample.getValue());
        assertThat(drawing.inHeader(Theme.INK)).isGreaterThan(200);
        for (PlotArea area : drawing.areas()) {
            Rectangle plot = area.bounds();
            assertThat(plot.width).isGreaterThan(150);
            assertThat(plot.height).isGreaterThan(150);
            assertThat(drawing.count(Theme.PAPER, plot)).isLessThan(4 * plot.width * plot.height - 500);
        }
    }

    @Test
    void drawsTheSamePixelsFromSeveralThreads() {
        Figure figure = SaddleMapPlot.of(Samples.monkeySaddle(41), "f");
        int[] expected = pixels(figure);
        List<int[]> all =
                IntStream.range(0, 4).parallel().mapToObj(i -> pixels(figure)).toList();
        assertThat(all).allSatisfy(each -> assertThat(each).isEqualTo(expected));
    }

    @Test
    void showsNothingWithoutADisplay() {
        Figure figure = SpectrumPlot.of(new double[] {1}, 0);
        assertThatThrownBy(figure::show)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("show: expected a display")
                .hasMessageContaining("save the figure");
    }

    private static int[] pixels(Figure figure) {
        return figure.image().getRGB(0, 0, figure.width(), figure.height(), null, 0, figure.width());
    }
}
