package org.curvature4j.spectrum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Symmetric matrices that have broken eigen-solvers, and plain random ones. */
final class TestMatrices {

    /** A matrix with a name for test reports. */
    static final class Named {
        private final String name;
        private final double[][] rows;

        Named(String name, double[][] rows) {
            this.name = name;
            this.rows = rows;
        }

        String name() {
            return name;
        }

        double[][] rows() {
            return rows;
        }

        int order() {
            return rows.length;
        }

        INDArray array() {
            return TestMatrices.array(rows);
        }

        double largest() {
            return Arrays.stream(rows)
                    .flatMapToDouble(Arrays::stream)
                    .map(Math::abs)
                    .max()
                    .orElse(0);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private TestMatrices() {}

    /** Structured, degenerate, clustered, graded, extremely scaled. */
    static List<Named> hard() {
        List<Named> list = new ArrayList<>();
        for (int n : new int[] {1, 2, 5}) {
            list.add(new Named("zero " + n, new double[n][n]));
        }
        for (int n : new int[] {1, 2, 7, 30}) {
            list.add(new Named("identity " + n, diagonal(fill(n, 1))));
        }
        list.add(new Named("1x1 negative", diagonal(-3)));
        list.add(new Named("diagonal unsorted", diagonal(5, -5, 1, 1, 1, 0.1)));
        list.add(new Named("minus identity", diagonal(fill(6, -1))));
        list.add(new Named("repeated", withValues(11, -1, -1, -1, 0, 0, 2, 2, 2, 2, 5, 5)));
        list.add(new Named("clustered", withValues(8, 1, 1 + 1e-15, 1 + 1e-14, 1 + 1e-12, 1 + 1e-10, 2, 2 + 1e-9, 3)));
        list.add(new Named("plus minus pairs", withValues(6, -2, -2, -1, 1, 2, 2)));
        list.add(new Named("graded", withValues(9, 1e-16, 1e-12, 1e-8, 1e-4, 1, 1e2, 1e4, 1e6, 1e8)));
        list.add(new Named("rank one", rankOne(9)));
        list.add(new Named("all ones", filled(12, (i, j) -> 1)));
        list.add(new Named("arrow", filled(10, (i, j) -> i == 0 || j == 0 ? 1 : i == j ? i : 0)));
        list.add(new Named("Wilkinson W21+", filled(21, (i, j) -> i == j ? Math.abs(i - 10) : neighbours(i, j))));
        list.add(new Named("Hilbert 10", filled(10, (i, j) -> 1.0 / (i + j + 1))));
        list.add(new Named("swap", filled(8, (i, j) -> i + j == 7 ? 1 : 0)));
        list.add(new Named("second difference", filled(16, (i, j) -> i == j ? 2 : -neighbours(i, j))));
        list.add(new Named("bipartite", filled(7, (i, j) -> (i + j) % 2)));
        list.add(new Named("checkerboard of signs", filled(6, (i, j) -> (i + j) % 2 == 0 ? 1 : -1)));
        list.add(new Named("nearly diagonal", filled(9, (i, j) -> i == j ? i + 1 : 1e-17 * (i + j))));
        for (double scale : new double[] {1e-323, 1e-310, 1e-300, 1e-150, 1e-30, 1e30, 1e150, 1e300}) {
            list.add(new Named("random 6 times " + scale, times(scale, random(6, 7))));
            list.add(new Named("ones 3 times " + scale, times(scale, filled(3, (i, j) -> 1))));
        }
        list.addAll(structured());
        list.add(new Named("smallest number", filled(2, (i, j) -> i == j ? 0 : Double.MIN_VALUE)));
        list.add(new Named("range of 1e600", diagonal(1e300, 1e-300, -1e-300)));
        return list;
    }

    /** What makes pivots, shifts and rotations vanish in an iteration. */
    private static List<Named> structured() {
        List<Named> list = new ArrayList<>();
        list.add(new Named("multiple of the identity 11", times(1e-5, diagonal(fill(11, 1)))));
        list.add(new Named("identity plus rank one", filled(11, (i, j) -> (i == j ? 1 : 0) + rankOne(11)[i][j])));
        list.add(new Named("zero rows and columns", filled(11, (i, j) -> i % 3 == 2 || j % 3 == 2 ? 0 : i + j + 1)));
        list.add(new Named("off-diagonal blocks", filled(12, (i, j) -> i < 6 == j < 6 ? 0 : 1.0 / (i + j))));
        list.add(new Named("pairs of signs 16", filled(16, (i, j) -> i == j ? (i % 2 == 0 ? 3 : -3) : 0)));
        list.add(new Named("glued Wilkinson", filled(28, (i, j) -> gluedWilkinson(i, j))));
        list.add(new Named("graded down", filled(10, (i, j) -> Math.pow(10, -30.0 * (i + j)) * (1 + i * j % 3))));
        list.add(new Named("graded up", filled(10, (i, j) -> Math.pow(10, 30.0 * (i + j - 18)) * (1 + i * j % 3))));
        list.add(new Named("graded twice", filled(9, (i, j) -> Math.pow(10, -60.0 * Math.abs(4 - (i + j) / 2)))));
        list.add(new Named("tiny off-diagonals", filled(7, (i, j) -> i == j ? 2 - i : 1e-200)));
        list.add(new Named("tiny off-diagonals alone", filled(7, (i, j) -> i == j ? 1 : 1e-170 * (i + j))));
        list.add(new Named("denormal beside 1", filled(5, (i, j) -> i == 0 && j == 0 ? 1 : 1e-320)));
        for (int order = 3; order <= 8; order++) {
            int n = order;
            list.add(new Named("path " + n, filled(n, TestMatrices::neighbours)));
            list.add(new Named("cycle " + n, filled(n, (i, j) -> cyclic(i, j, n))));
            list.add(new Named("complete graph " + n, filled(n, (i, j) -> i == j ? 0 : 1)));
        }
        return list;
    }

    private static double cyclic(int i, int j, int n) {
        return Math.abs(i - j) == 1 || Math.abs(i - j) == n - 1 ? 1 : 0;
    }

    private static double gluedWilkinson(int i, int j) {
        if (i / 7 == j / 7) {
            return i == j ? Math.abs(i % 7 - 3) : neighbours(i, j);
        }
        return neighbours(i, j) * 1e-14;
    }

    /** Random ones of every order to 40, and one of 300. */
    static List<Named> random() {
        List<Named> list = new ArrayList<>();
        for (int n = 1; n <= 40; n++) {
            list.add(new Named("random " + n, random(n, n)));
        }
        list.add(new Named("random 300", random(300, 300)));
        return list;
    }

    /** Entries of the standard normal distribution, made symmetric. */
    static double[][] random(int n, long seed) {
        Random random = new Random(seed);
        double[][] rows = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                rows[i][j] = random.nextGaussian();
                rows[j][i] = rows[i][j];
            }
        }
        return rows;
    }

