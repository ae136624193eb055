package org.curvature4j.internal.gpu.ptx;

import java.util.List;
import org.objectweb.asm.Label;

/** An instruction of the JVM, as the translation reads it. */
sealed interface Instruction {

    /** One without operands of its own. */
    record Plain(int opcode) implements Instruction {}

    record Load(Kind kind, int slot) implements Instruction {}

    record Store(Kind kind, int slot) implements Instruction {}

    record Increment(int slot, int by) implements Instruction {}

    record Constant(Number value) implements Instruction {}

    record Mark(Label label) implements Instruction {}

    /** To a label, always or where a comparison holds. */
    record Jump(int opcode, Label label) implements Instruction {}

    record Switch(List<Integer> keys, List<Label> labels, Label otherwise) implements Instruction {}

    /** A static field's value. */
    record Field(String owner, String name, String descriptor) implements Instruction {}

    record NewArray(Kind element) implements Instruction {}

    record Call(MethodReference method) implements Instruction {}

    /** What can't be translated, in words. */
    record Foreign(String words) implements Instruction {}
}
