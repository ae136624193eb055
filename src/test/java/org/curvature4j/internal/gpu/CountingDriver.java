package org.curvature4j.internal.gpu;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.curvature4j.internal.gpu.driver.Attribute;
import org.curvature4j.internal.gpu.driver.Driver;
import org.curvature4j.internal.gpu.driver.DriverException;

/** A driver that computes nothing: it notes its calls, knows what is alive, and fails where it is told to. */
final class CountingDriver implements InvocationHandler {
    private static final Map<String, String> MAKERS = Map.of(
            "allocate", "free",
            "allocateHost", "freeHost",
            "createStream", "destroyStream",
            "loadModule", "unloadModule");

    final List<String> calls = new ArrayList<>();
    final Set<String> alive = new TreeSet<>();
    final Map<String, Integer> failures = new HashMap<>();
    int devices = 1;
    /** Whether what is queued isn't done. */
    boolean running;

    private long last = 1000;

    Driver driver() {
        return (Driver)
                Proxy.newProxyInstance(CountingDriver.class.getClassLoader(), new Class<?>[] {Driver.class}, this);
    }

    long count(String call) {
        return calls.stream().filter(call::equals).count();
    }

    @Override
    public synchronized Object invoke(Object proxy, Method method, Object[] arguments) {
        String name = method.getName();
        calls.add(name);
        Integer code = failures.get(name);
        if (code != null) {
            throw new DriverException(name, code, "as told");
        }
        return switch (name) {
            case "version" -> 12040;
            case "deviceCount" -> devices;
            case "deviceName" -> "Counted";
            case "attribute" -> arguments[0] instanceof Integer ? figure((Attribute) arguments[1]) : 7;
            case "totalMemory", "freeMemory" -> 1L << 30;
            case "assemble" -> ("code of " + arguments[0]).getBytes(StandardCharsets.UTF_8);
            case "function" -> 5L;
            case "isDone" -> !running;
            case "retainContext" -> made("context", 77L);
            case "releaseContext" -> gone("context", 77L);
            default ->
                MAKERS.containsKey(name)
                        ? made(MAKERS.get(name), ++last)
                        : MAKERS.containsValue(name) ? gone(name, (long) arguments[0]) : null;
        };
    }

    private static int figure(Attribute attribute) {
        return switch (attribute) {
            case CAPABILITY_MAJOR -> 9;
            case CLOCK_KILOHERTZ -> 1_980_000;
            case MULTIPROCESSORS -> 132;
            case MEMORY_CLOCK_KILOHERTZ -> 2_619_000;
            case MEMORY_BUS_BITS -> 5120;
            default -> 0;
        };
    }

    private long made(String kind, long handle) {
        alive.add(kind + handle);
        return handle;
    }

    private Object gone(String kind, long handle) {
        if (!alive.remove(kind + handle)) {
            throw new AssertionError(kind + " of what isn't alive: " + handle);
        }
        return 0;
    }
}
