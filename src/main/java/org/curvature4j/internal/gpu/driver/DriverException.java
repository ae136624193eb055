package org.curvature4j.internal.gpu.driver;

/** That the driver answered with an error. */
public final class DriverException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private static final int OUT_OF_MEMORY = 2;

    private final int code;

    /**
     * @param call the driver's function
     * @param code its answer, the driver's {@code CUresult}
     * @param words the driver's own name for that and what it says
     */
    public DriverException(String call, int code, String words) {
        super(call + ": " + words + " (" + code + ")");
        this.code = code;
    }

    public int code() {
        return code;
    }

    public boolean isOutOfMemory() {
        return code == OUT_OF_MEMORY;
    }
}
