package org.curvature4j.internal.engine.gpu.tiles;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.curvature4j.internal.engine.gpu.PtxDialect;
import org.curvature4j.internal.gpu.ptx.PtxModule;
import org.jspecify.annotations.Nullable;

/** The kernels of a program as one text of PTX, in which equal ones are once. */
final class KernelTexts {
    private final PtxModule module = PtxDialect.module();
    private final Map<String, String> entries = new LinkedHashMap<>();
    private @Nullable String text;

    /** How operations are spelled in these kernels. */
    Spelling spelling() {
        return new Spelling(module);
    }

    /** The name of a kernel; of equal ones the same. All are named before {@link #text} is asked for. */
    String entry(String body) {
        if (text != null) {
            throw new IllegalStateException("kernel: expected before the module's text is made, got another after it");
        }
        return entries.computeIfAbsent(body, any -> "k" + entries.size());
    }

    /** The names of all kernels. */
    Collection<String> entries() {
        return entries.values();
    }

    /** The PTX of all kernels. */
    synchronized String text() {
        String whole = text;
        if (whole == null) {
            entries.forEach((body, name) -> module.append(".visible .entry " + name + body));
            whole = module.text();
            text = whole;
        }
        return whole;
    }
}
