package org.curvature4j.internal.gpu;

import com.sun.jna.Pointer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.internal.gpu.driver.Driver;
import org.jspecify.annotations.Nullable;

/** A driver of a device that computes wrongly: a bit of the last number of what is downloaded is another. */
public final class FlippingDriver implements InvocationHandler {
    private final Driver driver;
    private final int bit;
    private final long device;
    private final Map<Object, List<Long>> places = new HashMap<>();
    private final ThreadLocal<Long> context = new ThreadLocal<>();

    private FlippingDriver(Driver driver, int bit, long device) {
        this.driver = driver;
        this.bit = bit;
        this.device = device;
    }

    /**
     * As a driver.
     *
     * @param bit counted from the lowest of a float64
     * @param device the number of the one that computes wrongly
     */
    public static Driver of(Driver driver, int bit, int device) {
        return (Driver) Proxy.newProxyInstance(
                FlippingDriver.class.getClassLoader(),
                new Class<?>[] {Driver.class},
                new FlippingDriver(driver, bit, device));
    }

    @Override
    public synchronized @Nullable Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        Object answer;
        try {
            answer = method.invoke(driver, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        switch (method.getName()) {
            case "makeCurrent" -> context.set((Long) arguments[0]);
            case "copyToHost" -> {
                // The interpreter's contexts are numbered from 1.
                if (context.get() == device + 1) {
                    places.computeIfAbsent(arguments[3], stream -> new ArrayList<>())
                            .add((long) arguments[0] + (long) arguments[2] - Double.BYTES);
                }
            }
            case "isDone" -> {
                List<Long> there = places.remove(arguments[0]);
                for (long place : there == null ? List.<Long>of() : there) {
                    Pointer pointer = new Pointer(place);
                    pointer.setLong(0, pointer.getLong(0) ^ 1L << bit);
                }
            }
            default -> {}
        }
        return answer;
    }
}
