package org.curvature4j.internal.gpu.interpreter;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongBinaryOperator;
import org.curvature4j.internal.gpu.interpreter.Accesses.Place;

/** {@code atom} and {@code red}. Sums of floating-point numbers are refused: their order isn't defined. */
final class Atomics {
    private static final Set<String> ORDERS = Set.of("relaxed", "acquire", "release", "acq_rel", "cta", "gpu", "sys");

    private Atomics() {}

    static Step decode(Module module, Statement statement, Operands operands) {
        boolean returns = statement.name().equals("atom");
        List<String> words =
                new ArrayList<>(statement.opcode().subList(1, statement.opcode().size() - 1));
        words.removeIf(ORDERS::contains);
        String name = words.remove(words.size() - 1);
        Space space = Accesses.space(words);
        if (space == Space.LOCAL || space == Space.CONST) {
            throw Fault.invalid("expected global or shared memory");
        }
        Type type = statement.type();
        if (type.bytes < 4) {
            throw Fault.invalid("expected a type of 32 or 64 bits");
        }
        boolean compares = name.equals("cas");
        int first = returns ? 1 : 0;
        operands.count(first + (compares ? 3 : 2));
        Place place = Accesses.place(statement, operands, operands.get(first), space);
        int b = operands.in(first + 1, type);
        int c = compares ? operands.in(first + 2, type) : b;
        int d = returns ? operands.out(0, type) : -1;
        LongBinaryOperator operation = compares ? (x, y) -> y : operation(name, type, module);
        return (frame, lanes, n) -> {
            long[] base = place.base() < 0 ? null : frame.r[place.base()];
            Memory memory = frame.gang.memory;
            for (int k = 0; k < n; k++) {
                int i = lanes[k];
                long address = Accesses.address(frame, place, base, i);
                memory.find(space, i, address, type.bytes, Memory.Use.ATOMIC);
                // Launches on one device run one after the other: nothing comes between.
                long old = type.narrow(memory.read(type.bytes, 0));
                if (!compares) {
                    memory.write(type.bytes, 0, operation.applyAsLong(old, frame.r[b][i]));
                } else if (old == frame.r[b][i]) {
                    memory.write(type.bytes, 0, frame.r[c][i]);
                }
                if (d >= 0) {
                    frame.r[d][i] = old;
                }
            }
        };
    }

    private static LongBinaryOperator operation(String name, Type type, Module module) {
        boolean unsigned = type == Type.U64;
        boolean bits = type.isBits();
        if (type == Type.S64 && !name.equals("add")) {
            module.need(31, 32, name + ".s64");
        }
        if (bits != Set.of("exch", "and", "or", "xor").contains(name)
                || type.isFloat()
                || (type == Type.S64 && name.equals("add"))) {
            throw Fault.invalid("atomic " + name + " of ." + type.spelled() + " is not known");
        }
        return switch (name) {
            case "exch" -> (x, y) -> y;
            case "and" -> (x, y) -> x & y;
            case "or" -> (x, y) -> x | y;
            case "xor" -> (x, y) -> x ^ y;
            case "add" -> (x, y) -> x + y;
            case "min" -> (x, y) -> Integers.smaller(type.value(x), type.value(y), unsigned) ? x : y;
            case "max" -> (x, y) -> Integers.smaller(type.value(x), type.value(y), unsigned) ? y : x;
            default -> throw Fault.invalid("atomic " + name + " is not known");
        };
    }
}
