package org.curvature4j.internal.gpu.ptx;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the code of calls: of what PTX has an instruction for, of the device's words, of other methods. */
final class Calls {
    /** Instructions of a method that is written out where it is called; ptxas doesn't. */
    private static final int SHORT = 150;

    private static final String THREADS = Threads.class.getName().replace('.', '/');

    private final PtxModule module;
    private final Body body;
    private final MethodCode code;

    Calls(PtxModule module, Body body, MethodCode code) {
        this.module = module;
        this.body = body;
        this.code = code;
    }

    /** Gives the result, null where there is none. */
    @Nullable
    Operand call(MethodReference method, List<Operand> arguments) {
        Words.Word word = Words.of(method);
        if (word != null) {
            return body.compute(word.result(), word.format(), arguments.toArray());
        } else if (method.owner().equals(THREADS)) {
            return device(method, arguments);
        } else if (method.owner().equals("java/lang/Math") && method.name().matches("max|min")) {
            return extremum(method.name(), arguments.get(0), arguments.get(1));
        }
        MethodCode called = module.code(code, method);
        // What is known of a method's arguments goes on being known in its code only.
        return called.instructions().size() > SHORT && arguments.stream().noneMatch(Operand::isKnownInt)
                ? function(called, arguments)
                : module.translate(body, called, arguments, true);
    }

    /** PTX's own takes the one that is a number, and knows -0 from 0 as Java does. */
    private Operand extremum(String word, Operand x, Operand y) {
        String type = x.kind().number();
        String unordered = body.predicate();
        body.add("setp.nan.%s %s, %s, %s", type, unordered, x.text(), y.text());
        Operand number = body.compute(x.kind(), word + "." + type + " %s, %s, %s", x, y);
        Operand none = Operand.literal(x.kind() == Kind.FLOAT ? (Number) Float.NaN : (Number) Double.NaN);
        return body.compute(x.kind(), "selp." + type + " %s, %s, %s, %s", none, number, unordered);
    }

    private @Nullable Operand function(MethodCode called, List<Operand> arguments) {
        String name = module.function(called);
        String given = arguments.stream()
                .map(argument -> body.generic(argument).text())
                .collect(Collectors.joining(", "));
        if (called.method().isVoid()) {
            body.add("call %s, (%s)", name, given);
            return null;
        }
        return body.compute(called.method().result(), "call (%s), %s, (%s)", name, given);
    }

    private @Nullable Operand device(MethodReference method, List<Operand> arguments) {
        return switch (method.name()) {
            case "index" ->
                body.compute(Kind.LONG, "mad.wide.u32 %s, %s, %s, %s", special("ctaid"), special("ntid"), wide("tid"));
            case "count" -> body.compute(Kind.LONG, "mul.wide.u32 %s, %s, %s", special("nctaid"), special("ntid"));
            case "block" -> wide("ctaid");
            case "inBlock" -> special("tid");
            case "blockSize" -> special("ntid");
            case "lane" -> body.compute(Kind.INT, "mov.u32 %s, %%laneid");
            case "barrier" -> {
                body.add("bar.sync 0");
                yield null;
            }
            case "shuffle" -> shuffled(arguments.get(0), arguments.get(1));
            case "shared" ->
                body.array(Operand.Space.SHARED, Kind.of(method.descriptor().charAt(4)), length(arguments.get(0)));
            case "from" ->
                from(
                        arguments.get(0),
                        arguments.get(1),
                        Kind.of(method.descriptor().charAt(2)).bytes());
            case "add" -> reduced("add.u64", arguments);
            case "lower" -> reduced("min.u64", arguments);
            default -> throw code.refused("a word of the device", method.toString());
        };
    }

    private Operand special(String name) {
        return body.compute(Kind.INT, "mov.u32 %s, %%" + name + ".x");
    }

    private Operand wide(String name) {
        return body.compute(Kind.LONG, "cvt.u64.u32 %s, %s", special(name));
    }

    /** By halves, since lanes exchange 32 bits. */
    private Operand shuffled(Operand value, Operand lane) {
        Operand low = Operand.of(Kind.INT, body.register(Kind.INT));
        Operand high = Operand.of(Kind.INT, body.register(Kind.INT));
        body.add("mov.b64 {%s, %s}, %s", low.text(), high.text(), value.text());
        String word = "shfl.sync.idx.b32 %s, %s, %s, 31, 0xffffffff";
        Operand newLow = body.compute(Kind.INT, word, low, lane);
        return body.compute(value.kind(), "mov.b64 %s, {%s, %s}", newLow, body.compute(Kind.INT, word, high, lane));
    }

    private Operand from(Operand array, Operand element, int bytes) {
        String address = body.compute(Kind.ADDRESS, "mad.lo.s64 %s, %s, %s, %s", element, bytes, array)
                .text();
        return Operand.array(address, array.space(), -1);
    }

    private @Nullable Operand reduced(String word, List<Operand> arguments) {
        Operand array = arguments.get(0);
        String place = body.place(array, arguments.get(1), Kind.LONG);
        body.add(
                "red%s.%s [%s], %s",
                array.space().suffix(), word, place, arguments.get(2).text());
        return null;
    }

    /** Memory of the thread, all zeros, each time that it is asked for. */
    Operand zeros(Kind element, Operand length) {
        Operand array = body.array(Operand.Space.LOCAL, element, length(length));
        for (int i = 0; i < array.length(); i++) {
            body.add(
                    "st.local.%s [%s], 0",
                    element == Kind.INT || element == Kind.FLOAT ? "b32" : "b64",
                    body.place(array, Operand.of(i), element));
        }
        return array;
    }

    private int length(Operand length) {
        if (!length.isKnownInt()) {
            throw code.refused("an array whose length is known when compiling", "one that depends on an argument");
        }
        return length.value();
    }
}
