package org.curvature4j.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.util.List;
import java.util.stream.Stream;
import org.curvature4j.plot.EigenvalueGrid.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Readers without one of the three cones, simulated by the matrices of Machado, Oliveira and Fernandes, "A
 * Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), severity 1; differences in CIELAB.
 */
class ThemeTest {

    /** A difference of 2.3 can just be told apart side by side; this is far more, for areas apart from their legend. */
    private static final double CLEAR = 20;

    private static Stream<Arguments> visions() {
        return Stream.of(
                Arguments.of("full", new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}),
                Arguments.of("no long cones", new double[][] {
                    {0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}
                }),
                Arguments.of("no middle cones", new double[][] {
                    {0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}
                }),
                Arguments.of("no short cones", new double[][] {
                    {1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("visions")
    void categoriesDifferForEveryReader(String name, double[][] vision) {
        List<Color> colors = Stream.of(Shape.values()).map(SaddleMapPlot::color).toList();
        for (Color one : colors) {
            for (Color other : colors) {
                if (!one.equals(other)) {
                    assertThat(difference(one, other, vision)).isGreaterThan(CLEAR);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("visions")
    void signsDifferForEveryReaderInAHeatMap(String name, double[][] vision) {
        for (double size : new double[] {0.2, 0.5, 1}) {
            Color negative = new Color(ColorMap.DIVERGING.rgb(0.5 - size / 2));
            Color positive = new Color(ColorMap.DIVERGING.rgb(0.5 + size / 2));
            assertThat(difference(negative, positive, vision)).isGreaterThan(12);
        }
    }

    private static double difference(Color one, Color other, double[][] vision) {
        double[] a = lab(one, vision);
        double[] b = lab(other, vision);
        return Math.sqrt(Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
    }

    /** CIELAB of what is seen, for the white of sRGB. */
    private static double[] lab(Color color, double[][] vision) {
        float[] coded = color.getRGBColorComponents(null);
        double[] linear = new double[3];
        for (int i = 0; i < 3; i++) {
            linear[i] = coded[i] <= 0.04045 ? coded[i] / 12.92 : Math.pow((coded[i] + 0.055) / 1.055, 2.4);
        }
        double[] seen = times(vision, linear);
        for (int i = 0; i < 3; i++) {
            seen[i] = Math.max(0, Math.min(1, seen[i]));
        }
        double[] xyz = times(
                new double[][] {{0.4124, 0.3576, 0.1805}, {0.2126, 0.7152, 0.0722}, {0.0193, 0.1192, 0.9505}}, seen);
        double x = curve(xyz[0] / 0.9505);
        double y = curve(xyz[1]);
        double z = curve(xyz[2] / 1.089);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double curve(double t) {
        return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] result = new double[3];
        for (int i = 0; i < 3; i++) {
            result[i] = matrix[i][0] * vector[0] + matrix[i][1] * vector[1] + matrix[i][2] * vector[2];
        }
        return result;
    }
}
