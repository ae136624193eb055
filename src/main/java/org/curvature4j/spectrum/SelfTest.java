package org.curvature4j.spectrum;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.internal.blas.SingularRoutine;
import org.curvature4j.internal.blas.SymmetricRoutine;
import org.curvature4j.internal.blas.Warning;
import org.jspecify.annotations.Nullable;

/**
 * LAPACK tried once a process, each family of routines before its first result, at sizes where wrong libraries were found
 * wrong. A family that fails isn't called: Java code computes in its place. The checks are those that every result passes.
 */
public final class SelfTest {
    private static final double EPSILON = Math.ulp(1.0);

    private static final Map<Family, Boolean> PASSED = new EnumMap<>(Family.class);

    private SelfTest() {}

    /** What is decomposed, and the routine that does it. */
    enum Family {
        SYMMETRIC("dsyevd"),
        SINGULAR("dgesdd"),
        DETERMINANT("dgetrf"),
        GENERAL("dgeev");

        private final String routine;

        Family(String routine) {
            this.routine = routine;
        }
    }

    /**
     * A figure of the test.
     *
     * @param routine LAPACK's name, and the size
     * @param excess what is off over what rounding explains; above 1, or NaN, the routine is wrong
     */
    public record Figure(String routine, double excess) {
        /** Whether the routine is right. */
        public boolean passed() {
            return excess <= 1;
        }
    }

    /** Whether a family may be called; tried at the first question. */
    static boolean passes(Family family) {
        synchronized (PASSED) {
            @Nullable Boolean known = PASSED.get(family);
            if (known == null) {
                Figure figure = figure(family, Solvers.first());
                known = figure.passed();
                PASSED.put(family, known);
                if (!known) {
                    Warning.say("LAPACK's " + figure.routine() + " is wrong on this machine (" + figure.excess()
                            + " of what rounding explains); Java code computes in its place, which is slower"
                            + " (curvature doctor tests the library)");
                }
            }
            return known;
        }
    }

    /** Tries all again, those of float32 too, which nothing here calls but programs beside us may. */
    public static List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        for (Family family : Family.values()) {
            figures.add(figure(family, Solvers.first()));
        }
        figures.addAll(SingleRoutines.figures());
        return figures;
    }

    /** Has every family tried again. */
    static void forget() {
        synchronized (PASSED) {
            PASSED.clear();
        }
    }

    static double[] symmetric(int n) {
        double[] matrix = CheckVector.ofLength(n * n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                matrix[i * n + j] = matrix[j * n + i];
            }
        }
        return matrix;
    }

    static final int SYMMETRIC_ORDER = 113;
    static final int ROWS = 130;
    static final int COLUMNS = 260;
    static final int FACTORED_ORDER = 40;
    static final int GENERAL_ORDER = 160;

    private static Figure figure(Family family, Routines routines) {
        return switch (family) {
            case SYMMETRIC -> new Figure(family.routine + " " + SYMMETRIC_ORDER, symmetric(routines));
            case SINGULAR -> new Figure(family.routine + " " + ROWS + "x" + COLUMNS, singular(routines));
            case DETERMINANT -> new Figure(family.routine + " " + FACTORED_ORDER, factors(routines));
            case GENERAL -> new Figure(family.routine + " " + GENERAL_ORDER, general(routines));
        };
    }

    private static double symmetric(Routines routines) {
        int n = SYMMETRIC_ORDER;
        double[] matrix = symmetric(n);
        double[] values = new double[n];
        double[] vectors = new double[n * n];
        try (SymmetricRoutine routine = routines.symmetric(n, true)) {
            return routine.solve(matrix, 0, values, 0, vectors)
                    ? new SymmetricCheck(n).excess(matrix, 0, values, 0, vectors, EPSILON)
                    : Double.NaN;
        }
    }

    private static double singular(Routines routines) {
        double[] matrix = CheckVector.ofLength(ROWS * COLUMNS);
        double[] values = new double[ROWS];
        double[] left = new double[ROWS * ROWS];
        double[] right = new double[ROWS * COLUMNS];
        try (SingularRoutine routine = routines.singular(ROWS, COLUMNS, true)) {
            return routine.decompose(matrix, 0, values, 0, left, right)
                    ? new SingularCheck(ROWS, COLUMNS).excess(matrix, 0, values, 0, left, right, EPSILON)
                    : Double.NaN;
        }
    }

    private static double factors(Routines routines) {
        int n = FACTORED_ORDER;
        double[] matrix = CheckVector.ofLength(n * n);
        double[] factors = new double[n * n];
        int[] pivots = new int[n];
        try (SingularRoutine routine = routines.singular(n, n, false)) {
            routine.factor(matrix, 0, factors, pivots);
            return new SingularCheck(n, n).excess(matrix, 0, factors, pivots, EPSILON);
        }
    }

    /** The last of the general routines, which is LAPACK's: ND4J's takes seconds at this size, and isn't trusted anyway. */
    private static double general(Routines routines) {
        double[] matrix = CheckVector.ofLength(GENERAL_ORDER * GENERAL_ORDER);
        List<Routines.GeneralRoutine> all = routines.general();
        return all.get(all.size() - 1)
                .solve(matrix, GENERAL_ORDER)
                .map(pairs -> pairs.excess(matrix, EPSILON))
                .orElse(Double.NaN);
    }
}
