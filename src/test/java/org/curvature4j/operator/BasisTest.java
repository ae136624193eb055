package org.curvature4j.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.curvature4j.internal.random.StandardNormal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BasisTest {

    @ParameterizedTest
    @ValueSource(ints = {40, 511, 512, 513, 20_000})
    void makesVectorsOrthogonalAndTellsTheirParts(int length) {
        Basis<double[]> basis = filled(length, 30, 2);
        double[] vector = random(length, 99);
        double[] before = vector.clone();
        double[] coefficients = new double[30];
        double norm = basis.orthogonalise(vector, coefficients);
        assertThat(norm).isCloseTo(Vectors.norm(vector), within(1e-14 * Vectors.norm(before)));
        for (int k = 0; k < 30; k++) {
            assertThat(Vectors.dot(vector, basis.vector(k))).isCloseTo(0, within(1e-13));
            assertThat(coefficients[k]).isCloseTo(Vectors.dot(before, basis.vector(k)), within(1e-11));
            Vectors.add(coefficients[k], basis.vector(k), vector);
        }
        assertThat(Vectors.norm(Vectors.difference(vector, before))).isLessThan(1e-12 * Vectors.norm(before));
    }

    @Test
    void staysOrthogonalWhereAlmostNothingIsLeft() {
        Basis<double[]> basis = filled(1000, 20, 2);
        double[] vector = basis.vector(7).clone();
        vector[3] += 1e-12;
        double norm = basis.orthogonalise(vector, new double[20]);
        assertThat(norm).isBetween(0.9e-12, 1e-12);
        for (int k = 0; k < 20; k++) {
            assertThat(Vectors.dot(vector, basis.vector(k))).isCloseTo(0, within(1e-14 * norm));
        }
    }

    @Test
    void leavesNextToNothingOfAVectorInTheSpan() {
        Basis<double[]> basis = filled(1000, 20, 2);
        double[] vector = basis.vector(7).clone();
        assertThat(basis.orthogonalise(vector, new double[20])).isLessThan(1e-15);
    }

    @Test
    void hasTheSameBitsWithAnyNumberOfThreads() {
        double[] alone = random(100_000, 5);
        double[] shared = alone.clone();
        filled(100_000, 7, 1).orthogonalise(alone, new double[7]);
        filled(100_000, 7, 3).orthogonalise(shared, new double[7]);
        assertThat(shared).isEqualTo(alone);
    }

    @Test
    void combinesNeighboursInPlaceAndMovesUpTheRest() {
        Basis<double[]> basis = filled(3000, 5, 2);
        double[] first = basis.vector(0).clone();
        double[] second = basis.vector(1).clone();
        double[] third = basis.vector(2).clone();
        double[] fourth = basis.vector(3).clone();
        double[] last = basis.vector(4).clone();
        basis.combine(1, 3, new double[] {0.6, 0, 0.8, 0, 1, 0}, 2);
        assertThat(basis.size()).isEqualTo(4);
        double[] expected = second.clone();
        Vectors.scale(0.6, expected);
        Vectors.add(0.8, fourth, expected);
        assertThat(Vectors.norm(Vectors.difference(basis.vector(1), expected))).isLessThan(1e-15);
        assertThat(basis.vector(0)).isEqualTo(first);
        assertThat(basis.vector(2)).isEqualTo(third);
        assertThat(basis.vector(3)).isEqualTo(last);
    }

    @Test
    void keepsVectorsInTheOrderAskedFor() {
        Basis<double[]> basis = filled(10, 4, 1);
        double[] second = basis.vector(1);
        double[] fourth = basis.vector(3);
        basis.keep(3, 1);
        assertThat(basis.size()).isEqualTo(2);
        assertThat(basis.vector(0)).isSameAs(fourth);
        assertThat(basis.vector(1)).isSameAs(second);
        basis.append(new double[10], 1);
        assertThat(basis.vector(0)).isSameAs(fourth);
        assertThat(basis.vector(2)).isEqualTo(new double[10]);
    }

    private static Basis<double[]> filled(int length, int count, int threads) {
        Basis<double[]> basis = new Basis<>(new HeapSpace(length, threads));
        for (int k = 0; k < count; k++) {
            double[] vector = random(length, k);
            basis.append(vector, 1 / basis.orthogonalise(vector, new double[k]));
        }
        return basis;
    }

    private static double[] random(int length, int stream) {
        double[] vector = new double[length];
        StandardNormal.fill(StandardNormal.otherSeed(1, stream), 0, vector, 0, length);
        return vector;
    }

    @Test
    void forgetsWhatIsTruncated() {
        Basis<double[]> basis = filled(10, 4, 1);
        basis.truncate(1);
        double[] vector = new double[10];
        Arrays.fill(vector, 1);
        basis.orthogonalise(vector, new double[1]);
        assertThat(Vectors.dot(vector, basis.vector(0))).isCloseTo(0, within(1e-14));
        assertThat(Math.abs(Vectors.dot(vector, basis.vector(1)))).isGreaterThan(1e-3);
    }
}
