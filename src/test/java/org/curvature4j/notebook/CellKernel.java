package org.curvature4j.notebook;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.LocalExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.BaseKernelBuilder;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.jspecify.annotations.Nullable;

/**
 * A Java kernel on JJava's base without its sockets: cells run one after the other in this JVM, by JShell, and the base finds
 * extensions and renders what cells give.
 */
final class CellKernel extends BaseKernel implements AutoCloseable {
    private final Values values = new Values();
    private final JShell shell =
            JShell.builder().executionEngine(new Engine(values), Map.of()).build();

    private CellKernel(
            JupyterIO streams, CommManager widgets, Renderer renderer, MagicsRegistry magics, StringStyler styler) {
        super(
                "cells",
                "1",
                new LanguageInfo.Builder("Java").build(),
                List.of(),
                null,
                streams,
                widgets,
                renderer,
                null,
                magics,
                true,
                styler);
        shell.addToClasspath(System.getProperty("java.class.path"));
    }

    /** One that has started: what its class path offers is installed. */
    static CellKernel started() {
        CellKernel kernel = new Builder().build();
        kernel.onStartup();
        return kernel;
    }

    private static final class Builder extends BaseKernelBuilder<Builder, CellKernel> {
        @Override
        public CellKernel build() {
            return new CellKernel(
                    buildJupyterIO(StandardCharsets.UTF_8),
                    buildCommManager(),
                    buildRenderer(),
                    buildMagicsRegistry(),
                    buildErrorStyler());
        }
    }

    /** What the last snippet of a cell gives; null where that is nothing. */
    @Override
    public @Nullable Object evalRaw(String cell) {
        Object last = null;
        CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(cell);
        while (next.completeness().isComplete()) {
            last = snippet(next.source());
            next = shell.sourceCodeAnalysis().analyzeCompletion(next.remaining());
        }
        if (!next.remaining().isBlank()) {
            throw new AssertionError("not complete: " + next.remaining());
        }
        return last;
    }

    private @Nullable Object snippet(String source) {
        values.last = null;
        boolean gives = false;
        for (SnippetEvent event : shell.eval(source)) {
            if (event.exception() != null) {
                throw new AssertionError("failed: " + source, event.exception());
            }
            if (event.status() != Snippet.Status.VALID && event.causeSnippet() == null) {
                throw new AssertionError("not valid: " + source + "\n"
                        + shell.diagnostics(event.snippet())
                                .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
                                .collect(Collectors.joining("\n")));
            }
            gives |= switch (event.snippet().subKind()) {
                case VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND, TEMP_VAR_EXPRESSION_SUBKIND -> true;
                default -> false;
            };
        }
        return gives ? values.last : null;
    }

    @Override
    public DisplayData inspect(String code, int at, boolean extraDetail) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ReplacementOptions complete(String code, int at) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String isComplete(String code) {
        return IS_COMPLETE_YES;
    }

    @Override
    public void close() {
        onShutdown(false);
        shell.close();
    }

    /** Runs snippets in this JVM and keeps what they give, of which JShell itself hands on the text. */
    private static final class Values extends LocalExecutionControl {
        private volatile @Nullable Object last;

        @Override
        protected String invoke(Method snippet) throws Exception {
            last = snippet.invoke(null);
            return "";
        }
    }

    private record Engine(Values values) implements ExecutionControlProvider {
        @Override
        public String name() {
            return "kept";
        }

        @Override
        public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
            return values;
        }
    }
}
