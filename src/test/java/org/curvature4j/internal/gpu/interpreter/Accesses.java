package org.curvature4j.internal.gpu.interpreter;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.curvature4j.internal.gpu.interpreter.Operand.Kind;
import org.curvature4j.internal.gpu.interpreter.Scope.Global;
import org.curvature4j.internal.gpu.interpreter.Scope.Register;
import org.curvature4j.internal.gpu.interpreter.Scope.Variable;

/** Loads, stores and conversions of addresses. */
final class Accesses {
    private static final Set<String> HINTS = Set.of("ca", "cg", "cs", "cv", "lu", "wb", "wt", "nc", "volatile");

    /** Where an access is: an address in a register or a constant one, and what is added to it. */
    record Place(int base, long offset, boolean local) {}

    private Accesses() {}

    static Step decode(Module module, Statement statement, Operands operands) {
        if (statement.name().equals("cvta")) {
            return convert(statement, operands);
        }
        boolean load = statement.name().equals("ld");
        List<String> modifiers =
                new ArrayList<>(statement.opcode().subList(1, statement.opcode().size() - 1));
        modifiers.removeIf(HINTS::contains);
        Type type = statement.type();
        operands.count(2);
        int count = 1;
        if (modifiers.remove("v2")) {
            count = 2;
        } else if (modifiers.remove("v4")) {
            count = 4;
        }
        if (modifiers.equals(List.of("param"))) {
            return parameter(statement, operands, load, type);
        }
        Space space = space(modifiers);
        if (space == Space.CONST && !load) {
            throw Fault.invalid("constants are not written");
        }
        Operand registers = operands.get(load ? 0 : 1);
        Place place = place(statement, operands, operands.get(load ? 1 : 0), space);
        List<Operand> parts = count == 1 ? List.of(registers) : operands.list(load ? 0 : 1);
        if (parts.size() != count) {
            throw Fault.invalid("expected " + count + " registers, got " + parts.size());
        }
        if (!load) {
            int[] from =
                    parts.stream().mapToInt(part -> operands.inWide(part, type)).toArray();
            return store(space, type, place, from);
        }
        List<Register> into =
                parts.stream().map(part -> operands.outWide(part, type)).toList();
        if (count == 1 && type.bytes == 8 && place.base >= 0) {
            return loadOne(space, place, into.get(0).number());
        }
        return load(space, type, place, into);
    }

    static Space space(List<String> words) {
        return switch (String.join(".", words)) {
            case "" -> Space.GENERIC;
            case "global" -> Space.GLOBAL;
            case "shared", "shared::cta" -> Space.SHARED;
            case "local" -> Space.LOCAL;
            case "const" -> Space.CONST;
            default -> throw Fault.invalid("modifiers " + words + " are not known");
        };
    }

    static Place place(Statement statement, Operands operands, Operand operand, Space space) {
        if (operand.kind() != Kind.ADDRESS) {
            throw Fault.invalid("expected an address in brackets");
        }
        Object found = statement.scope().find(operand.word());
        if (found instanceof Variable variable) {
            if (variable.space() != space) {
                throw Fault.invalid(operand.word() + " is in another state space");
            }
            return new Place(-1, variable.address() + operand.offset(), space == Space.LOCAL);
        }
        if (found instanceof Global) {
            throw Fault.invalid("expected the address of " + operand.word() + " in a register");
        }
        Operand base = new Operand(Kind.NAME, operand.word(), false, 0, List.of());
        return new Place(operands.in(base, Type.U64), operand.offset(), false);
    }

    private static Step parameter(Statement statement, Operands operands, boolean load, Type type) {
        Operand address = operands.get(load ? 1 : 0);
        if (address.kind() != Kind.ADDRESS || address.offset() != 0) {
            throw Fault.invalid("expected a parameter in brackets");
        }
        Register place = operands.parameter(address.word(), !load);
        if (place.type().bytes < type.bytes || statement.has("v2") || statement.has("v4")) {
            throw Fault.invalid("parameter is ." + place.type().spelled());
        }
        Register register = operands.outWide(operands.get(load ? 0 : 1), type);
        if (load) {
            return Loops.unary(
                    register.number(), place.number(), x -> register.type().narrow(type.value(x)));
        }
        if (place.type().bytes != type.bytes) {
            throw Fault.invalid("parameter is ." + place.type().spelled());
        }
        return Loops.unary(place.number(), register.number(), type::narrow);
    }

    private static Step load(Space space, Type type, Place place, List<Register> into) {
        return (frame, lanes, n) -> {
            long[] base = place.base < 0 ? null : frame.r[place.base];
            Memory memory = frame.gang.memory;
            for (int k = 0; k < n; k++) {
                int i = lanes[k];
                long address = address(frame, place, base, i);
                memory.find(space, i, address, type.bytes * into.size(), Memory.Use.READ);
                for (int part = 0; part < into.size(); part++) {
                    Register register = into.get(part);
                    frame.r[register.number()][i] = register.type().narrow(type.value(memory.read(type.bytes, part)));
                }
            }
        };
    }

    /** The usual load, of 8 bytes. */
    private static Step loadOne(Space space, Place place, int into) {
        return (frame, lanes, n) -> {
            long[] base = frame.r[place.base];
            long[] z = frame.r[into];
            Memory memory = frame.gang.memory;
            for (int k = 0; k < n; k++) {
                int i = lanes[k];
                memory.find(space, i, base[i] + place.offset, 8, Memory.Use.READ);
                z[i] = memory.readLong();
            }
        };
    }

    private static Step store(Space space, Type type, Place place, int[] from) {
        return (frame, lanes, n) -> {
            long[] base = place.base < 0 ? null : frame.r[place.base];
            Memory memory = frame.gang.memory;
            for (int k = 0; k < n; k++) {
                int i = lanes[k];
                long address = address(frame, place, base, i);
                memory.find(space, i, address, type.bytes * from.length, Memory.Use.WRITE);
                for (int part = 0; part < from.length; part++) {
                    memory.write(type.bytes, part, frame.r[from[part]][i]);
                }
            }
        };
    }

    static long address(Frame frame, Place place, long @org.jspecify.annotations.Nullable [] base, int lane) {
        if (base == null) {
            return place.offset + (place.local ? frame.localBase : 0);
        }
        return base[lane] + place.offset;
    }

    private static Step convert(Statement statement, Operands operands) {
        List<String> modifiers =
                new ArrayList<>(statement.opcode().subList(1, statement.opcode().size() - 1));
        boolean back = modifiers.remove("to");
        Space space = space(modifiers);
        if (space == Space.GENERIC || statement.type() != Type.U64) {
            throw Fault.invalid("expected .u64 and a state space");
        }
        operands.count(2);
        int d = operands.out(0, Type.U64);
        int a = operands.in(1, Type.U64);
        long window = space.window();
        if (!space.hasWindow()) {
            return Loops.move(d, a);
        }
        return Loops.unary(d, a, back ? x -> x - window : x -> x + window);
    }
}
