package org.curvature4j.contract;

import java.util.concurrent.Callable;

/**
 * Something to close, and a use of it.
 *
 * @param type its class
 * @param name which of several ways to make one
 * @param maker makes a new one
 * @param holdsNothing whether its use after closing is allowed, since there is nothing to free
 */
record Life(Class<?> type, String name, Callable<Open> maker, boolean holdsNothing) {

    /**
     * @param closeable to be closed
     * @param use gives the same result each time
     */
    record Open(AutoCloseable closeable, Callable<Object> use) {}

    interface Use<T> {
        Object of(T open) throws Exception;
    }

    static <T extends AutoCloseable> Life of(Class<?> type, String name, Callable<T> maker, Use<T> use) {
        return new Life(type, name, opened(maker, use), false);
    }

    static <T extends AutoCloseable> Life of(Class<T> type, Callable<T> maker, Use<T> use) {
        return of(type, "", maker, use);
    }

    static <T extends AutoCloseable> Life holdingNothing(Class<T> type, Callable<T> maker, Use<T> use) {
        return new Life(type, "", opened(maker, use), true);
    }

    private static <T extends AutoCloseable> Callable<Open> opened(Callable<T> maker, Use<T> use) {
        return () -> {
            T made = maker.call();
            return new Open(made, () -> use.of(made));
        };
    }

    @Override
    public String toString() {
        return type.getSimpleName() + " " + name;
    }
}
