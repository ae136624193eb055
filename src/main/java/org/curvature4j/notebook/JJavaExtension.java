package org.curvature4j.notebook;

import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.curvature4j.plot.Figure;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.RenderContext;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/**
 * Teaches JJava, a Java kernel of Jupyter, what results show: figures as pictures, arrays and reports as tables. The kernel
 * finds it in this library's jar, when a notebook puts that on its class path.
 */
public final class JJavaExtension implements Extension {

    /** As the kernel makes it. */
    public JJavaExtension() {}

    @Override
    public void install(BaseKernel kernel) {
        Renderer renderer = kernel.getRenderer();
        MimeBundle.formats().forEach((type, formats) -> register(renderer, type, formats));
    }

    /** SVG is larger than all else together and there for who asks: {@code display(figure, "image/svg+xml")}. */
    private static void register(Renderer renderer, Class<?> type, Set<String> formats) {
        renderer.createRegistration(type)
                .preferring(formats.stream()
                        .filter(format -> !format.equals(MimeBundle.SVG))
                        .toArray(String[]::new))
                .supporting(formats.toArray(String[]::new))
                .register(JJavaExtension::render);
    }

    private static void render(Object result, RenderContext context) {
        Map<String, Supplier<String>> bundle = MimeBundle.lazily(result);
        bundle.forEach((format, data) -> context.renderIfRequested(MIMEType.parse(format), data::get));
        if (result instanceof Figure figure && context.wantsDataRenderedAs(MIMEType.IMAGE_PNG)) {
            context.getOutputContainer().putMetaData(MIMEType.IMAGE_PNG, MimeBundle.sizeOf(figure));
        }
    }
}
