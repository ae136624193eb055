package org.curvature4j.internal.host;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Things that are closed together, in the order in which they came, also where closing one of them fails. */
public final class Resources implements AutoCloseable {
    private final List<AutoCloseable> all = new ArrayList<>();

    /** What is there already. */
    public static Resources of(AutoCloseable... resources) {
        return of(List.of(resources));
    }

    /** What is there already. */
    public static Resources of(Collection<? extends AutoCloseable> resources) {
        Resources together = new Resources();
        together.all.addAll(resources);
        return together;
    }

    /** Adds what is to be closed too, and gives it back. */
    public <T extends AutoCloseable> T add(T resource) {
        all.add(resource);
        return resource;
    }

    /** Closes all because of a failure, which hears of what fails meanwhile. */
    public void closeAfter(Throwable failure) {
        try {
            close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** Closes all; the first failure is thrown, and hears of the others. */
    @Override
    public void close() {
        RuntimeException first = null;
        for (AutoCloseable resource : all) {
            try {
                resource.close();
            } catch (Exception e) {
                if (first == null) {
                    first = e instanceof RuntimeException failure ? failure : new IllegalStateException(e);
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        all.clear();
        if (first != null) {
            throw first;
        }
    }
}
