package org.curvature4j.internal.gpu.interpreter;

/** What is wrong with a text of PTX or with what it did when it ran. */
final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1;

    static final int INVALID_PTX = 218;
    static final int ILLEGAL_ADDRESS = 700;
    static final int MISALIGNED = 716;
    static final int LAUNCH_FAILED = 719;

    final int code;
    final boolean located;

    Fault(int code, String words) {
        this(code, words, false);
    }

    private Fault(int code, String words, boolean located) {
        super(words);
        this.code = code;
        this.located = located;
    }

    static Fault invalid(String words) {
        return new Fault(INVALID_PTX, words);
    }

    static Fault illegal(String words) {
        return new Fault(ILLEGAL_ADDRESS, words);
    }

    static Fault failed(String words) {
        return new Fault(LAUNCH_FAILED, words);
    }

    /** The same with the line of the text, the first time. */
    Fault at(int line, String statement) {
        if (located) {
            return this;
        }
        Fault fault = new Fault(code, "line " + line + ": " + statement + ": " + getMessage(), true);
        fault.initCause(this);
        return fault;
    }
}
