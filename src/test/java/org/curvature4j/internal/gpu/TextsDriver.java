package org.curvature4j.internal.gpu;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.curvature4j.internal.gpu.driver.Driver;

/** A driver that keeps the texts that it was to assemble. */
public final class TextsDriver {
    private final Set<String> texts = Collections.synchronizedSet(new LinkedHashSet<>());
    private final Driver driver;

    public TextsDriver(Driver inner) {
        driver = (Driver) Proxy.newProxyInstance(
                TextsDriver.class.getClassLoader(), new Class<?>[] {Driver.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("assemble")) {
                        texts.add((String) arguments[0]);
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

    /** In the order in which they came. */
    public Set<String> texts() {
        return Set.copyOf(texts);
    }
}
