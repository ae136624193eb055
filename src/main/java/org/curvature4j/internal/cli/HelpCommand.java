package org.curvature4j.internal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.curvature4j.internal.cli.report.NearMiss;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code curvature help}: what {@code --help} says, for those who ask in this way. */
@Command(name = "help", hidden = true, description = "Explains a command.")
final class HelpCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command; all of them unless given.")
    private @Nullable String command;

    @Override
    public void run() {
        CommandLine root = Objects.requireNonNull(spec.parent()).commandLine();
        CommandLine explained = command == null ? root : root.getSubcommands().get(command);
        if (explained == null) {
            List<String> names = new ArrayList<>(root.getSubcommands().keySet());
            throw new ParameterException(
                    root,
                    "COMMAND: expected one of those that curvature --help lists, got '" + command + "'"
                            + NearMiss.hint(String.valueOf(command), names));
        }
        explained.usage(root.getOut());
    }
}
