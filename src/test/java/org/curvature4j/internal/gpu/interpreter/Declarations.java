package org.curvature4j.internal.gpu.interpreter;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.curvature4j.internal.gpu.interpreter.Scope.Global;
import org.curvature4j.internal.gpu.interpreter.Scope.Register;
import org.curvature4j.internal.gpu.interpreter.Scope.Variable;
import org.jspecify.annotations.Nullable;

/** Reads what declares registers, parameters and memory. */
final class Declarations {
    private final Source source;
    private final Module module;

    Declarations(Source source, Module module) {
        this.source = source;
        this.module = module;
    }

    /** {@code (.param .b64 name, ...)}, or with {@code .reg}. */
    void parameters(Scope scope, Routine routine, List<Register> into) {
        source.expect("(");
        while (!source.accept(")")) {
            boolean place = !source.accept(".reg");
            if (place) {
                source.expect(".param");
            } else if (routine.entry) {
                throw Fault.invalid("parameters of an entry are .param");
            }
            Register register = routine.register(nextType(), place);
            scope.declare(source.next(), register);
            into.add(register);
            if (!source.peek().equals(")")) {
                source.expect(",");
            }
        }
    }

    private Type nextType() {
        return Type.of(source.next().substring(1));
    }

    /** A declaration with its semicolon, at the top or within a routine. */
    void memory(Scope scope, @Nullable Routine routine) {
        String directive = source.next();
        int align = source.accept(".align") ? source.nextInt() : 0;
        Type type = nextType();
        do {
            String name = source.next();
            if (directive.equals(".reg")) {
                registers(scope, inside(routine, directive), type, name);
            } else if (directive.equals(".param")) {
                scope.declare(name, inside(routine, directive).register(type, true));
            } else {
                array(scope, routine, directive, type, Math.max(align, type.bytes), name);
            }
        } while (source.accept(","));
        source.expect(";");
    }

    private static Routine inside(@Nullable Routine routine, String directive) {
        if (routine == null) {
            throw Fault.invalid(directive + " stands outside of a function");
        }
        return routine;
    }

    private void registers(Scope scope, Routine routine, Type type, String name) {
        if (type.bytes == 1) {
            throw Fault.invalid("a register has 16 bits at least");
        }
        if (!source.accept("<")) {
            scope.declare(name, routine.register(type, false));
            return;
        }
        int count = source.nextInt();
        source.expect(">");
        for (int i = 0; i < count; i++) {
            scope.declare(name + i, routine.register(type, false));
        }
    }

    private void array(Scope scope, @Nullable Routine routine, String directive, Type type, int align, String name) {
        int count = 1;
        boolean open = false;
        while (source.accept("[")) {
            open = source.accept("]");
            if (!open) {
                count = Math.multiplyExact(count, source.nextInt());
                source.expect("]");
            }
        }
        int bytes = Math.multiplyExact(count, type.bytes);
        byte[] initial = new byte[bytes];
        if (source.accept("=")) {
            initialise(ByteBuffer.wrap(initial).order(ByteOrder.LITTLE_ENDIAN), type);
        }
        switch (directive) {
            case ".global" -> {
                Global global = new Global(initial);
                module.globals.add(global);
                scope.declare(name, global);
            }
            case ".const" -> scope.declare(name, new Variable(Space.CONST, module.addConstants(initial, align)));
            case ".shared" ->
                scope.declare(name, new Variable(Space.SHARED, module.reserveShared(open ? 0 : bytes, align)));
            case ".local" ->
                scope.declare(
                        name,
                        new Variable(Space.LOCAL, inside(routine, directive).reserveLocal(bytes, align)));
            default -> throw Fault.invalid("directive " + directive + " is not known");
        }
    }

    private void initialise(ByteBuffer into, Type type) {
        if (!source.accept("{")) {
            put(into, type);
            return;
        }
        while (!source.accept("}")) {
            put(into, type);
            if (!source.peek().equals("}")) {
                source.expect(",");
            }
        }
    }

    private void put(ByteBuffer into, Type type) {
        boolean minus = source.accept("-");
        long bits = Literals.bits(source.next(), minus, type);
        if (into.remaining() < type.bytes) {
            throw Fault.invalid("more values than the array has places");
        }
        switch (type.bytes) {
            case 1 -> into.put((byte) bits);
            case 2 -> into.putShort((short) bits);
            case 4 -> into.putInt((int) bits);
            default -> into.putLong(bits);
        }
    }
}