    /** A random matrix with these eigenvalues, to rounding: Householder reflections of a diagonal one. */
    static double[][] withValues(int n, double... values) {
        double[][] rows = diagonal(values);
        Random random = new Random(n);
        for (int k = 0; k < 3; k++) {
            double[] v = random.doubles(n).map(x -> x - 0.5).toArray();
            double square = 0;
            for (double x : v) {
                square += x * x;
            }
            rows = reflect(rows, v, 2 / square);
        }
        return rows;
    }

    static double[][] diagonal(double... values) {
        double[][] rows = new double[values.length][values.length];
        for (int i = 0; i < values.length; i++) {
            rows[i][i] = values[i];
        }
        return rows;
    }

    static double[][] times(double factor, double[][] rows) {
        return filled(rows.length, (i, j) -> factor * rows[i][j]);
    }

    /** A float64 array [n, n] in C order. */
    static INDArray array(double[][] rows) {
        return Nd4j.createFromArray(rows).castTo(DataType.DOUBLE);
    }

    /** A float64 array [B, n, n] of random symmetric matrices. */
    static INDArray randomBatch(int size, int n, long seed) {
        double[][][] all = new double[size][][];
        for (int i = 0; i < size; i++) {
            all[i] = random(n, seed + i);
        }
        return Nd4j.createFromArray(all);
    }

    interface Entry {
        double at(int i, int j);
    }

    static double[][] filled(int n, Entry entry) {
        double[][] rows = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                rows[i][j] = entry.at(i, j);
            }
        }
        return rows;
    }

    private static double neighbours(int i, int j) {
        return Math.abs(i - j) == 1 ? 1 : 0;
    }

    private static double[] fill(int n, double value) {
        double[] values = new double[n];
        Arrays.fill(values, value);
        return values;
    }

    private static double[][] rankOne(int n) {
        return filled(n, (i, j) -> Math.sin(i + 1) * Math.sin(j + 1));
    }

    /** (I - c v v') A (I - c v v') */
    private static double[][] reflect(double[][] a, double[] v, double c) {
        int n = v.length;
        double[] av = new double[n];
        double vav = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                av[i] += a[i][j] * v[j];
            }
            vav += v[i] * av[i];
        }
        double middle = c * c * vav;
        return filled(n, (row, column) -> {
            int i = Math.max(row, column);
            int j = Math.min(row, column);
            return a[i][j] - c * (av[i] * v[j] + v[i] * av[j]) + middle * v[i] * v[j];
        });
    }
}
