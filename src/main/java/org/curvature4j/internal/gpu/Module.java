package org.curvature4j.internal.gpu;

/** Loaded machine code, which stays loaded as long as somebody holds this. */
final class Module {
    private final long handle;

    Module(long handle) {
        this.handle = handle;
    }

    long handle() {
        return handle;
    }
}
