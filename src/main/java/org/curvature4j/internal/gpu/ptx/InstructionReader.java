package org.curvature4j.internal.gpu.ptx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Lists a method's instructions; what can't be translated is listed too, in words, and refused where it is reached. */
final class InstructionReader extends MethodVisitor {
    private final List<Instruction> instructions;

    InstructionReader(List<Instruction> instructions) {
        super(Opcodes.ASM9);
        this.instructions = instructions;
    }

    @Override
    public void visitInsn(int opcode) {
        instructions.add(
                switch (opcode) {
                    case Opcodes.ICONST_M1,
                            Opcodes.ICONST_0,
                            Opcodes.ICONST_1,
                            Opcodes.ICONST_2,
                            Opcodes.ICONST_3,
                            Opcodes.ICONST_4,
                            Opcodes.ICONST_5 -> new Instruction.Constant(opcode - Opcodes.ICONST_0);
                    case Opcodes.LCONST_0, Opcodes.LCONST_1 ->
                        new Instruction.Constant((long) (opcode - Opcodes.LCONST_0));
                    case Opcodes.FCONST_0, Opcodes.FCONST_1, Opcodes.FCONST_2 ->
                        new Instruction.Constant((float) (opcode - Opcodes.FCONST_0));
                    case Opcodes.DCONST_0, Opcodes.DCONST_1 ->
                        new Instruction.Constant((double) (opcode - Opcodes.DCONST_0));
                    default -> new Instruction.Plain(opcode);
                });
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        if (opcode != Opcodes.NEWARRAY) {
            instructions.add(new Instruction.Constant(operand));
            return;
        }
        instructions.add(
                switch (operand) {
                    case Opcodes.T_INT -> new Instruction.NewArray(Kind.INT);
                    case Opcodes.T_LONG -> new Instruction.NewArray(Kind.LONG);
                    case Opcodes.T_FLOAT -> new Instruction.NewArray(Kind.FLOAT);
                    case Opcodes.T_DOUBLE -> new Instruction.NewArray(Kind.DOUBLE);
                    default -> new Instruction.Foreign("an array of booleans, bytes, chars or shorts");
                });
    }

    @Override
    public void visitVarInsn(int opcode, int slot) {
        instructions.add(
                opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE
                        ? new Instruction.Store(Kind.at(opcode - Opcodes.ISTORE), slot)
                        : new Instruction.Load(Kind.at(opcode - Opcodes.ILOAD), slot));
    }

    @Override
    public void visitIincInsn(int slot, int by) {
        instructions.add(new Instruction.Increment(slot, by));
    }

    @Override
    public void visitLdcInsn(Object value) {
        instructions.add(
                value instanceof Number number
                        ? new Instruction.Constant(number)
                        : new Instruction.Foreign("the constant \"" + value + "\""));
    }

    @Override
    public void visitLabel(Label label) {
        instructions.add(new Instruction.Mark(label));
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        instructions.add(new Instruction.Jump(opcode, label));
    }

    @Override
    public void visitTableSwitchInsn(int low, int high, Label otherwise, Label... labels) {
        List<Integer> keys = new ArrayList<>();
        for (int key = low; key <= high; key++) {
            keys.add(key);
        }
        instructions.add(new Instruction.Switch(keys, List.of(labels), otherwise));
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
        List<Integer> boxed = Arrays.stream(keys).boxed().toList();
        instructions.add(new Instruction.Switch(boxed, List.of(labels), otherwise));
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        instructions.add(
                opcode == Opcodes.GETSTATIC
                        ? new Instruction.Field(owner, name, descriptor)
                        : new Instruction.Foreign("the field " + name + " of an object, or written"));
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        MethodReference method = new MethodReference(owner, name, descriptor);
        instructions.add(
                opcode == Opcodes.INVOKESTATIC
                        ? new Instruction.Call(method)
                        : new Instruction.Foreign("a call of " + method + " of an object"));
    }

    @Override
    public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
        instructions.add(new Instruction.Foreign("a lambda or a concatenation of strings"));
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        instructions.add(new Instruction.Foreign("an object of " + type.replace('/', '.')));
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
        instructions.add(new Instruction.Foreign("an array of arrays"));
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
        instructions.add(0, new Instruction.Foreign("a handler of exceptions"));
    }
}
