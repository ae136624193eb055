package org.curvature4j.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.host.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Streaming gives the bits that {@link SpectrumBatch} gives, in any order and on any number of threads. */
class SpectraSinkTest {
    private static final int ORDER = 6;
    private static final int COUNT = 3000;

    private static double[] matrices() {
        Random random = new Random(3);
        double[] numbers = new double[COUNT * ORDER * ORDER];
        for (int matrix = 0; matrix < COUNT; matrix++) {
            for (int i = 0; i < ORDER; i++) {
                for (int j = 0; j <= i; j++) {
                    // Few different values: eigenvalues and so extremes repeat among the matrices.
                    double value = random.nextInt(3) - 1;
                    numbers[(matrix * ORDER + i) * ORDER + j] = value;
                    numbers[(matrix * ORDER + j) * ORDER + i] = value;
                }
            }
        }
        return numbers;
    }

    private static void assertSame(SpectraSummary actual, SpectraSummary expected) {
        assertThat(actual.counts()).isEqualTo(expected.counts());
        assertThat(actual.smallest()).isEqualTo(expected.smallest());
        assertThat(actual.largest()).isEqualTo(expected.largest());
        assertThat(actual.worstCondition()).isEqualTo(expected.worstCondition());
        assertThat(actual.state()).isEqualTo(expected.state());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void takesAllOfASource(int threads) {
        INDArray array = HostArray.copyOf(matrices(), DataType.DOUBLE, COUNT, ORDER, ORDER);
        SpectrumBatch expected = Spectrum.batch(array, SpectrumOptions.withVectors());
        INDArray values = HostArray.create(DataType.DOUBLE, COUNT, ORDER);
        INDArray vectors = HostArray.create(DataType.DOUBLE, COUNT, ORDER, ORDER);
        AtomicLong counted = new AtomicLong();
        try (HostArray source = HostArray.reading("array", array);
                SpectraSink sink = new SpectraSink(
                        ORDER,
                        DataType.DOUBLE,
                        SpectrumOptions.withVectors(),
                        ArrayRows.sink(HostArray.writing(values), ORDER),
                        ArrayRows.sink(HostArray.writing(vectors), ORDER * ORDER))) {
            Workers.copy(
                    ArrayRows.source(source, COUNT, ORDER * ORDER),
                    sink,
                    ORDER * ORDER,
                    BatchRun.tileSize(ORDER),
                    threads,
                    counted::addAndGet);
            assertSame(sink.summary(), expected.summary());
        }
        assertThat(values).isEqualTo(expected.values());
        assertThat(vectors).isEqualTo(expected.vectors());
        assertThat(counted).hasValue(COUNT);
    }

    @Test
    void takesPiecesInAnyOrder() {
        double[] matrices = matrices();
        SpectrumBatch expected = Spectrum.batch(
                HostArray.copyOf(matrices, DataType.FLOAT, COUNT, ORDER, ORDER), SpectrumOptions.valuesOnly());
        double[] values = new double[COUNT * ORDER];
        List<Integer> starts = new ArrayList<>();
        for (int start = 0; start < COUNT; start += 100) {
            starts.add(start);
        }
        Collections.shuffle(starts, new Random(5));
        int square = ORDER * ORDER;
        try (SpectraSink sink = new SpectraSink(
                ORDER,
                DataType.FLOAT,
                SpectrumOptions.valuesOnly(),
                (first, count, rows) -> System.arraycopy(rows, 0, values, (int) first * ORDER, count * ORDER),
                null)) {
            for (int start : starts) {
                double[] some = new double[100 * square];
                System.arraycopy(matrices, start * square, some, 0, some.length);
                sink.write(start, 100, some);
            }
            assertSame(sink.summary(), expected.summary());
        }
        assertThat(HostArray.copyOf(values, DataType.FLOAT, COUNT, ORDER)).isEqualTo(expected.values());
    }

    @Test
    void namesTheMatrixThatHasNoSpectrum() {
        double[] matrices = matrices();
        matrices[777 * ORDER * ORDER + 2] = Double.NaN;
        try (SpectraSink sink = new SpectraSink(
                ORDER, DataType.DOUBLE, SpectrumOptions.valuesOnly(), (first, count, rows) -> {}, null)) {
            assertThatThrownBy(() -> sink.write(0, COUNT, matrices))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("matrix 777");
        }
    }
}
