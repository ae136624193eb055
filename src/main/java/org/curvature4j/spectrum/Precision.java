package org.curvature4j.spectrum;

import org.nd4j.linalg.api.buffer.DataType;

/** The two number formats of matrices, with the constants that tolerances derive from. */
enum Precision {
    DOUBLE(DataType.DOUBLE, 0x1p-52, Double.MIN_VALUE, 0x1p-26) {
        @Override
        double round(double value) {
            return value;
        }

        @Override
        void round(double[] numbers, int count) {
            for (int i = 0; i < count; i++) {
                numbers[i] += 0.0;
            }
        }
    },
    FLOAT(DataType.FLOAT, 0x1p-23, Float.MIN_VALUE, 0x1p-11) {
        @Override
        double round(double value) {
            return (float) value;
        }

        @Override
        void round(double[] numbers, int count) {
            for (int i = 0; i < count; i++) {
                numbers[i] = (float) numbers[i] + 0.0;
            }
        }
    };

    private final DataType dataType;
    private final double epsilon;
    private final double quantum;
    private final double symmetryTolerance;

    Precision(DataType dataType, double epsilon, double quantum, double symmetryTolerance) {
        this.dataType = dataType;
        this.epsilon = epsilon;
        this.quantum = quantum;
        this.symmetryTolerance = symmetryTolerance;
    }

    /** The format in which matrices of some element type are solved and answered: float32 its own, others float64. */
    static Precision of(DataType dataType) {
        return dataType == FLOAT.dataType ? FLOAT : DOUBLE;
    }

    DataType dataType() {
        return dataType;
    }

    /**
     * How far rounding can have moved an eigenvalue, p(n) eps of |H|, p modest: LAPACK Users' Guide, third edition, section
     * 4.7; n for p(n).
     *
     * @param least the smallest eigenvalue of n
     * @param most the largest
     */
    double rounding(int order, double least, double most) {
        double norm = Math.max(Math.abs(least), Math.abs(most));
        return order * epsilon * norm + (norm > 0 ? quantum : 0);
    }

    /** The distance from 1 to the next number. */
    double epsilon() {
        return epsilon;
    }

    /** The smallest positive number, the spacing of denormal ones. */
    double quantum() {
        return quantum;
    }

    /**
     * How far two mirrored entries may differ, relative to the matrix's largest entry, and count as equal to rounding:
     * the square root of epsilon. Rounding in a computed Hessian stays far below it, a wrong matrix far above.
     */
    double symmetryTolerance() {
        return symmetryTolerance;
    }

    /** The nearest number of this format; infinite on overflow. */
    abstract double round(double value);

    /** Replaces the first numbers by the nearest of this format, and -0.0 by 0.0. */
    abstract void round(double[] numbers, int count);

    @Override
    public String toString() {
        return this == DOUBLE ? "float64" : "float32";
    }
}
