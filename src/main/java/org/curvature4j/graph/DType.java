package org.curvature4j.graph;

/** Element types of a graph. Derivatives exist for the floating ones only. */
public enum DType {
    FLOAT64(8),
    FLOAT32(4),
    INT64(8),
    INT32(4),
    BOOL(1);

    private final int bytes;

    DType(int bytes) {
        this.bytes = bytes;
    }

    /** Whether values of this type can be differentiated. */
    public boolean isFloat() {
        return this == FLOAT64 || this == FLOAT32;
    }

    /** Bytes an element takes in memory. */
    public int bytes() {
        return bytes;
    }

    /** The value as this type holds it: rounded to float, truncated to an integer, or 0 and 1. */
    public double round(double value) {
        return switch (this) {
            case FLOAT64 -> value;
            case FLOAT32 -> (float) value;
            case INT64 -> (double) (long) value;
            case INT32 -> (int) value;
            case BOOL -> value != 0 ? 1 : 0;
        };
    }
}
