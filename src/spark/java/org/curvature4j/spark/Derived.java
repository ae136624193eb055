package org.curvature4j.spark;

import org.curvature4j.TensorFunction;

/** What a column may hold of a function at a point. */
enum Derived {
    VALUES(Matrix.VALUES),
    GRADIENT(Matrix.GRADIENT),
    JACOBIAN(Matrix.JACOBIAN),
    HESSIAN(Matrix.HESSIAN),
    SINGULAR_VALUES(Matrix.JACOBIAN),
    EIGENVALUES(Matrix.HESSIAN);

    /** What is computed first. */
    enum Matrix {
        VALUES,
        GRADIENT,
        JACOBIAN,
        HESSIAN;

        TensorFunction of(TensorFunction function) {
            return switch (this) {
                case VALUES -> function;
                case GRADIENT -> function.gradient();
                case JACOBIAN -> function.jacobian();
                case HESSIAN -> function.hessian();
            };
        }
    }

    private final Matrix matrix;

    Derived(Matrix matrix) {
        this.matrix = matrix;
    }

    Matrix matrix() {
        return matrix;
    }

    /** How many numbers a column of it has in a row. */
    int length(TensorFunction function) {
        long n = function.inputSize();
        long m = function.outputSize();
        long numbers =
                switch (this) {
                    case VALUES -> m;
                    case GRADIENT, EIGENVALUES -> n;
                    case JACOBIAN -> Math.multiplyExact(m, n);
                    case HESSIAN -> Math.multiplyExact(n, n);
                    case SINGULAR_VALUES -> Math.min(m, n);
                };
        return Math.toIntExact(numbers);
    }
}
