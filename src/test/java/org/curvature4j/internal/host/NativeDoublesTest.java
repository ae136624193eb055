package org.curvature4j.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers go to native memory and come back, within one of Java's buffers, across several and without any. */
class NativeDoublesTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, 1 << 20})
    void movesWhatItIsToldTo(int window) {
        int length = 300;
        try (DoublePointer memory = new DoublePointer(length)) {
            NativeDoubles numbers = new NativeDoubles(memory, length, window);
            numbers.write(0, new double[length], 0, length);
            double[] source = new double[40];
            Arrays.setAll(source, i -> i + 0.5);
            numbers.write(101, source, 3, 30);
            double[] expected = new double[length];
            System.arraycopy(source, 3, expected, 101, 30);
            double[] all = new double[length];
            numbers.read(0, all, 0, length);
            assertThat(all).containsExactly(expected);
            double[] some = new double[60];
            numbers.read(95, some, 2, 50);
            double[] part = new double[60];
            System.arraycopy(expected, 95, part, 2, 50);
            assertThat(some).containsExactly(part);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void fewNumbersNeedNoBuffer(int length) {
        try (DoublePointer memory = new DoublePointer(length)) {
            NativeDoubles numbers = new NativeDoubles(memory, length);
            double[] source = new double[length];
            Arrays.setAll(source, i -> -i - 1.0);
            numbers.write(0, source, 0, length);
            double[] read = new double[length];
            numbers.read(0, read, 0, length);
            assertThat(read).containsExactly(source);
        }
    }
}
