package org.curvature4j.internal.engine.code;

/** A function that an engine can't compute, or better doesn't: the reason is in the message. */
public final class Unsuitable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Unsuitable(String reason) {
        super(reason, null, false, false);
    }
}
