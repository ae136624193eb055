package org.curvature4j.internal.gpu.interpreter;

/** PTX's state spaces. Generic addresses of those but global have a window of their own. */
enum Space {
    GENERIC(0),
    GLOBAL(0),
    SHARED(1),
    LOCAL(2),
    CONST(3);

    /** Bits of a generic address below its allocation's or window's number. */
    static final int OFFSET_BITS = 40;

    /** The high bits of a generic address. */
    final long number;

    Space(long number) {
        this.number = number;
    }

    long window() {
        return number << OFFSET_BITS;
    }

    boolean hasWindow() {
        return number > 0;
    }
}
