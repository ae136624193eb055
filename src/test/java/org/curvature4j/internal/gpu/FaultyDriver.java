package org.curvature4j.internal.gpu;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.curvature4j.internal.gpu.driver.Driver;
import org.curvature4j.internal.gpu.driver.DriverException;
import org.curvature4j.internal.gpu.interpreter.Codes;
import org.jspecify.annotations.Nullable;

/**
 * A driver of which a call fails. What gives something back does so before it fails, so that nothing else leaves anything
 * open.
 */
@SuppressWarnings("ThreadLocalUsage") // what is current on a thread is so for one driver
public final class FaultyDriver implements InvocationHandler {
    private static final Set<String> GIVE_BACK =
            Set.of("free", "freeHost", "destroyStream", "unloadModule", "releaseContext");

    private final Driver driver;
    private final When when;
    private final int code;
    private final List<String> calls = new ArrayList<>();
    private final int device;
    private final ThreadLocal<Integer> current = ThreadLocal.withInitial(() -> -1);
    private volatile boolean failed;
    private volatile boolean hindered;

    /** Which calls fail. */
    @FunctionalInterface
    public interface When {
        boolean fails(int number, String name);
    }

    private FaultyDriver(Driver driver, int device, When when, int code) {
        this.driver = driver;
        this.device = device;
        this.when = when;
        this.code = code;
    }

    /** One whose calls fail when told, numbered from 0, with an answer of the driver's such as 2, out of memory. */
    public static FaultyDriver of(Driver driver, When when, int code) {
        return new FaultyDriver(driver, -1, when, code);
    }

    /** One of several devices, by its number, fails, and only in calls that are about its context. */
    public static FaultyDriver ofDevice(Driver driver, int device, When when, int code) {
        return new FaultyDriver(driver, device, when, code);
    }

    /** Whether a call has failed. */
    public boolean hasFailed() {
        return failed;
    }

    /** Whether the calling thread was last about the device that fails. */
    public boolean isMeant() {
        return device < 0 || current.get() == device;
    }

    /** As a driver. */
    public Driver driver() {
        return (Driver)
                Proxy.newProxyInstance(FaultyDriver.class.getClassLoader(), new Class<?>[] {Driver.class}, this);
    }

    /** The names of the calls so far, those that failed too. */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** Whether a call failed without which something couldn't be given back. */
    public boolean hinderedGivingBack() {
        return hindered;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        String name = method.getName();
        if (method.getDeclaringClass() == Object.class) {
            return method.invoke(this, arguments);
        }
        if (name.equals("makeCurrent")) {
            current.set(Math.toIntExact((Long) arguments[0]) - 1);
        }
        boolean fails;
        synchronized (this) {
            fails = isMeant() && when.fails(calls.size(), name);
            calls.add(name);
            failed |= fails;
        }
        if (fails && !GIVE_BACK.contains(name)) {
            hindered |= StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getClassName().equals(Device.class.getName())
                                    && frame.getMethodName().equals("release")));
            throw failure(name);
        }
        try {
            Object answer = method.invoke(driver, arguments);
            if (fails) {
                throw failure(name);
            }
            return answer;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private DriverException failure(String name) {
        return Codes.error(name, code, "as the test says");
    }
}
