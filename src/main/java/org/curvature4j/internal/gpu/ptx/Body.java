package org.curvature4j.internal.gpu.ptx;

import java.util.Map;
import java.util.TreeMap;

/** The text of an entry or a function while it is made: its lines, registers and memory. */
@SuppressWarnings("AnnotateFormatMethod") // the annotation is in a library that nothing else needs
final class Body {
    private final StringBuilder declarations = new StringBuilder();
    private final StringBuilder lines = new StringBuilder();
    private final Map<String, String> types = new TreeMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private int labels;
    private int arrays;

    /** A register that nothing else uses. */
    String register(Kind kind) {
        return register(kind.prefix(), kind == Kind.ADDRESS ? "b64" : kind.bits());
    }

    String predicate() {
        return register("%p", "pred");
    }

    private String register(String prefix, String type) {
        types.put(prefix, type);
        return prefix + (counts.merge(prefix, 1, Integer::sum) - 1);
    }

    String label() {
        return "L" + labels++;
    }

    void mark(String label) {
        lines.append(label).append(":\n");
    }

    /** One instruction; {@code %s} takes a register or a literal. */
    void add(String format, Object... operands) {
        lines.append('\t').append(String.format(format, operands)).append(";\n");
    }

    /** One instruction that gives a value, in a new register, which its format names first. */
    Operand compute(Kind kind, String format, Object... operands) {
        Object[] all = new Object[operands.length + 1];
        all[0] = register(kind);
        for (int i = 0; i < operands.length; i++) {
            all[i + 1] = operands[i] instanceof Operand operand ? operand.text() : operands[i];
        }
        add(format, all);
        return Operand.of(kind, (String) all[0]);
    }

    /** A copy that nothing else writes to. */
    Operand copy(Operand operand) {
        String register = register(operand.kind());
        add("mov.%s %s, %s", operand.kind().bits(), register, operand.text());
        return new Operand(operand.kind(), register, operand.space(), operand.length());
    }

    /** An array's address as any code takes it, whatever memory it lies in. */
    Operand generic(Operand array) {
        return array.kind() != Kind.ADDRESS || array.space() == Operand.Space.GENERIC
                ? array
                : compute(Kind.ADDRESS, "cvta" + array.space().suffix() + ".u64 %s, %s", array);
    }

    /** Memory of a thread or of its block. */
    Operand array(Operand.Space space, Kind element, int length) {
        String name = "array" + arrays++;
        declarations.append(
                String.format("\t%s .align 8 .b8 %s[%d];\n", space.suffix(), name, length * element.bytes()));
        String address = compute(Kind.ADDRESS, "mov.b64 %s, %s", name).text();
        return Operand.array(address, space, length);
    }

    /** A place in an array. */
    String place(Operand array, Operand index, Kind element) {
        if (index.isLiteral()) {
            return array.text() + "+" + (long) index.value() * element.bytes();
        }
        return compute(Kind.ADDRESS, "mad.wide.s32 %s, %s, %s, %s", index, element.bytes(), array)
                .text();
    }

    /** Everything between the braces. */
    String text() {
        StringBuilder text = new StringBuilder();
        types.forEach(
                (prefix, type) -> text.append(String.format("\t.reg .%s %s<%d>;\n", type, prefix, counts.get(prefix))));
        return text.append(declarations).append(lines).toString();
    }
}
