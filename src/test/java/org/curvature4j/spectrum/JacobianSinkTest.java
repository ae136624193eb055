package org.curvature4j.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class JacobianSinkTest {
    private static final double[] TWO = {3, 0, 0, 4, /* the second */ 0, 1, 0, 5};

    @Test
    void ranksInputsByTheRootMeanSquareOfTheirColumns() {
        try (JacobianSink sink = new JacobianSink(2, 2, DataType.DOUBLE, (first, count, rows) -> {})) {
            sink.write(0, 2, TWO);
            Sensitivity sensitivity = sink.sensitivity();
            assertThat(sensitivity.norms())
                    .containsExactly(new double[] {Math.sqrt(4.5), Math.sqrt(21)}, within(1e-15));
            assertThat(sensitivity.norms(1)).containsExactly(new double[] {0, Math.sqrt(20.5)}, within(1e-15));
            assertThat(sensitivity.ranking()).extracting(Sensitivity.Rank::name).containsExactly("1", "0");
            assertThat(sensitivity.ranking(List.of("both"), 2).get(0).norm()).isEqualTo(Math.sqrt(25.5), within(1e-14));
            assertThat(sensitivity.report()).startsWith("input 1: 4.58258");
            assertThatThrownBy(() -> sensitivity.ranking(List.of("a"), 3)).hasMessageContaining("which add up to 2");
        }
    }

    @Test
    void sumsUpSingularValuesAndDeterminants() {
        try (JacobianSink sink = new JacobianSink(2, 2, DataType.DOUBLE, (first, count, rows) -> {})) {
            sink.write(0, 2, TWO);
            SingularSummary summary = sink.summary();
            assertThat(summary.points()).isEqualTo(2);
            assertThat(summary.smallest().least()).isZero();
            assertThat(summary.smallest().most()).isEqualTo(3, within(1e-15));
            assertThat(summary.largest().most()).isEqualTo(Math.sqrt(26), within(1e-14));
            assertThat(summary.condition().least()).isEqualTo(4.0 / 3, within(1e-14));
            assertThat(summary.condition().most()).isInfinite();
            assertThat(summary.worst()).isEqualTo(1);
            assertThat(summary.deficient()).isEqualTo(1);
            assertThat(summary.logDeterminant().least()).isEqualTo(Double.NEGATIVE_INFINITY);
            assertThat(summary.logDeterminant().most()).isEqualTo(Math.log(12), within(1e-14));
            assertThat(summary.positive()).isEqualTo(1);
            assertThat(summary.singular()).isEqualTo(1);
        }
    }

    @Test
    void theSameBitsInAnyOrderOfWriting() {
        double[] numbers = new Random(1).doubles(600 * 6).toArray();
        assertThat(norms(numbers, 5, 3, 0, 1, 2, 4)).isEqualTo(norms(numbers, 0, 1, 2, 3, 4, 5));
    }

    @Test
    void theSameBitsWhereverTheBatchIsCut() {
        Random random = new Random(3);
        double[] numbers = random.doubles(600 * 4)
                .map(x -> x < 0.01 ? x * 1e-300 : x > 0.99 ? x * 1e200 : x - 0.5)
                .toArray();
        long[] whole = summary(numbers, 0, 600).state();
        assertThat(JacobianSummary.of(DataType.DOUBLE, whole).state()).isEqualTo(whole);
        for (int pieces : new int[] {2, 3, 7, 599}) {
            int[] cuts = IntStream.concat(IntStream.of(0, 600), random.ints(pieces - 1L, 0, 601))
                    .sorted()
                    .toArray();
            JacobianSummary joined = new JacobianSummary(2, 2, DataType.DOUBLE, 0);
            for (int i = 0; i < pieces; i++) {
                joined.append(JacobianSummary.of(
                        DataType.DOUBLE, summary(numbers, cuts[i], cuts[i + 1]).state()));
            }
            assertThat(joined.state()).isEqualTo(whole);
        }
        JacobianSummary first = summary(numbers, 0, 5);
        assertThatThrownBy(() -> first.append(summary(numbers, 6, 7)))
                .hasMessage("Jacobians: expected those from 5 on, 2 by 2, got those from 6 on, 2 by 2");
    }

    /** Of Jacobians in two halves, the second one first. */
    private static JacobianSummary summary(double[] numbers, int from, int to) {
        try (JacobianSink sink =
                new JacobianSink(new JacobianSummary(2, 2, DataType.DOUBLE, from), (first, count, rows) -> {})) {
            int middle = (from + to) / 2;
            if (to > middle) {
                sink.write(middle, to - middle, Arrays.copyOfRange(numbers, 4 * middle, 4 * to));
            }
            if (middle > from) {
                sink.write(from, middle - from, Arrays.copyOfRange(numbers, 4 * from, 4 * middle));
            }
            return sink.total();
        }
    }

    @Test
    void otherNumbersAreNoState() {
        long[] state = summary(new Random(1).doubles(40).toArray(), 0, 10).state();
        for (int place = 0; place < state.length; place++) {
            int length = place;
            assertThatThrownBy(() -> JacobianSummary.of(DataType.DOUBLE, Arrays.copyOf(state, length)))
                    .hasMessageContaining("expected the state of a summary of Jacobians, got other numbers");
        }
        assertThatThrownBy(() -> JacobianSummary.of(DataType.DOUBLE, Arrays.copyOf(state, state.length + 1)))
                .hasMessageContaining("got other numbers");
    }

    private static double[] norms(double[] numbers, int... order) {
        try (JacobianSink sink = new JacobianSink(2, 3, DataType.DOUBLE, (first, count, rows) -> {})) {
            for (int part : order) {
                sink.write(part * 100L, 100, Arrays.copyOfRange(numbers, part * 600, (part + 1) * 600));
            }
            return sink.sensitivity().norms();
        }
    }

    @Test
    void squaresNeitherOverflowNorVanish() {
        for (double scale : new double[] {1e-200, 1e200, 1e-310}) {
            try (JacobianSink sink = new JacobianSink(1, 2, DataType.DOUBLE, (first, count, rows) -> {})) {
                sink.write(0, 1, new double[] {3 * scale, 4 * scale});
                sink.write(1, 1, new double[] {3 * scale, 4 * scale});
                assertThat(sink.sensitivity().norms()[1] / (4 * scale)).isEqualTo(1, within(1e-12));
            }
        }
    }

    @Test
    void mediansAreRightToOnePartIn128() {
        Quantiles quantiles = new Quantiles();
        assertThat(quantiles.median()).isNaN();
        for (int i = -500; i <= 700; i++) {
            quantiles.add(i * 1e-7);
        }
        assertThat(quantiles.median()).isEqualTo(100e-7, within(100e-7 / 128));
        Quantiles negative = new Quantiles();
        for (double number : new double[] {-3, -2, Double.NEGATIVE_INFINITY, 0}) {
            negative.add(number);
        }
        assertThat(negative.median()).isEqualTo(-3, within(3.0 / 128));
        assertThat(negative.smallest()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void refusals() {
        try (JacobianSink sink = new JacobianSink(1, 1, DataType.DOUBLE, (first, count, rows) -> {})) {
            assertThatThrownBy(sink::sensitivity).hasMessageContaining("at least one Jacobian");
            assertThatThrownBy(() -> sink.write(7, 2, new double[] {1, Double.POSITIVE_INFINITY}))
                    .hasMessage("matrix 8: expected finite entries, got Infinity at [0, 0]");
            sink.write(1, 1, new double[] {1});
            assertThatThrownBy(sink::summary).hasMessageContaining("expected all from 0 on, got none at 0");
        }
    }
}
