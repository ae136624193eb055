package org.curvature4j.spectrum;

import java.util.List;
import org.bytedeco.openblas.global.openblas;
import org.curvature4j.internal.blas.BlasThreads;
import org.curvature4j.internal.blas.Floats;
import org.curvature4j.spectrum.SelfTest.Figure;

/** LAPACK's float32 routines, tried for the doctor: no result here comes from them. */
final class SingleRoutines {
    private static final int COLUMN_MAJOR = 102;
    private static final byte VECTORS = 'V';
    private static final byte NONE = 'N';
    private static final byte SOME = 'S';
    private static final byte LOWER = 'L';
    private static final double EPSILON = Math.ulp(1f);

    private SingleRoutines() {}

    @SuppressWarnings("try") // held, not used
    static List<Figure> figures() {
        try (BlasThreads held = BlasThreads.single()) {
            return List.of(
                    new Figure("ssyevd " + SelfTest.SYMMETRIC_ORDER, symmetric(SelfTest.SYMMETRIC_ORDER)),
                    new Figure(
                            "sgesdd " + SelfTest.ROWS + "x" + SelfTest.COLUMNS,
                            singular(SelfTest.ROWS, SelfTest.COLUMNS)),
                    new Figure("sgetrf " + SelfTest.FACTORED_ORDER, factors(SelfTest.FACTORED_ORDER)),
                    new Figure("sgeev " + SelfTest.GENERAL_ORDER, general(SelfTest.GENERAL_ORDER)));
        }
    }

    private static double symmetric(int n) {
        float[] matrix = Floats.narrow(SelfTest.symmetric(n));
        float[] vectors = matrix.clone();
        float[] values = new float[n];
        int status = openblas.LAPACKE_ssyevd(COLUMN_MAJOR, VECTORS, LOWER, n, vectors, n, values);
        return status != 0
                ? Double.NaN
                : new SymmetricCheck(n)
                        .excess(Floats.wide(matrix), 0, Floats.wide(values), 0, Floats.wide(vectors), EPSILON);
    }

    private static double singular(int rows, int columns) {
        int count = Math.min(rows, columns);
        float[] matrix = Floats.narrow(CheckVector.ofLength(rows * columns));
        float[] values = new float[count];
        float[] left = new float[rows * count];
        float[] right = new float[count * columns];
        int status = openblas.LAPACKE_sgesdd(
                COLUMN_MAJOR, SOME, columns, rows, matrix.clone(), columns, values, right, columns, left, count);
        return status != 0
                ? Double.NaN
                : new SingularCheck(rows, columns)
                        .excess(
                                Floats.wide(matrix),
                                0,
                                Floats.wide(values),
                                0,
                                Floats.wide(left),
                                Floats.wide(right),
                                EPSILON);
    }

    private static double factors(int n) {
        float[] matrix = Floats.narrow(CheckVector.ofLength(n * n));
        float[] factors = matrix.clone();
        int[] pivots = new int[n];
        int status = openblas.LAPACKE_sgetrf(COLUMN_MAJOR, n, n, factors, n, pivots);
        return status != 0
                ? Double.NaN
                : new SingularCheck(n, n).excess(Floats.wide(matrix), 0, Floats.wide(factors), pivots, EPSILON);
    }

    private static double general(int n) {
        float[] matrix = Floats.narrow(CheckVector.ofLength(n * n));
        float[] columns = Floats.narrow(Transpose.of(Floats.wide(matrix), n));
        float[] real = new float[n];
        float[] imaginary = new float[n];
        float[] right = new float[n * n];
        int status = openblas.LAPACKE_sgeev(
                COLUMN_MAJOR, NONE, VECTORS, n, columns, n, real, imaginary, new float[1], 1, right, n);
        return status != 0
                ? Double.NaN
                : LapackGeneral.pairs(
                                Floats.wide(matrix), Floats.wide(real), Floats.wide(imaginary), Floats.wide(right))
                        .excess(Floats.wide(matrix), EPSILON);
    }
}
