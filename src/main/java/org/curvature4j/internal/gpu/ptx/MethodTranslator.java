package org.curvature4j.internal.gpu.ptx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Makes the code of one method, where it is called or as a function of its own, from its first instruction to its last. */
final class MethodTranslator {
    private final PtxModule module;
    private final Body body;
    private final MethodCode code;
    private final Frame frame;
    private final Operations operations;
    private final Set<Label> targets;
    private final Map<Label, String> labels = new HashMap<>();
    private final boolean called;
    private final String end;
    private @Nullable Operand result;
    private boolean ended;
    private boolean reachable = true;

    /**
     * @param arguments one for each parameter
     * @param called whether a caller goes on when this ends, in the same text; else the text ends
     */
    MethodTranslator(PtxModule module, Body body, MethodCode code, List<Operand> arguments, boolean called) {
        this.module = module;
        this.body = body;
        this.code = code;
        this.frame = new Frame(body, code, arguments);
        this.operations = new Operations(body, code, frame);
        this.targets = code.targets();
        this.called = called;
        this.end = called ? body.label() : "";
    }

    /** Gives the result, null where there is none. */
    @Nullable
    Operand translate() {
        List<Instruction> all = code.instructions();
        for (int i = 0; i < all.size(); i++) {
            Instruction instruction = all.get(i);
            if (instruction instanceof Instruction.Mark mark) {
                mark(mark.label());
            } else if (reachable && instruction instanceof Instruction.Plain plain) {
                if (isComparison(plain.opcode()) && all.get(i + 1) instanceof Instruction.Jump jump) {
                    compare(plain.opcode(), jump);
                    i++;
                } else if (plain.opcode() >= Opcodes.IRETURN && plain.opcode() <= Opcodes.RETURN) {
                    leave(plain.opcode() == Opcodes.RETURN, i == all.size() - 1);
                } else {
                    operations.add(plain.opcode());
                }
            } else if (reachable) {
                translate(instruction);
            }
        }
        if (ended) {
            body.mark(end);
        }
        return result;
    }

    private static boolean isComparison(int opcode) {
        return opcode >= Opcodes.LCMP && opcode <= Opcodes.DCMPG;
    }

    private void mark(Label label) {
        if (targets.contains(label) && (reachable || frame.isExpected(label))) {
            if (reachable) {
                frame.arrange(label);
            }
            body.mark(name(label));
            frame.enter(label);
            reachable = true;
        }
    }

    private String name(Label label) {
        return labels.computeIfAbsent(label, any -> body.label());
    }

    private void translate(Instruction instruction) {
        if (instruction instanceof Instruction.Load load) {
            frame.load(load.kind(), load.slot());
        } else if (instruction instanceof Instruction.Store store) {
            frame.store(store.slot(), frame.pop());
        } else if (instruction instanceof Instruction.Increment increment) {
            frame.increment(increment.slot(), increment.by());
        } else if (instruction instanceof Instruction.Constant constant) {
            frame.push(Operand.literal(constant.value()));
        } else if (instruction instanceof Instruction.Jump jump) {
            jump(jump);
        } else if (instruction instanceof Instruction.Switch choice) {
            choose(choice);
        } else if (instruction instanceof Instruction.Field field) {
            frame.push(module.constants().value(body, code, field));
        } else if (instruction instanceof Instruction.NewArray array) {
            frame.push(new Calls(module, body, code).zeros(array.element(), frame.pop()));
        } else if (instruction instanceof Instruction.Call call) {
            List<Operand> arguments = frame.pop(code.parameters(call.method()).size());
            Operand value = new Calls(module, body, code).call(call.method(), arguments);
            if (value != null) {
                frame.push(value);
            }
        } else if (instruction instanceof Instruction.Foreign foreign) {
            throw code.refused("numbers and arrays of numbers", foreign.words());
        }
    }

    /** Comparing and jumping at once; a comparison that isn't one of numbers counts as 1 or -1, as its name says. */
    private void compare(int opcode, Instruction.Jump jump) {
        String condition = Known.condition(code, jump, Opcodes.IFEQ);
        List<Operand> operands = frame.pop(2);
        boolean greater = opcode == Opcodes.FCMPG || opcode == Opcodes.DCMPG;
        boolean unordered = opcode != Opcodes.LCMP
                && (greater ? List.of("ne", "ge", "gt") : List.of("ne", "lt", "le")).contains(condition);
        branch(condition + (unordered ? "u" : ""), operands.get(0), operands.get(1), jump.label());
    }

    private void jump(Instruction.Jump jump) {
        if (jump.opcode() == Opcodes.GOTO) {
            frame.arrange(jump.label());
            body.add("bra %s", name(jump.label()));
            reachable = false;
            return;
        }
        boolean pair = jump.opcode() >= Opcodes.IF_ICMPEQ;
        String condition = Known.condition(code, jump, pair ? Opcodes.IF_ICMPEQ : Opcodes.IFEQ);
        Operand right = pair ? frame.pop() : Operand.of(0);
        branch(condition, frame.pop(), right, jump.label());
    }

    private void branch(String condition, Operand left, Operand right, Label label) {
        if (left.isKnownInt() && right.isKnownInt()) {
            if (Known.holds(condition, left.value(), right.value())) {
                jump(new Instruction.Jump(Opcodes.GOTO, label));
            }
            return;
        }
        String predicate = body.predicate();
        body.add("setp.%s.%s %s, %s, %s", condition, left.kind().number(), predicate, left.text(), right.text());
        frame.arrange(label);
        body.add("@%s bra %s", predicate, name(label));
    }

    private void choose(Instruction.Switch choice) {
        Operand value = frame.pop();
        for (int i = 0; i < choice.keys().size() && reachable; i++) {
            branch(
                    "eq",
                    value,
                    Operand.of(choice.keys().get(i)),
                    choice.labels().get(i));
        }
        if (reachable) {
            jump(new Instruction.Jump(Opcodes.GOTO, choice.otherwise()));
        }
    }

    /** The last of several results joins the others in one register; a single one stays what it is. */
    private void leave(boolean empty, boolean last) {
        Operand value = empty ? null : frame.pop();
        if (value != null && (result != null || !last)) {
            if (result == null) {
                result = Operand.of(value.kind(), body.register(value.kind()));
            }
            body.add(
                    "mov.%s %s, %s",
                    value.kind().bits(), result.text(), body.generic(value).text());
        } else {
            result = value;
        }
        if (!called) {
            if (result != null) {
                body.add("mov.%s %%result, %s", result.kind().bits(), result.text());
            }
            body.add("ret");
        } else if (!last) {
            ended = true;
            body.add("bra %s", end);
        }
        reachable = false;
    }
}
