package org.curvature4j.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class SpectraBatchTest {

    private static final SpectrumOptions VECTORS = SpectrumOptions.withVectors();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 11, 30, 60})
    void anyNumberOfThreadsGivesTheSameBits(int n) {
        INDArray matrices = TestMatrices.randomBatch(n < 20 ? 1500 : 60, n, 5);
        SpectrumBatch one = Spectrum.batch(matrices, VECTORS.threads(1));
        for (int threads : new int[] {2, 3, 7}) {
            SpectrumBatch several = Spectrum.batch(matrices, VECTORS.threads(threads));
            assertSameBits(several.values(), one.values());
            assertSameBits(several.vectors(), one.vectors());
            assertSameBits(several.residuals(), one.residuals());
        }
        SpectrumBatch values =
                Spectrum.batch(matrices, SpectrumOptions.valuesOnly().threads(1));
        SpectrumBatch threaded =
                Spectrum.batch(matrices, SpectrumOptions.valuesOnly().threads(2));
        assertSameBits(threaded.values(), values.values());
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"DOUBLE", "FLOAT"})
    void eachMatrixGivesTheBitsItGivesAlone(DataType type) {
        INDArray matrices = TestMatrices.randomBatch(700, 9, 1).castTo(type);
        SpectrumBatch batch = Spectrum.batch(matrices, VECTORS);
        for (long i : new long[] {0, 1, 403, 404, 405, 699}) {
            Spectrum alone = Spectrum.of(matrices.slice(i), VECTORS);
            Spectrum member = batch.get(i);
            assertThat(member.eigenvalues()).isEqualTo(alone.eigenvalues());
            assertThat(member.vectors()).isEqualTo(alone.vectors());
            assertThat(member.vector(3)).isEqualTo(alone.vector(3));
            assertThat(member.residuals()).isEqualTo(alone.residuals());
            assertThat(member.errorBound()).isEqualTo(alone.errorBound());
            assertThat(member.tolerance()).isEqualTo(alone.tolerance());
            assertThat(member.dataType()).isEqualTo(type);
            assertSameBits(batch.values().slice(i), alone.values());
            assertSameBits(batch.vectors().slice(i), alone.vectors());
            assertThat(batch.classification(i)).isEqualTo(alone.classification());
        }
    }

    @Test
    void anyStridesAreReadAndTheInputStaysAsItWas() {
        INDArray matrices = TestMatrices.randomBatch(20, 5, 3);
        INDArray expected = Spectrum.batch(matrices, VECTORS).values();
        INDArray padded = Nd4j.valueArrayOf(new long[] {20, 8, 10}, 1e9, DataType.DOUBLE);
        INDArray window = padded.get(NDArrayIndex.all(), NDArrayIndex.interval(2, 7), NDArrayIndex.interval(3, 8));
        window.assign(matrices);
        INDArray everySecond = Nd4j.zeros(DataType.DOUBLE, 40, 5, 5);
        INDArray strided = everySecond.get(NDArrayIndex.interval(0, 2, 40));
        strided.assign(matrices);
        INDArray lastAxisFirst = matrices.permute(1, 2, 0).dup('c').permute(2, 0, 1);
        List<INDArray> layouts =
                new ArrayList<>(List.of(window, strided, lastAxisFirst, matrices.dup('f'), matrices.permute(0, 2, 1)));
        layouts.add(matrices.get(NDArrayIndex.interval(0, 20)));
        for (INDArray layout : layouts) {
            INDArray before = layout.dup();
            assertSameBits(Spectrum.batch(layout, VECTORS).values(), expected);
            assertThat(layout).isEqualTo(before);
        }
        INDArray tail = matrices.get(NDArrayIndex.interval(7, 20));
        assertSameBits(
                Spectrum.batch(tail, VECTORS).values(),
                expected.get(NDArrayIndex.interval(7, 20)).dup());
        assertThat(Spectrum.of(window.slice(4), VECTORS).values()).isEqualTo(expected.slice(4));
        assertThat(padded.getDouble(0, 0, 0)).isEqualTo(1e9);
    }

    @Test
    void noMatricesAndNoRows() {
        SpectrumBatch none = Spectrum.batch(Nd4j.create(DataType.DOUBLE, 0, 11, 11), VECTORS);
        assertThat(none.size()).isZero();
        assertThat(none.order()).isEqualTo(11);
        assertThat(none.values().shape()).containsExactly(0, 11);
        assertThat(none.vectors().shape()).containsExactly(0, 11, 11);
        assertThat(none.residuals().shape()).containsExactly(0, 11);
        assertThat(none.counts())
                .allSatisfy((classification, count) -> assertThat(count).isZero());
        assertThat(none.report()).isEqualTo("0 spectra of 11 eigenvalues (float64)");
        assertThatThrownBy(() -> none.get(0)).isInstanceOf(IndexOutOfBoundsException.class);

        SpectrumBatch empty = Spectrum.batch(Nd4j.create(DataType.FLOAT, 3, 0, 0), VECTORS);
        assertThat(empty.size()).isEqualTo(3);
        assertThat(empty.values().shape()).containsExactly(3, 0);
        assertThat(empty.counts()).containsEntry(Classification.FLAT, 3L);
        assertThat(empty.get(2).order()).isZero();
        assertThat(empty.report()).contains("3 flat");
    }

    @Test
    void oneMatrix() {
        SpectrumBatch spectra = Spectrum.batch(TestMatrices.randomBatch(1, 4, 8), VECTORS.threads(4));
        assertThat(spectra.size()).isEqualTo(1);
        assertThat(spectra.get(0).order()).isEqualTo(4);
    }

    @Test
    void theFirstBadMatrixIsNamedWhateverTheThreads() {
        INDArray matrices = TestMatrices.randomBatch(4000, 6, 2);
        matrices.putScalar(new long[] {3999, 0, 0}, Double.NaN);
        matrices.putScalar(new long[] {2222, 1, 4}, Double.POSITIVE_INFINITY);
        matrices.putScalar(new long[] {3100, 2, 3}, 17);
        for (int threads : new int[] {1, 2, 5}) {
            assertThatThrownBy(() -> Spectrum.batch(matrices, VECTORS.threads(threads)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("matrix 2222: expected finite entries, got Infinity at [1, 4]");
        }
    }

    @Test
    void countsAndExtremes() {
        INDArray matrices = Nd4j.create(DataType.DOUBLE, 5, 2, 2);
        double[][] diagonals = {{1, 2}, {-1, 3}, {0, 0}, {-8, -2}, {0, 5}};
        for (int i = 0; i < 5; i++) {
            matrices.slice(i).assign(TestMatrices.array(TestMatrices.diagonal(diagonals[i])));
        }
        SpectrumBatch spectra = Spectrum.batch(matrices, SpectrumOptions.valuesOnly());
        assertThat(spectra.counts())
                .containsEntry(Classification.CONVEX, 1L)
                .containsEntry(Classification.SADDLE, 1L)
                .containsEntry(Classification.FLAT, 1L)
                .containsEntry(Classification.CONCAVE, 1L)
                .containsEntry(Classification.CONVEX_WITH_FLAT, 1L)
                .containsEntry(Classification.UNDECIDED, 0L)
                .hasSize(Classification.values().length);
        SpectraSummary summary = spectra.summary();
        assertThat(summary.smallest()).isEqualTo(new SpectraSummary.Extreme(-8, 3));
        assertThat(summary.largest()).isEqualTo(new SpectraSummary.Extreme(5, 4));
        assertThat(summary.worstCondition()).isEqualTo(new SpectraSummary.Extreme(4, 3));
        assertThat(spectra.report())
                .isEqualTo(
                        """
                        5 spectra of 2 eigenvalues (float64)
                        1 convex; 1 concave; 1 saddle; 1 convex with flat directions; 1 flat
                        eigenvalues from -8 (matrix 3) to 5 (matrix 4)
                        largest condition number of the surely curved directions 4 (matrix 3)""");
        SpectrumBatch coarse =
                Spectrum.batch(matrices, SpectrumOptions.valuesOnly().tolerance(2.5));
        assertThat(coarse.counts())
                .containsEntry(Classification.FLAT, 2L)
                .containsEntry(Classification.CONVEX_WITH_FLAT, 2L)
                .containsEntry(Classification.CONCAVE_WITH_FLAT, 1L);
    }

    @Test
    void vectorsThatWereNotAskedForAreRefused() {
        SpectrumBatch spectra = Spectrum.batch(TestMatrices.randomBatch(2, 3, 1), SpectrumOptions.valuesOnly());
        assertThat(spectra.hasVectors()).isFalse();
        assertThat(spectra.get(1).hasVectors()).isFalse();
        assertThatThrownBy(spectra::vectors)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("withVectors");
        assertThatThrownBy(spectra::residuals).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void severalBatchesAtOnce() throws InterruptedException, ExecutionException {
        INDArray matrices = TestMatrices.randomBatch(1200, 11, 9);
        INDArray expected = Spectrum.batch(matrices, VECTORS).values();
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            List<Future<INDArray>> results = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                int threads = 1 + i % 3;
                results.add(pool.submit(
                        () -> Spectrum.batch(matrices, VECTORS.threads(threads)).values()));
            }
            for (Future<INDArray> result : results) {
                assertSameBits(result.get(), expected);
            }
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void resultsOutliveTheCallersWorkspace() {
        WorkspaceConfiguration configuration =
                WorkspaceConfiguration.builder().initialSize(1 << 20).build();
        INDArray matrices = TestMatrices.randomBatch(10, 4, 4);
        INDArray expected = Spectrum.batch(matrices, VECTORS).values();
        SpectrumBatch inside;
        GeneralSpectrum general;
        try (MemoryWorkspace workspace =
                Nd4j.getWorkspaceManager().getAndActivateWorkspace(configuration, "spectrum test")) {
            assertThat(workspace.isScopeActive()).isTrue();
            inside = Spectrum.batch(matrices, VECTORS);
            general = GeneralSpectrum.of(matrices.slice(0));
            assertThat(inside.values().isAttached()).isFalse();
            assertThat(general.values().isAttached()).isFalse();
        }
        assertSameBits(inside.values(), expected);
        assertThat(general.order()).isEqualTo(4);
    }

    @Test
    void interruptionCancels() {
        INDArray matrices = TestMatrices.randomBatch(3000, 11, 9);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Spectrum.batch(matrices, VECTORS.threads(2)))
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    private static void assertSameBits(INDArray actual, INDArray expected) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(actual.dataType()).isEqualTo(expected.dataType());
        assertThat(actual.dup('c').data().asDouble())
                .isEqualTo(expected.dup('c').data().asDouble());
    }
}
