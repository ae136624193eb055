package org.curvature4j.engine;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;

/**
 * Whether ND4J's CUDA backend is on the class path, and a class loader that hides it. ND4J offers no switch: it tries the
 * backends that it finds as services, CUDA first, and prints a stack trace where that fails. Seen through this loader,
 * the service files of the CUDA jar aren't there; all else is as in the parent.
 */
final class CudaServices extends ClassLoader {

    private static final String BACKEND = "org/nd4j/linalg/jcublas/JCublasBackend.class";

    private final String hidden;

    private CudaServices(ClassLoader parent, String hidden) {
        super(parent);
        this.hidden = hidden;
    }

    /** Where the CUDA backend lies, as the start of its resources' URLs; empty in a build without it. */
    static Optional<String> jar() {
        URL url = CudaServices.class.getClassLoader().getResource(BACKEND);
        return Optional.ofNullable(url).map(URL::toString).map(text -> text.replace(BACKEND, ""));
    }

    /** The given loader without the services of the CUDA backend; the loader itself in a build without CUDA. */
    static ClassLoader hiddenFrom(ClassLoader parent) {
        return jar().<ClassLoader>map(prefix -> new CudaServices(parent, prefix))
                .orElse(parent);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        Enumeration<URL> all = super.getResources(name);
        if (!name.startsWith("META-INF/services/")) {
            return all;
        }
        List<URL> kept = Collections.list(all).stream()
                .filter(url -> !url.toString().startsWith(hidden))
                .toList();
        return Collections.enumeration(kept);
    }
}
