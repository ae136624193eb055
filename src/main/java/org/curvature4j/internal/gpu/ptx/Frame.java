package org.curvature4j.internal.gpu.ptx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.objectweb.asm.Label;

/**
 * A method's variables and its stack while its code is made. What is stored to once in the code is the very operand that
 * is stored, a literal too; other variables have a register for each kind of value. On the stack are operands, copied
 * before a variable that they are changes.
 */
final class Frame {
    private record Slot(int number, Kind kind) {}

    private final Body body;
    private final Set<Integer> constants;
    private final Map<Slot, Operand> variables = new HashMap<>();
    private final Set<String> changing = new HashSet<>();
    private final Map<Label, List<Operand>> states = new HashMap<>();
    private List<Operand> stack = new ArrayList<>();

    Frame(Body body, MethodCode code, List<Operand> arguments) {
        this.body = body;
        this.constants = code.stored(true);
        Set<Integer> stored = code.stored(false);
        int slot = 0;
        for (Operand argument : arguments) {
            if (stored.contains(slot)) {
                constants.remove(slot);
                store(slot, argument);
            } else {
                variables.put(new Slot(slot, argument.kind()), argument);
            }
            slot += argument.kind().slots();
        }
    }

    void push(Operand operand) {
        stack.add(operand);
    }

    Operand pop() {
        return stack.remove(stack.size() - 1);
    }

    /** The topmost operands, first pushed first. */
    List<Operand> pop(int count) {
        List<Operand> top = stack.subList(stack.size() - count, stack.size());
        List<Operand> popped = List.copyOf(top);
        top.clear();
        return popped;
    }

    /** Copies so many of the JVM's words below so many others. */
    void duplicate(int words, int below) {
        int from = reach(stack.size(), words);
        stack.addAll(reach(from, below), List.copyOf(stack.subList(from, stack.size())));
    }

    void swap() {
        stack.add(stack.size() - 2, pop());
    }

    /** Forgets so many words. */
    void drop(int words) {
        stack.subList(reach(stack.size(), words), stack.size()).clear();
    }

    private int reach(int end, int words) {
        int at = end;
        for (int left = words; left > 0; left -= stack.get(at).kind().slots()) {
            at--;
        }
        return at;
    }

    void load(Kind kind, int slot) {
        push(Objects.requireNonNull(variables.get(new Slot(slot, kind))));
    }

    void store(int slot, Operand value) {
        if (constants.contains(slot)) {
            variables.put(new Slot(slot, value.kind()), changing.contains(value.text()) ? body.copy(value) : value);
            return;
        }
        Operand generic = body.generic(value);
        body.add(
                "mov.%s %s, %s",
                value.kind().bits(), variable(slot, value.kind()).text(), generic.text());
    }

    void increment(int slot, int by) {
        String register = variable(slot, Kind.INT).text();
        body.add("add.s32 %s, %s, %s", register, register, by);
    }

    /** A variable's register, about to change. */
    private Operand variable(int slot, Kind kind) {
        Operand variable =
                variables.computeIfAbsent(new Slot(slot, kind), any -> Operand.of(kind, body.register(kind)));
        changing.add(variable.text());
        stack.replaceAll(operand -> operand.text().equals(variable.text()) ? body.copy(operand) : operand);
        return variable;
    }

    /** Brings the stack to where the code at a label, which may be reached from elsewhere, expects it. */
    void arrange(Label label) {
        List<Operand> expected = states.computeIfAbsent(label, any -> stack.stream()
                .map(operand -> Operand.of(operand.kind(), body.register(operand.kind())))
                .toList());
        for (int i = 0; i < expected.size(); i++) {
            Operand to = expected.get(i);
            if (!to.text().equals(stack.get(i).text())) {
                body.add(
                        "mov.%s %s, %s",
                        to.kind().bits(), to.text(), body.generic(stack.get(i)).text());
            }
        }
    }

    /** Whether code at a label is reached from what was seen. */
    boolean isExpected(Label label) {
        return states.containsKey(label);
    }

    /** Goes on with the stack that is expected at a label. */
    void enter(Label label) {
        stack = new ArrayList<>(Objects.requireNonNull(states.get(label)));
    }
}
