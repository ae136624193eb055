package org.curvature4j.internal.gpu;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.curvature4j.internal.gpu.driver.Driver;
import org.jspecify.annotations.Nullable;

/**
 * A machine's first card as several devices, so that what shares its work among devices is tested with a single one. Its
 * contexts are numbered from 1, as the interpreter's are.
 */
@SuppressWarnings("ThreadLocalUsage") // what is current on a thread is so for one driver
final class SharedCard implements InvocationHandler {
    private static final String MODULES = "loadModule";
    private static final Map<String, String> GIVES_BACK = Map.of(
            "free", "allocate",
            "freeHost", "allocateHost",
            "destroyStream", "createStream",
            "unloadModule", MODULES);

    private final Driver card;
    private final long context;
    private final AtomicLongArray launches;
    private final Map<String, Set<Object>> open = new ConcurrentHashMap<>();
    private final ThreadLocal<Integer> current = ThreadLocal.withInitial(() -> 0);

    private SharedCard(Driver card, long context, int devices) {
        this.card = card;
        this.context = context;
        this.launches = new AtomicLongArray(devices);
        GIVES_BACK.values().forEach(maker -> open.put(maker, ConcurrentHashMap.newKeySet()));
    }

    /**
     * As a driver.
     *
     * @param card of which the first device is taken
     * @param context that device's, which is retained for as long as this is used
     * @param devices that it stands for
     */
    static DriverForTests of(Driver card, long context, int devices) {
        return (DriverForTests) Proxy.newProxyInstance(
                SharedCard.class.getClassLoader(),
                new Class<?>[] {DriverForTests.class},
                new SharedCard(card, context, devices));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] given) throws Throwable {
        String name = method.getName();
        Object[] arguments = given == null ? new Object[0] : given.clone();
        switch (name) {
            case "deviceCount" -> {
                return launches.length();
            }
            case "leaks" -> {
                return leaks();
            }
            case "modules" -> {
                return open(MODULES).size();
            }
            case "launched" -> {
                return launched();
            }
            case "launches" -> {
                return launched().stream().mapToLong(Long::longValue).sum();
            }
            case "launch" -> launches.incrementAndGet(current.get());
            case "makeCurrent" -> {
                current.set(Math.toIntExact((Long) arguments[0]) - 1);
                arguments[0] = context;
            }
            default -> {}
        }
        return invoke(method, arguments);
    }

    private @Nullable Object invoke(Method method, Object[] arguments) throws Throwable {
        String name = method.getName();
        boolean ofDevice = method.getParameterCount() > 0 && method.getParameterTypes()[0] == int.class;
        Object first = arguments.length == 0 ? 0 : arguments[0];
        if (ofDevice) {
            arguments[0] = 0;
        }
        Object answer;
        try {
            answer = method.invoke(method.getDeclaringClass() == Object.class ? this : card, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (GIVES_BACK.containsKey(name)) {
            open(GIVES_BACK.get(name)).remove(first);
        } else if (GIVES_BACK.containsValue(name) && answer != null) {
            open(name).add(answer);
        }
        return name.equals("retainContext") ? (Object) ((Integer) first + 1L) : answer;
    }

    private Set<Object> open(String maker) {
        return open.computeIfAbsent(maker, name -> ConcurrentHashMap.newKeySet());
    }

    private List<String> leaks() {
        List<String> leaks = new ArrayList<>();
        for (String maker : new TreeSet<>(open.keySet())) {
            if (!maker.equals(MODULES) && !open(maker).isEmpty()) {
                leaks.add(open(maker).size() + " of " + maker);
            }
        }
        return leaks;
    }

    private List<Long> launched() {
        return IntStream.range(0, launches.length()).mapToObj(launches::get).toList();
    }
}
