package org.curvature4j.internal.cli;

import org.curvature4j.internal.cli.options.DataOptions;
import org.curvature4j.internal.cli.options.Headings;
import org.curvature4j.internal.cli.options.LossOptions;
import org.curvature4j.internal.cli.subject.ChosenLoss;
import org.curvature4j.internal.engine.backend.Backend;
import picocli.CommandLine.ArgGroup;

/** A command about a loss over data. */
abstract class LossCommand extends CurvatureCommand {
    @ArgGroup(validate = false, order = 10, heading = Headings.LOSS)
    private LossOptions loss = new LossOptions();

    @ArgGroup(validate = false, order = 20, heading = Headings.DATA)
    private DataOptions data = new DataOptions();

    @Override
    final boolean choosesEngine() {
        return false;
    }

    @Override
    void check() {
        loss.check();
        data.check();
    }

    final LossOptions loss() {
        return loss;
    }

    /** Starts ND4J, and loads the model and its data. */
    final ChosenLoss open() {
        Backend.get();
        return ChosenLoss.open(loss, data);
    }
}
