package org.curvature4j.internal.gpu.ptx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.curvature4j.internal.gpu.DeviceRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Methods in PTX give the bits that they give in the JVM; what can't be translated is refused in words. */
@Tag("gpu")
class PtxModuleTest {
    private static final double[] EDGES = {
        0.0,
        -0.0,
        1,
        -1,
        0.5,
        -2.5,
        1e10,
        -1e19,
        3e9,
        1e300,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN
    };

    private static String text(String... entries) {
        PtxModule module = new PtxModule();
        for (String entry : entries) {
            module.entry(entry, Samples.class, entry);
        }
        return module.text();
    }

    /** Each edge with each, then random numbers. */
    private static double[] numbers(boolean fast) {
        SplittableRandom random = new SplittableRandom(fast ? 3 : 4);
        DoubleStream pairs =
                Arrays.stream(EDGES).flatMap(x -> Arrays.stream(EDGES).map(y -> fast ? y : x));
        return DoubleStream.concat(pairs, random.doubles(75, -30, 30)).toArray();
    }

    private static long[] integers(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] integers = random.longs(count).toArray();
        for (int i = 0; i < count; i += 2) {
            integers[i] >>= 40 + i % 24;
        }
        for (int i = 1; i < 20; i += 2) {
            integers[i] = i < 5 ? i : 1000 * (i & 2);
        }
        return integers;
    }

    @Test
    void computesWhatTheJvmComputes() {
        double[] x = numbers(false);
        double[] y = numbers(true);
        int rows = x.length;
        long[] a = integers(rows, 5);
        long[] b = integers(rows, 6);
        double[] z = new double[8 * rows];
        long[] c = new long[4 * rows];
        DeviceRun.run(text("all"), "all", (rows + 31) / 32, 32, x, y, a, b, z, c, rows);
        for (int i = 0; i < rows; i++) {
            double[] numbers = {
                Samples.doubles(x[i], y[i]),
                Samples.floats(x[i], y[i]),
                Samples.branches(x[i], y[i]),
                Samples.loops(x[i], (int) a[i] & 63),
                Samples.switches((int) a[i]),
                x[i],
                0,
                0
            };
            long[] integers = {
                Samples.longs(a[i], b[i], (int) a[i]), Samples.ints((int) a[i], (int) b[i]), Samples.casts(x[i]), 0
            };
            assertThat(Arrays.copyOfRange(z, 8 * i, 8 * i + 8))
                    .as("doubles of %s and %s, %s", x[i], y[i], a[i])
                    .isEqualTo(numbers);
            assertThat(Arrays.copyOfRange(c, 4 * i, 4 * i + 4))
                    .as("integers of %s and %s, %s", a[i], b[i], x[i])
                    .isEqualTo(integers);
        }
    }

    @Test
    void threadsShareMemoryAndLanes() {
        double[] x = DoubleStream.iterate(1, number -> number + 1).limit(128).toArray();
        double[] z = new double[128];
        long[] count = {100, 3};
        DeviceRun.run(text("sums"), "sums", 2, 64, x, z, count, 100, 0.5);
        for (int i = 0; i < 128; i++) {
            double sum = i < 64 ? 64 * 65 / 2 : 5050 - 64 * 65 / 2;
            assertThat(z[i]).isEqualTo(sum / 2 + (i % 64 ^ 1));
        }
        // What is below zero is large to those who know no sign.
        assertThat(count).containsExactly(100 + 64 * 63, 0);
    }

    @Test
    void functionsAreThereOnceAndArraysOfAnyMemoryFitThem() {
        double[] z = {2, 3};
        String text = text("functions");
        assertThat(text.split("\\.func ", -1)).hasSize(2);
        DeviceRun.run(text, "functions", 1, 1, z, 1);
        double[] expected = {2, 3};
        Samples.functions(expected, 1);
        assertThat(z).isEqualTo(expected);
    }

    @Test
    void nothingIsContracted() {
        assertThat(text("all").lines().filter(line -> line.contains(".f64") || line.contains(".f32")))
                .noneMatch(line -> line.matches("\\t(add|sub|mul|div|sqrt|fma|mad)\\.(?!rn\\.).*"));
    }

    @ParameterizedTest
    @CsvSource({
        "objects, 'kernel Refused.objects: expected numbers and arrays of numbers, got an object of java.lang.StringBuilder'",
        "text, 'kernel Refused.text: expected numbers and arrays of numbers, got the constant \"x\"'",
        "throwing, 'kernel Refused.throwing: expected numbers and arrays of numbers, got an object of java.lang.IllegalStateException'",
        "recursive, 'kernel Refused.recursive: expected no recursion, got a call of Refused.recursive'",
        "twice, 'kernel Refused.thrice: expected no recursion, got a call of Refused.twice'",
        "jdk, 'kernel Refused.jdk: expected a method that the device has or that is translated, got Math.exp'",
        "changing, 'kernel Refused.changing: expected constants, got the field changing, which isn''t final'",
        "written, 'kernel Refused.written: expected numbers and arrays of numbers, got the field changing of an object, or written'",
        "length, 'kernel Refused.length: expected an array whose length is known when compiling, got one that depends on an argument'",
        "lengthOf, 'kernel Refused.lengthOf: expected an array whose length is known when compiling, got one that came as an argument'",
        "remainder, 'kernel Refused.remainder: expected arithmetic, got % of floating numbers'",
        "lambda, 'kernel Refused.lambda: expected numbers and arrays of numbers, got a lambda or a concatenation of strings'",
        "bytes, 'kernel Refused.bytes: expected numbers and arrays of numbers, got an array of booleans, bytes, chars or shorts'",
        "matrix, 'kernel Refused.matrix: expected numbers and arrays of numbers, got an array of arrays'",
        "result, 'kernel Refused.result: expected a kernel without a result, got one with double'",
        "absent, 'kernel Refused.absent: expected one static method of that name, got 0'",
    })
    void refusesTheRest(String method, String message) {
        PtxModule module = new PtxModule();
        assertThatThrownBy(() -> module.entry("k", Refused.class, method))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void threadsHaveNoMeaningInTheJvm() {
        assertThatThrownBy(Threads::index).isInstanceOf(UnsupportedOperationException.class);
    }
}
