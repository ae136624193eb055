package org.curvature4j.spectrum;

import java.util.List;

/** LAPACK's, and ND4J's eig operation. */
final class NativeRoutines implements Routines {
    @Override
    public SymmetricRoutine symmetric(int order, boolean vectors) {
        return new LapackEigensolver(order, vectors);
    }

    @Override
    public SingularRoutine singular(int rows, int columns, boolean vectors) {
        return new SingularSolver(rows, columns, vectors);
    }

    @Override
    public List<GeneralRoutine> general() {
        return List.of(EigOperation::solve, LapackGeneral::solve);
    }
}
