package org.curvature4j.internal.gpu.ptx;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Type;

/**
 * A static method.
 *
 * @param owner the class, as the JVM writes its name, with slashes
 * @param descriptor parameters and result, as the JVM writes them
 */
record MethodReference(String owner, String name, String descriptor) {

    List<Kind> parameters() {
        List<Kind> kinds = new ArrayList<>();
        for (Type type : Type.getArgumentTypes(descriptor)) {
            kinds.add(Kind.of(type.getDescriptor().charAt(0)));
        }
        return kinds;
    }

    boolean isVoid() {
        return descriptor.endsWith("V");
    }

    /** Of the result, where there is one. */
    Kind result() {
        return Kind.of(Type.getReturnType(descriptor).getDescriptor().charAt(0));
    }

    /** For people. */
    @Override
    public String toString() {
        return owner.substring(owner.lastIndexOf('/') + 1).replace('$', '.') + "." + name;
    }
}
