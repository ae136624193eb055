package org.curvature4j.bench;

/** Closes what declares any exception and throws unchecked ones. */
final class Closing {
    private Closing() {}

    static void close(AutoCloseable function) {
        try {
            function.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("close: " + e.getMessage(), e);
        }
    }
}
