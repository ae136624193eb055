package org.curvature4j.spectrum;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.curvature4j.internal.blas.SingularRoutine;
import org.curvature4j.internal.blas.SymmetricRoutine;
import org.jspecify.annotations.Nullable;

/**
 * A library that computes wrong: right results, then spoilt in one of the ways that were seen.
 *
 * @param fault how
 * @param leastOrder of the matrices whose results are spoilt
 * @param mostOrder of them; the self-test finds it out or not
 */
record FaultyRoutines(Fault fault, int leastOrder, int mostOrder) implements Routines {
    private static final Routines RIGHT = new NativeRoutines();

    enum Fault {
        VALUES,
        VECTORS,
        SAME_VECTOR_TWICE,
        NOT_A_NUMBER,
        NOT_CONVERGED
    }

    private boolean spoils(int order) {
        return order >= leastOrder && order <= mostOrder;
    }

    /** Spoils values and rows of vectors; whether to say that it converged. */
    private boolean spoil(double[] values, int at, double @Nullable [] vectors, int start, int length) {
        switch (fault) {
            case VALUES -> values[at] *= 1 + 1e-6;
            case VECTORS -> {
                if (vectors == null) {
                    values[at] *= 1 + 1e-6;
                } else {
                    vectors[start] += 1e-6;
                }
            }
            case SAME_VECTOR_TWICE -> {
                if (vectors == null || length < 2) {
                    values[at] = Double.NaN;
                } else {
                    System.arraycopy(vectors, start, vectors, start + length, length);
                }
            }
            case NOT_A_NUMBER -> values[at] = Double.NaN;
            case NOT_CONVERGED -> {
                return false;
            }
        }
        return true;
    }

    @Override
    public SymmetricRoutine symmetric(int order, boolean vectors) {
        SymmetricRoutine right = RIGHT.symmetric(order, vectors);
        return new SymmetricRoutine() {
            @Override
            public boolean solve(
                    double[] matrices, int start, double[] values, int valueStart, double @Nullable [] vectorsOut) {
                right.solve(matrices, start, values, valueStart, vectorsOut);
                return !spoils(order) || spoil(values, valueStart, vectorsOut, start, order);
            }

            @Override
            public void close() {
                right.close();
            }
        };
    }

    @Override
    public SingularRoutine singular(int rows, int columns, boolean vectors) {
        SingularRoutine right = RIGHT.singular(rows, columns, vectors);
        boolean spoils = spoils(Math.min(rows, columns));
        return new SingularRoutine() {
            @Override
            public boolean decompose(
                    double[] matrices,
                    int start,
                    double[] values,
                    int valueStart,
                    double @Nullable [] left,
                    double @Nullable [] rightVectors) {
                right.decompose(matrices, start, values, valueStart, left, rightVectors);
                return !spoils || spoil(values, valueStart, rightVectors, 0, columns);
            }

            @Override
            public void factor(double[] matrices, int start, double[] factors, int[] pivots) {
                right.factor(matrices, start, factors, pivots);
                if (spoils) {
                    factors[0] *= fault == Fault.NOT_A_NUMBER ? Double.NaN : 1 + 1e-6;
                }
            }

            @Override
            public void close() {
                right.close();
            }
        };
    }

    @Override
    public List<GeneralRoutine> general() {
        return List.of((matrix, n) -> {
            if (!spoils(n)) {
                return RIGHT.general().get(0).solve(matrix, n);
            }
            return fault == Fault.NOT_CONVERGED
                    ? Optional.empty()
                    : Optional.of(new ComplexPairs(matrix, filled(2 * n), filled(2 * n * n)));
        });
    }

    private static double[] filled(int length) {
        double[] numbers = new double[length];
        Arrays.fill(numbers, 1);
        return numbers;
    }
}
