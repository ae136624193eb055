package org.curvature4j.spectrum;

import java.util.List;
import org.curvature4j.internal.blas.LapackMemory;
import org.curvature4j.internal.blas.SingularLapack;
import org.curvature4j.internal.blas.SingularRoutine;
import org.curvature4j.internal.blas.SymmetricLapack;
import org.curvature4j.internal.blas.SymmetricRoutine;

/** LAPACK's, and ND4J's eig operation. */
final class NativeRoutines implements Routines {
    @Override
    public SymmetricRoutine symmetric(int order, boolean vectors) {
        return new SymmetricLapack(order, vectors, new LapackMemory());
    }

    @Override
    public SingularRoutine singular(int rows, int columns, boolean vectors) {
        return new SingularLapack(rows, columns, vectors, new LapackMemory());
    }

    @Override
    public List<GeneralRoutine> general() {
        return List.of(EigOperation::solve, LapackGeneral::solve);
    }
}
