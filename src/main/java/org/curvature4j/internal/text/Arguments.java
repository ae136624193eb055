package org.curvature4j.internal.text;

import org.jspecify.annotations.Nullable;

/** Refuses arguments in the one form that messages have: what it is, what was expected, what came. */
public final class Arguments {
    private Arguments() {}

    /**
     * Refuses an argument where a condition holds.
     *
     * @param what the argument
     * @param expected in words
     * @param got what came, with a hint in parentheses where one helps
     * @throws IllegalArgumentException then, as {@code what: expected ..., got ...}
     */
    public static void refuseIf(boolean condition, String what, Object expected, Object got) {
        if (condition) {
            throw new IllegalArgumentException(what + ": expected " + expected + ", got " + got);
        }
    }

    /**
     * An argument, which can't be missing.
     *
     * @throws NullPointerException if it is null, as {@code what: expected a value, got null}
     */
    public static <T> T requireGiven(String what, @Nullable T value) {
        if (value == null) {
            throw new NullPointerException(what + ": expected a value, got null");
        }
        return value;
    }

    /** Refuses an array of another length. */
    public static void requireLength(String what, long expected, long got) {
        if (expected != got) {
            refuseIf(true, what, expected + " numbers", got);
        }
    }

    /**
     * An index, if it is one.
     *
     * @throws IndexOutOfBoundsException unless it is from 0 to below the count
     */
    public static int requireIndex(String what, long index, long count) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException(
                    what + ": expected an index from 0 to " + (count - 1) + ", got " + index);
        }
        return (int) index;
    }
}
