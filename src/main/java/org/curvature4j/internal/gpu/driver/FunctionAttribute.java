package org.curvature4j.internal.gpu.driver;

/** What a loaded kernel is asked for. The numbers are those of the driver's {@code CUfunction_attribute}. */
public enum FunctionAttribute {
    MOST_THREADS_A_BLOCK(0),
    LOCAL_BYTES(3),
    REGISTERS(4);

    private final int number;

    FunctionAttribute(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
