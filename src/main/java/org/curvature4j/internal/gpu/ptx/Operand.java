package org.curvature4j.internal.gpu.ptx;

/**
 * A value while code is made: a register or a literal.
 *
 * @param space of an array, where it is known to lie
 * @param length of an array, negative where it isn't known
 */
record Operand(Kind kind, String text, Space space, int length) {

    /** The memory that an array lies in; addresses of thread-local and shared arrays count within it. */
    enum Space {
        GENERIC(""),
        GLOBAL(".global"),
        LOCAL(".local"),
        SHARED(".shared");

        private final String suffix;

        Space(String suffix) {
            this.suffix = suffix;
        }

        String suffix() {
            return suffix;
        }
    }

    static Operand of(Kind kind, String text) {
        return new Operand(kind, text, Space.GENERIC, -1);
    }

    static Operand array(String text, Space space, int length) {
        return new Operand(Kind.ADDRESS, text, space, length);
    }

    static Operand of(int value) {
        return of(Kind.INT, Integer.toString(value));
    }

    /** A number of Java's boxes. */
    static Operand literal(Number value) {
        if (value instanceof Double number) {
            return of(Kind.DOUBLE, text(number));
        } else if (value instanceof Float number) {
            return of(Kind.FLOAT, String.format("0f%08X", Float.floatToRawIntBits(number)));
        } else if (value instanceof Long number) {
            return of(Kind.LONG, number == Long.MIN_VALUE ? "0x8000000000000000" : number.toString());
        }
        return of(value.intValue());
    }

    /** A double as PTX writes it, to the last bit. */
    static String text(double value) {
        return String.format("0d%016X", Double.doubleToRawLongBits(value));
    }

    boolean isLiteral() {
        return text.charAt(0) != '%';
    }

    /** A known int. */
    int value() {
        return Integer.parseInt(text);
    }

    boolean isKnownInt() {
        return kind == Kind.INT && isLiteral();
    }
}
