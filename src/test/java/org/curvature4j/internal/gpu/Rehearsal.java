package org.curvature4j.internal.gpu;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.curvature4j.internal.gpu.driver.Attribute;
import org.curvature4j.internal.gpu.driver.Driver;
import org.curvature4j.internal.gpu.interpreter.InterpretedDriver;

/** An interpreter that looks like a data center card: what a test takes for granted of the interpreter fails with it. */
final class Rehearsal {
    private static final long BYTES = 1L << 32;

    private Rehearsal() {}

    static Driver driver() {
        Driver interpreter = new InterpretedDriver(1, BYTES);
        return (Driver) Proxy.newProxyInstance(
                Rehearsal.class.getClassLoader(), new Class<?>[] {Driver.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("deviceName")) {
                        return "NVIDIA H100 in rehearsal";
                    }
                    if (method.getName().equals("version")) {
                        return 13000;
                    }
                    if (arguments != null && arguments.length > 1 && arguments[1] instanceof Attribute attribute) {
                        int figure = figure(attribute);
                        return figure < 0 ? interpreter.attribute(0, attribute) : figure;
                    }
                    try {
                        return method.invoke(interpreter, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Negative where the interpreter's own will do. */
    private static int figure(Attribute attribute) {
        return switch (attribute) {
            case MULTIPROCESSORS -> 132;
            case CLOCK_KILOHERTZ -> 1_980_000;
            case MEMORY_CLOCK_KILOHERTZ -> 2_619_000;
            case MEMORY_BUS_BITS -> 5120;
            case INTEGRATED, CAPABILITY_MAJOR, CAPABILITY_MINOR -> -1;
        };
    }
}
