package org.curvature4j.internal.engine.code;

import org.codehaus.commons.compiler.CompileException;
import org.codehaus.commons.compiler.InternalCompilerException;
import org.codehaus.janino.ClassBodyEvaluator;

/** The one place that calls the Java compiler, whose classes take a tenth of a second to load: only what generates code does. */
public final class GeneratedClass {
    private GeneratedClass() {}

    /**
     * Compiles the body of a class and makes its one instance.
     *
     * @param type what it implements
     * @param body methods in Java
     * @throws Unsuitable if the code is beyond a limit of Java's
     */
    public static <T> T instance(Class<T> type, String body) {
        ClassBodyEvaluator compiler = new ClassBodyEvaluator();
        compiler.setParentClassLoader(type.getClassLoader());
        compiler.setImplementedInterfaces(new Class<?>[] {type});
        compiler.setClassName(type.getPackageName() + ".Generated" + type.getSimpleName());
        try {
            compiler.cook(body);
            return type.cast(compiler.getClazz().getConstructor().newInstance());
        } catch (InternalCompilerException e) {
            throw new Unsuitable("its code is beyond a limit of Java classes: " + e.getMessage());
        } catch (CompileException | ReflectiveOperationException e) {
            throw new IllegalStateException("generated code: it doesn't compile: " + e.getMessage(), e);
        }
    }
}
