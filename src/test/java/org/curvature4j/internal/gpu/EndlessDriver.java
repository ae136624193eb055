package org.curvature4j.internal.gpu;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.curvature4j.internal.gpu.driver.Driver;

/** A driver of which a launch never ends, and nothing that comes behind it in its stream; knows what was taken from under it. */
public final class EndlessDriver {
    private static final Set<String> GIVE_BACK =
            Set.of("free", "freeHost", "destroyStream", "unloadModule", "releaseContext");

    private final Driver driver;
    private final AtomicInteger launches = new AtomicInteger();
    private final Map<Object, Boolean> stuck = new ConcurrentHashMap<>();
    private final List<String> afterwards = new CopyOnWriteArrayList<>();

    /** @param last the launch that never ends, counted from 1 */
    public EndlessDriver(Driver inner, int last) {
        driver = (Driver) Proxy.newProxyInstance(
                EndlessDriver.class.getClassLoader(), new Class<?>[] {Driver.class}, (proxy, method, arguments) -> {
                    String name = method.getName();
                    if (GIVE_BACK.contains(name) && !stuck.isEmpty()) {
                        afterwards.add(name);
                    } else if (name.equals("launch") && launches.incrementAndGet() == last) {
                        stuck.put(arguments[5], true);
                    } else if (name.equals("isDone") && stuck.containsKey(arguments[0])) {
                        return false;
                    }
                    try {
                        return method.invoke(inner, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    public Driver driver() {
        return driver;
    }

    /** Whether it came to that launch. */
    public boolean isStuck() {
        return !stuck.isEmpty();
    }

    /** Calls by which something was given back although it still ran. */
    public List<String> takenFromUnderIt() {
        return Collections.unmodifiableList(afterwards);
    }
}
