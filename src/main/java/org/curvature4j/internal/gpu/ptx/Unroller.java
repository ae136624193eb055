package org.curvature4j.internal.gpu.ptx;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * Makes the code of a method as it runs, instruction after instruction without a jump: every loop and every condition has to
 * depend on ints alone that are known when compiling. What a variable holds is known at any time too, so that arrays are
 * registers, one for each element. Methods that are given such arrays are unrolled in their turn; others, which may branch
 * as they like, are translated as ever.
 */
final class Unroller {
    private final PtxModule module;
    private final Body body;
    private final MethodCode code;
    /** The elements of arrays in registers, by the array's text. */
    private final Map<String, Operand[]> arrays;

    private final Map<Integer, Operand> variables = new HashMap<>();
    private final Map<Label, Integer> places = new HashMap<>();
    private final Frame frame;
    private final Operations operations;

    Unroller(PtxModule module, Body body, MethodCode code, List<Operand> arguments, Map<String, Operand[]> arrays) {
        this.module = module;
        this.body = body;
        this.code = code;
        this.arrays = arrays;
        this.frame = new Frame(body, code, List.of());
        this.operations = new Operations(body, code, frame);
        int slot = 0;
        for (Operand argument : arguments) {
            variables.put(slot, argument);
            slot += argument.kind().slots();
        }
        for (int i = 0; i < code.instructions().size(); i++) {
            if (code.instructions().get(i) instanceof Instruction.Mark mark) {
                places.put(mark.label(), i);
            }
        }
    }

    /** Gives the result, null where there is none. */
    @Nullable
    Operand translate() {
        int at = 0;
        while (true) {
            Instruction instruction = code.instructions().get(at);
            at++;
            if (instruction instanceof Instruction.Plain plain) {
                if (plain.opcode() == Opcodes.RETURN) {
                    return null;
                } else if (plain.opcode() >= Opcodes.IRETURN && plain.opcode() < Opcodes.RETURN) {
                    return frame.pop();
                }
                plain(plain.opcode());
            } else if (instruction instanceof Instruction.Jump jump) {
                at = jumps(jump) ? Objects.requireNonNull(places.get(jump.label())) : at;
            } else {
                translate(instruction);
            }
        }
    }

    private void translate(Instruction instruction) {
        if (instruction instanceof Instruction.Load load) {
            frame.push(Objects.requireNonNull(variables.get(load.slot())));
        } else if (instruction instanceof Instruction.Store store) {
            variables.put(store.slot(), frame.pop());
        } else if (instruction instanceof Instruction.Increment increment) {
            frame.push(Objects.requireNonNull(variables.get(increment.slot())));
            frame.push(Operand.of(increment.by()));
            operations.add(Opcodes.IADD);
            variables.put(increment.slot(), frame.pop());
        } else if (instruction instanceof Instruction.Constant constant) {
            frame.push(Operand.literal(constant.value()));
        } else if (instruction instanceof Instruction.Field field) {
            frame.push(module.constants().value(body, code, field));
        } else if (instruction instanceof Instruction.NewArray array) {
            frame.push(zeros(array.element(), frame.pop()));
        } else if (instruction instanceof Instruction.Call call) {
            call(call.method());
        } else if (!(instruction instanceof Instruction.Mark)) {
            throw code.refused("loops and conditions to be unrolled", instruction.toString());
        }
    }

    private void plain(int opcode) {
        if (opcode >= Opcodes.IALOAD && opcode <= Opcodes.DALOAD) {
            List<Operand> operands = frame.pop(2);
            Operand @Nullable [] elements = arrays.get(operands.get(0).text());
            if (elements != null) {
                frame.push(elements[known(operands.get(1))]);
                return;
            }
            operands.forEach(frame::push);
        } else if (opcode >= Opcodes.IASTORE && opcode <= Opcodes.DASTORE) {
            List<Operand> operands = frame.pop(3);
            Operand @Nullable [] elements = arrays.get(operands.get(0).text());
            if (elements != null) {
                elements[known(operands.get(1))] = operands.get(2);
                return;
            }
            operands.forEach(frame::push);
        }
        operations.add(opcode);
    }

    private boolean jumps(Instruction.Jump jump) {
        if (jump.opcode() == Opcodes.GOTO) {
            return true;
        }
        boolean pair = jump.opcode() >= Opcodes.IF_ICMPEQ;
        int right = pair ? known(frame.pop()) : 0;
        int left = known(frame.pop());
        return Known.holds(Known.condition(code, jump, pair ? Opcodes.IF_ICMPEQ : Opcodes.IFEQ), left, right);
    }

    private int known(Operand operand) {
        if (!operand.isKnownInt()) {
            throw code.refused("indices and conditions that are known when compiling", "one that depends on data");
        }
        return operand.value();
    }

    private Operand zeros(Kind element, Operand length) {
        Operand array = Operand.array("%registers" + arrays.size(), Operand.Space.GENERIC, known(length));
        Operand zero = Operand.literal(
                switch (element) {
                    case INT -> 0;
                    case LONG -> 0L;
                    case FLOAT -> 0f;
                    default -> 0.0;
                });
        Operand[] elements = new Operand[array.length()];
        Arrays.fill(elements, zero);
        arrays.put(array.text(), elements);
        return array;
    }

    private void call(MethodReference method) {
        List<Operand> arguments = frame.pop(code.parameters(method).size());
        boolean unrolled = arguments.stream().anyMatch(argument -> arrays.containsKey(argument.text()));
        Operand value = unrolled
                ? module.unroll(body, module.code(code, method), arguments, arrays)
                : new Calls(module, body, code).call(method, arguments);
        if (value != null) {
            frame.push(value);
        }
    }
}
