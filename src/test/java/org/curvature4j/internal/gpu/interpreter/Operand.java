package org.curvature4j.internal.gpu.interpreter;

import java.util.List;

/** An operand as written. */
record Operand(Kind kind, String word, boolean negated, long offset, List<Operand> parts) {

    enum Kind {
        /** A register, variable, label, function or special register. */
        NAME,
        NUMBER,
        /** A name or number in brackets and what is added to it. */
        ADDRESS,
        /** Several in braces or parentheses. */
        LIST,
        /** Two with a bar between. */
        PAIR
    }

    static Operand parse(Source source) {
        Operand first = single(source);
        if (source.accept("|")) {
            return new Operand(Kind.PAIR, "|", false, 0, List.of(first, single(source)));
        }
        return first;
    }

    private static Operand single(Source source) {
        if (source.accept("{")) {
            return list(source, "}");
        }
        if (source.accept("(")) {
            return list(source, ")");
        }
        if (source.accept("[")) {
            String base = source.next();
            long offset = 0;
            if (source.accept("+")) {
                boolean minus = source.accept("-");
                offset = Literals.integer(source.next());
                offset = minus ? -offset : offset;
            } else if (source.accept("-")) {
                offset = -Literals.integer(source.next());
            }
            source.expect("]");
            return new Operand(Kind.ADDRESS, base, false, offset, List.of());
        }
        boolean negated = source.peek().equals("-") || source.peek().equals("!");
        if (negated) {
            source.next();
        }
        String word = source.next();
        if (Literals.isNumber(word)) {
            return new Operand(Kind.NUMBER, word, negated, 0, List.of());
        }
        long offset = source.accept("+") ? Literals.integer(source.next()) : 0;
        return new Operand(Kind.NAME, word, negated, offset, List.of());
    }

    private static Operand list(Source source, String end) {
        List<Operand> parts = new java.util.ArrayList<>();
        while (!source.accept(end)) {
            parts.add(parse(source));
            if (!source.peek().equals(end)) {
                source.expect(",");
            }
        }
        return new Operand(Kind.LIST, end, false, 0, List.copyOf(parts));
    }
}
