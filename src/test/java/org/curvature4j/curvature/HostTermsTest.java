package org.curvature4j.curvature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.curvature4j.graph.Graph;
import org.curvature4j.internal.engine.nd4j.VaryingFunction;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.krylov.DensityOptions;
import org.curvature4j.krylov.SpectralDensity;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.samediff.ImportRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class HostTermsTest {
    private static final int PARAMETERS = 43;

    private final SameDiff sd = Nets.classifier();
    private final Map<String, INDArray> data = Nets.data();
    /** How often values of a batch were given to a function. */
    private final AtomicInteger fed = new AtomicInteger();

    private final DataTerm term = hessian();
    private final double[][] vectors = new double[5][];

    HostTermsTest() {
        for (int k = 0; k < vectors.length; k++) {
            vectors[k] = new Random(k).doubles(PARAMETERS, -1, 1).toArray();
        }
    }

    private DataTerm hessian() {
        DataLoss loss = DataLoss.of(sd, "mean", data);
        LossGraphs graphs = new LossGraphs(sd, "mean", loss.blocks(), ImportRules.standard());
        return new DataTerm(
                graphs::hessian,
                HostArray.copyOf(loss.point(), DataType.DOUBLE, PARAMETERS),
                batch -> {
                    fed.incrementAndGet();
                    return List.of();
                },
                batch -> (double) batch.examples() / Nets.EXAMPLES);
    }

    private Batches batches(int size) {
        return new Batches(Nets.minibatches(data, size), Map.of(), 0);
    }

    /** Bytes of the largest batch's function. */
    private long each(Batches batches) {
        Graph graph = Simplifier.simplify(term.graph(batches.first().shapes()));
        return VaryingFunction.bytes(graph, term.varying(graph));
    }

    private double[][] oneByOne(Batches batches) {
        double[][] results = new double[vectors.length][PARAMETERS];
        try (HostTerms terms = new HostTerms(batches, term, 1, Long.MAX_VALUE)) {
            for (int k = 0; k < vectors.length; k++) {
                terms.sum(vectors[k], results[k]);
            }
        }
        return results;
    }

    @ParameterizedTest
    @ValueSource(ints = {Nets.EXAMPLES, 9})
    void sumsForSeveralVectorsAreTheSameBitsForAnyThreadsAndMemory(int size) {
        Batches batches = batches(size);
        double[][] expected = oneByOne(batches);
        for (int threads = 1; threads <= 4; threads++) {
            for (long functions : new long[] {1, batches.count(), batches.count() * (threads + 1L)}) {
                try (HostTerms terms = new HostTerms(batches, term, threads, functions * each(batches))) {
                    double[][] results = new double[vectors.length][PARAMETERS];
                    for (int time = 0; time < 3; time++) {
                        for (double[] result : results) {
                            java.util.Arrays.fill(result, Double.NaN);
                        }
                        terms.sums(vectors, results);
                        assertThat(results).isEqualTo(expected);
                    }
                }
            }
        }
    }

    @Test
    void threadsTakeVectorsOfTheirOwnWhereThereAreAsManyAndTheMemorySuffices() {
        Batches batches = batches(9);
        int count = batches.count();
        long each = each(batches);
        double[][] results = new double[vectors.length][PARAMETERS];
        try (HostTerms little = new HostTerms(batches, term, 2, count * 3L * each - 1);
                HostTerms enough = new HostTerms(batches, term, 2, count * 3L * each);
                HostTerms more = new HostTerms(batches, term, vectors.length + 1, Long.MAX_VALUE)) {
            little.sums(vectors, results);
            more.sums(vectors, results);
            assertThat(more.bytes()).isEqualTo(little.bytes());
            enough.sums(vectors, results);
            enough.sums(vectors, results);
            assertThat(enough.bytes()).isBetween(2 * little.bytes(), 3 * little.bytes());
            assertThat(fed).hasValue(3 * count);
        }
    }

    @Test
    void densitiesAreTheSameBitsForAnyThreadsAndMemory() {
        for (int size : new int[] {Nets.EXAMPLES, 9}) {
            Batches batches = batches(size);
            DensityOptions options = DensityOptions.standard().steps(12).probes(6);
            SpectralDensity expected = density(batches, options.threads(1), 1, Long.MAX_VALUE);
            for (int threads = 2; threads <= 3; threads++) {
                for (long memory : new long[] {each(batches), Long.MAX_VALUE}) {
                    SpectralDensity density = density(batches, options.threads(threads), threads, memory);
                    for (int probe = 0; probe < 6; probe++) {
                        assertThat(density.nodes(probe)).isEqualTo(expected.nodes(probe));
                        assertThat(density.weights(probe)).isEqualTo(expected.weights(probe));
                    }
                }
            }
        }
    }

    private SpectralDensity density(Batches batches, DensityOptions options, int threads, long memory) {
        try (HostTerms terms = new HostTerms(batches, term, threads, memory)) {
            return SpectralDensity.of(new Products(terms), options);
        }
    }

    private static final class Products extends LinearOperator {
        private final Terms terms;

        Products(Terms terms) {
            super(PARAMETERS, PARAMETERS, true);
            this.terms = terms;
        }

        @Override
        protected void multiply(double[] vector, double[] product) {
            terms.sum(vector, product);
        }

        @Override
        protected void multiplyBlock(double[][] vectors, double[][] products) {
            terms.sums(vectors, products);
        }
    }
}
