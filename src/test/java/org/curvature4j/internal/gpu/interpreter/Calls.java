package org.curvature4j.internal.gpu.interpreter;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.internal.gpu.interpreter.Operand.Kind;
import org.curvature4j.internal.gpu.interpreter.Scope.Register;

/** {@code call}: what is given and taken are registers, constants or the caller's {@code .param} places. */
final class Calls {
    private Calls() {}

    static Step decode(Module module, Statement statement, Operands operands) {
        List<String> modifiers =
                statement.opcode().subList(1, statement.opcode().size());
        if (!modifiers.isEmpty() && !modifiers.equals(List.of("uni"))) {
            throw Fault.invalid("modifiers " + modifiers + " are not known");
        }
        int at = 0;
        List<Operand> results = List.of();
        if (operands.get(0).kind() == Kind.LIST) {
            results = operands.list(at++);
        }
        String name = operands.get(at++).word();
        List<Operand> arguments = at < statement.operands().size() ? operands.list(at++) : List.of();
        operands.count(at);
        Routine routine = find(module, name);
        int[] given = numbers(operands, arguments, routine.parameters, false);
        int[] taken = numbers(operands, results, routine.results, true);
        return (frame, lanes, n) -> frame.gang.call(routine, frame, given, taken, lanes, n);
    }

    private static Routine find(Module module, String name) {
        Routine routine = module.routines.get(name);
        if (routine == null || routine.entry) {
            throw Fault.invalid("function " + name + " is not declared");
        }
        if (!routine.defined) {
            throw Fault.invalid("function " + name + " has no body");
        }
        return routine;
    }

    private static int[] numbers(Operands operands, List<Operand> places, List<Register> expected, boolean write) {
        if (places.size() != expected.size()) {
            throw Fault.invalid("expected " + expected.size() + " parameters, got " + places.size());
        }
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            numbers.add(operands.passed(places.get(i), expected.get(i).type(), write));
        }
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }
}
