package org.curvature4j.internal.cli;

import java.util.List;
import org.curvature4j.internal.cli.options.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code curvature} alone: says what there is. */
@Command(
        name = "curvature",
        description = "Exact Jacobians, Hessians and their spectra, of SameDiff graphs.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Each command explains itself with --help. To begin with:",
            "  curvature demo",
            "  curvature hessian --model two-two-one --random 1 --seed 7 --out H.npy",
            "  curvature train --out digits.fb",
            "  curvature lanczos --model digits.fb --data digits --plot top.png"
        })
public final class RootCommand implements Runnable {
    private static final List<Class<?>> COMMANDS = List.of(
            DemoCommand.class,
            JacobianCommand.class,
            HessianCommand.class,
            SpectrumCommand.class,
            SensitivityCommand.class,
            SliceCommand.class,
            SaddleCommand.class,
            NewtonCommand.class,
            TrainCommand.class,
            LanczosCommand.class,
            DensityCommand.class,
            TraceCommand.class,
            LandscapeCommand.class,
            InspectCommand.class,
            StudyCommand.class,
            MergeCommand.class,
            ModelsCommand.class,
            JShellCommand.class,
            DoctorCommand.class,
            HelpCommand.class,
            CompletionCommand.class,
            ShareCommand.class);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /**
     * The command line, with all commands or with just the one that is asked for: picocli reads a command's options by
     * reflection, which takes a tenth of a second for all of them.
     *
     * @param arguments the whole line
     */
    public static CommandLine line(List<String> arguments) {
        CommandLine line = new CommandLine(new RootCommand());
        List<Class<?>> asked = COMMANDS.stream()
                .filter(CurvatureCommand.class::isAssignableFrom)
                .filter(command -> !arguments.isEmpty() && name(command).equals(arguments.get(0)))
                .toList();
        (asked.isEmpty() ? COMMANDS : asked).forEach(line::addSubcommand);
        return line;
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }

    @Override
    public void run() {
        CommandLine line = spec.commandLine();
        line.usage(line.getErr());
        throw new ParameterException(line, "expected a command, got none");
    }
}
