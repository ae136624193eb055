package org.curvature4j.internal.gpu.interpreter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.curvature4j.internal.gpu.interpreter.Operand.Kind;
import org.curvature4j.internal.gpu.interpreter.Scope.Register;

/** Finds the registers that a statement's operands are and checks their types. */
final class Operands {
    private static final Set<String> SPECIALS = Set.of(
            "%tid.x",
            "%tid.y",
            "%tid.z",
            "%ntid.x",
            "%ntid.y",
            "%ntid.z",
            "%ctaid.x",
            "%ctaid.y",
            "%ctaid.z",
            "%nctaid.x",
            "%nctaid.y",
            "%nctaid.z",
            "%laneid");

    private final Routine routine;
    private final Statement statement;
    /** Registers of the routine that hold what the device knows of a thread. */
    private final Map<Integer, String> specials;

    private final Map<String, Integer> numbers;
    /** Numbers of the registers and parameters that the statement reads and writes. */
    final List<Integer> reads = new ArrayList<>();

    final List<Integer> writes = new ArrayList<>();

    Operands(Routine routine, Statement statement, Map<Integer, String> specials) {
        this.routine = routine;
        this.statement = statement;
        this.specials = specials;
        this.numbers = new HashMap<>();
        specials.forEach((number, name) -> numbers.put(name, number));
    }

    void count(int expected) {
        if (statement.operands().size() != expected) {
            throw Fault.invalid("expected " + expected + " operands, got "
                    + statement.operands().size());
        }
    }

    Operand get(int index) {
        if (index >= statement.operands().size()) {
            throw Fault.invalid("expected more operands");
        }
        return statement.operands().get(index);
    }

    /** The register that an instruction of this type reads. */
    int in(int index, Type type) {
        return in(get(index), type);
    }

    int in(Operand operand, Type type) {
        if (operand.kind() == Kind.NUMBER) {
            return routine.constant(Literals.bits(operand.word(), operand.negated(), type));
        }
        int number = typed(operand, type).number();
        reads.add(number);
        return number;
    }

    /** The register that a load, a store or a conversion reads, which may be wider. */
    int inWide(Operand operand, Type type) {
        if (operand.kind() == Kind.NUMBER) {
            return in(operand, type);
        }
        Register register = wide(operand, type);
        reads.add(register.number());
        return register.number();
    }

    int out(int index, Type type) {
        return out(get(index), type);
    }

    int out(Operand operand, Type type) {
        int number = typed(written(operand), type).number();
        writes.add(number);
        return number;
    }

    Register outWide(Operand operand, Type type) {
        Register register = wide(written(operand), type);
        writes.add(register.number());
        return register;
    }

    private Register typed(Operand operand, Type type) {
        Register register = register(operand);
        if (!register.type().fits(type)) {
            throw mismatch(operand, register, type);
        }
        return register;
    }

    private Register wide(Operand operand, Type type) {
        Register register = register(operand);
        if (!register.type().holds(type)) {
            throw mismatch(operand, register, type);
        }
        return register;
    }

    private static Operand written(Operand operand) {
        if (operand.kind() != Kind.NAME) {
            throw Fault.invalid("expected a register to write, got " + operand.word());
        }
        return operand;
    }

    private static Fault mismatch(Operand operand, Register register, Type type) {
        return Fault.invalid("register " + operand.word() + " is ."
                + register.type().spelled() + ", which an instruction of ." + type.spelled() + " does not take");
    }

    private Register register(Operand operand) {
        if (operand.kind() != Kind.NAME || operand.negated() || operand.offset() != 0) {
            throw Fault.invalid("expected a register, got " + operand.word());
        }
        Object found = statement.scope().find(operand.word());
        if (!(found instanceof Register register) || register.parameter()) {
            throw Fault.invalid("register " + operand.word() + " is not declared");
        }
        return register;
    }

    /** The parameter of this name, which the statement reads or writes. */
    Register parameter(String name, boolean write) {
        Object found = statement.scope().find(name);
        if (!(found instanceof Register register) || !register.parameter()) {
            throw Fault.invalid("parameter " + name + " is not declared");
        }
        (write ? writes : reads).add(register.number());
        return register;
    }

    /** The register that a call gives to a function or takes from it, whose parameter has this type. */
    int passed(Operand operand, Type type, boolean write) {
        Object found = statement.scope().find(operand.word());
        if (!(found instanceof Register register) || !register.parameter()) {
            return write ? out(operand, type) : in(operand, type);
        }
        if (!register.type().fits(type)) {
            throw mismatch(operand, register, type);
        }
        return parameter(operand.word(), write).number();
    }

    static boolean isSpecial(Operand operand) {
        return operand.kind() == Kind.NAME && SPECIALS.contains(operand.word());
    }

    /** The register that holds what the device knows of a thread. */
    int special(String name) {
        return numbers.computeIfAbsent(name, n -> {
            int number = routine.register(Type.U32, false).number();
            specials.put(number, n);
            return number;
        });
    }

    List<Operand> list(int index) {
        Operand operand = get(index);
        if (operand.kind() != Kind.LIST) {
            throw Fault.invalid("expected a list in parentheses or braces, got " + operand.word());
        }
        return operand.parts();
    }
}
