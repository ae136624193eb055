package org.curvature4j.internal.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import jdk.jshell.tool.JavaShellToolBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code curvature jshell}: in this JVM, so that its class path, its options and its archive of classes serve for what is
 * typed too.
 */
@Command(
        name = "jshell",
        sortOptions = false,
        customSynopsis = {"curvature jshell [FILE]...", "       curvature jshell -- [OPTION OF JSHELL]... [FILE]..."},
        description = {
            "Java's shell, with the whole library imported. Needs a JDK.",
            "show(figure) opens a window, or saves a file where there is no display."
        },
        footer = {
            "",
            "Examples:",
            "  curvature jshell",
            "  curvature jshell first.jsh then-more.jsh",
            "  curvature jshell - < snippets.jsh",
            "  curvature jshell -- --feedback concise"
        })
final class JShellCommand implements Callable<Integer> {
    private static final String MODULE = "jdk.jshell";

    @Parameters(
            paramLabel = "FILE",
            description = {"Snippets to begin with; - is the standard input, after", "which the shell ends."})
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            throw new IllegalStateException("jshell: expected a JDK, got a Java without JShell, "
                    + System.getProperty("java.home") + " (set JAVA_HOME to a JDK 17 or newer)");
        }
        Path imports = imports();
        try {
            return Shell.run(imports, arguments);
        } finally {
            Files.deleteIfExists(imports);
        }
    }

    /** As a file, as JShell takes it. */
    private static Path imports() throws IOException {
        Path file = Files.createTempFile("curvature-", ".jsh");
        // Snippets may end the JVM.
        file.toFile().deleteOnExit();
        try (InputStream in = Objects.requireNonNull(JShellCommand.class.getResourceAsStream("jshell.jsh"))) {
            Files.write(file, in.readAllBytes());
        }
        return file;
    }

    /** Loaded where there is a JShell. */
    private static final class Shell {
        /** Held, as loggers that nobody holds forget their level. */
        private static final Logger PREFERENCES = Logger.getLogger("java.util.prefs");

        static int run(Path imports, List<String> arguments) throws Exception {
            // Where JShell keeps its history; at the first start, or where nothing can be kept, this would be told.
            PREFERENCES.setLevel(Level.SEVERE);
            List<String> all = new ArrayList<>(List.of(
                    "--execution",
                    "local",
                    "--class-path",
                    System.getProperty("java.class.path"),
                    "--startup",
                    "DEFAULT",
                    "--startup",
                    imports.toString()));
            all.addAll(arguments);
            return JavaShellToolBuilder.builder().start(all.toArray(String[]::new));
        }
    }
}
