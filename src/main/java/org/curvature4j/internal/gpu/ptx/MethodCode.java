package org.curvature4j.internal.gpu.ptx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** A method's instructions, read from its class file. */
record MethodCode(Class<?> owner, MethodReference method, List<Instruction> instructions) {

    /**
     * Reads a static method.
     *
     * @param descriptor which of several of that name, or null for the only one
     * @throws IllegalArgumentException if there isn't exactly one
     */
    static MethodCode of(Class<?> owner, String name, @Nullable String descriptor) {
        List<MethodCode> found = new ArrayList<>();
        String file = owner.getName().substring(owner.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream bytes = owner.getResourceAsStream(file)) {
            if (bytes == null) {
                throw new IllegalArgumentException(
                        "kernel " + owner.getName() + ": expected a class that was loaded from a file");
            }
            new ClassReader(bytes)
                    .accept(
                            new Finder(owner, name, descriptor, found),
                            ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (found.size() != 1) {
            throw new IllegalArgumentException("kernel " + owner.getSimpleName() + "." + name
                    + ": expected one static method of that name, got " + found.size());
        }
        return found.get(0);
    }

    IllegalArgumentException refused(String expected, String got) {
        return new IllegalArgumentException("kernel " + method + ": expected " + expected + ", got " + got);
    }

    /** Of a method that this calls, or of itself. */
    List<Kind> parameters(MethodReference method) {
        try {
            return method.parameters();
        } catch (IllegalArgumentException e) {
            throw refused("numbers and arrays of numbers", method + " with objects");
        }
    }

    /** A class that this code names. */
    Class<?> load(String name) {
        try {
            return Class.forName(name.replace('/', '.'), true, owner.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("kernel " + method + ": " + e.getMessage(), e);
        }
    }

    /** Labels that something jumps to. */
    Set<Label> targets() {
        Set<Label> targets = new HashSet<>();
        for (Instruction instruction : instructions) {
            if (instruction instanceof Instruction.Jump jump) {
                targets.add(jump.label());
            } else if (instruction instanceof Instruction.Switch choice) {
                targets.add(choice.otherwise());
                targets.addAll(choice.labels());
            }
        }
        return targets;
    }

    /**
     * The slots of variables that the code gives a value.
     *
     * @param once only those that it does in one place
     */
    Set<Integer> stored(boolean once) {
        Set<Integer> first = new HashSet<>();
        Set<Integer> again = new HashSet<>();
        for (Instruction instruction : instructions) {
            int slot = instruction instanceof Instruction.Store store
                    ? store.slot()
                    : instruction instanceof Instruction.Increment increment ? increment.slot() : -1;
            if (slot >= 0 && !first.add(slot)) {
                again.add(slot);
            }
        }
        if (once) {
            first.removeAll(again);
        }
        return first;
    }

    private static final class Finder extends ClassVisitor {
        private final Class<?> owner;
        private final String name;
        private final @Nullable String descriptor;
        private final List<MethodCode> found;

        Finder(Class<?> owner, String name, @Nullable String descriptor, List<MethodCode> found) {
            super(Opcodes.ASM9);
            this.owner = owner;
            this.name = name;
            this.descriptor = descriptor;
            this.found = found;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            boolean wanted = name.equals(this.name)
                    && (this.descriptor == null || descriptor.equals(this.descriptor))
                    && (access & Opcodes.ACC_STATIC) != 0
                    && (access & (Opcodes.ACC_NATIVE | Opcodes.ACC_SYNTHETIC)) == 0;
            if (!wanted) {
                return null;
            }
            List<Instruction> instructions = new ArrayList<>();
            MethodReference method = new MethodReference(Type.getInternalName(owner), name, descriptor);
            found.add(new MethodCode(owner, method, instructions));
            return new InstructionReader(instructions);
        }
    }
}
