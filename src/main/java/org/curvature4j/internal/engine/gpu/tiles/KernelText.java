package org.curvature4j.internal.engine.gpu.tiles;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The PTX of one kernel while it is being written: registers are numbered as they are asked for. */
final class KernelText {
    /** A kind of register. */
    enum Kind {
        F64("f64", "d"),
        F32("f32", "f"),
        B32("b32", "r"),
        B64("b64", "l"),
        PREDICATE("pred", "p");

        private final String type;
        private final String prefix;

        Kind(String type, String prefix) {
            this.type = type;
            this.prefix = prefix;
        }
    }

    private final Map<Kind, Integer> registers = new EnumMap<>(Kind.class);
    private final StringBuilder declarations = new StringBuilder();
    private final StringBuilder body = new StringBuilder();
    private int parameters;
    private int labels;
    private String limits = "";

    String fresh(Kind kind) {
        return "%" + kind.prefix + registers.merge(kind, 1, Integer::sum);
    }

    /** Writes an instruction whose result, the first {@code %s}, is a new register. */
    String emit(Kind kind, String format, Object... operands) {
        String result = fresh(kind);
        Object[] all = new Object[operands.length + 1];
        all[0] = result;
        System.arraycopy(operands, 0, all, 1, operands.length);
        line(format, all);
        return result;
    }

    void line(String format, Object... operands) {
        body.append('\t').append(String.format(Locale.ROOT, format, operands)).append(";\n");
    }

    /** Writes instructions that are whole lines already. */
    void lines(String instructions) {
        body.append(instructions);
    }

    String label() {
        return "L" + labels++;
    }

    void place(String label) {
        body.append(label).append(":\n");
    }

    /** The next parameter, an address. */
    String address() {
        return emit(Kind.B64, "ld.param.b64 %s, [a%s]", parameters++);
    }

    /** Memory that the threads of a block share; gives its address. */
    String shared(Held held, int length) {
        String name = "shared" + declarations.length();
        declarations
                .append("\t.shared .align 8 .")
                .append(held.type())
                .append(' ')
                .append(name)
                .append('[')
                .append(length)
                .append("];\n");
        return emit(Kind.B64, "mov.u64 %s, %s", name);
    }

    /** States how many threads a block has, and how many blocks are to fit a multiprocessor, for which registers are kept few. */
    void limits(int threads, int blocks) {
        limits = ".maxntid " + threads + ", 1, 1\n.minnctapersm " + blocks + "\n";
    }

    String inBlock() {
        return emit(Kind.B32, "mov.u32 %s, %%tid.x");
    }

    String block() {
        return emit(Kind.B32, "mov.u32 %s, %%ctaid.x");
    }

    /** The number of the thread among all, below a size; others end here. */
    String index(long size) {
        String threads = emit(Kind.B32, "mov.u32 %s, %%ntid.x");
        if (isWide(size + (1 << 10))) {
            String own = emit(Kind.B64, "cvt.u64.u32 %s, %s", inBlock());
            String index = emit(Kind.B64, "mad.wide.u32 %s, %s, %s, %s", block(), threads, own);
            line("@%s ret", emit(Kind.PREDICATE, "setp.ge.u64 %s, %s, %s", index, size));
            return index;
        }
        String index = emit(Kind.B32, "mad.lo.u32 %s, %s, %s, %s", block(), threads, inBlock());
        line("@%s ret", emit(Kind.PREDICATE, "setp.ge.u32 %s, %s, %s", index, size));
        return index;
    }

    /** Whether a number of elements takes more than 31 bits. */
    static boolean isWide(long size) {
        return size > Integer.MAX_VALUE;
    }

    static boolean isWide(String register) {
        return register.startsWith("%" + Kind.B64.prefix);
    }

    /** The quotient and the rest of an index by a number. */
    String[] divided(String index, long divisor) {
        String type = isWide(index) ? "u64" : "u32";
        Kind kind = isWide(index) ? Kind.B64 : Kind.B32;
        String quotient = emit(kind, "div." + type + " %s, %s, %s", index, divisor);
        String product = emit(kind, "mul.lo." + type + " %s, %s, %s", quotient, divisor);
        return new String[] {quotient, emit(kind, "sub." + type + " %s, %s, %s", index, product)};
    }

    /** Where an element lies, given the address of the first. */
    String element(String address, String place, Held held) {
        return isWide(place)
                ? emit(Kind.B64, "mad.lo.u64 %s, %s, %s, %s", place, held.bytes(), address)
                : emit(Kind.B64, "mad.wide.u32 %s, %s, %s, %s", place, held.bytes(), address);
    }

    /** The whole, but for its name. */
    String text() {
        String parameterList = IntStream.range(0, parameters)
                .mapToObj(number -> "\t.param .b64 a" + number)
                .collect(Collectors.joining(",\n"));
        String registerList = registers.entrySet().stream()
                .map(entry -> "\t.reg ." + entry.getKey().type + " %" + entry.getKey().prefix + "<"
                        + (entry.getValue() + 1) + ">;\n")
                .collect(Collectors.joining());
        return "(\n" + parameterList + "\n)\n" + limits + "{\n" + registerList + declarations + body + "\tret;\n}\n";
    }
}
