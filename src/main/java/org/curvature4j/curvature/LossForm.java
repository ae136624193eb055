package org.curvature4j.curvature;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.curvature4j.samediff.SameDiffImport;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ops.CustomOp;

/**
 * What the operations between a model's outputs and its loss tell of the loss: which outputs it is of, and which likelihood's
 * negative logarithm it is, up to a factor and to terms that don't depend on the outputs. Only what is certain is told.
 */
public final class LossForm {
    private static final String SPARSE = "sparse_softmax_cross_entropy_loss_with_logits";
    private static final String WEIGHT_DECAY = "l2_loss";
    /** What labels may pass through and stay labels; a factor would weigh one class, or one row, more than another. */
    private static final Set<String> KEEPS_LABELS =
            Set.of("identity", "cast", "onehot", "reshape", "squeeze", "expand_dims");

    /** SameDiff's losses that are the negative logarithm of a likelihood. */
    private static final Map<String, Likelihood> LOSSES = Map.of(
            "mean_sqerr_loss",
            Likelihood.GAUSSIAN,
            "softmax_cross_entropy_loss",
            Likelihood.SOFTMAX,
            "softmax_cross_entropy_loss_with_logits",
            Likelihood.SOFTMAX,
            SPARSE,
            Likelihood.SOFTMAX,
            "sigm_cross_entropy_loss",
            Likelihood.BERNOULLI,
            "log_loss",
            Likelihood.BERNOULLI_PROBABILITY);

    private final SameDiff sd;
    private final List<SameDiffOp> operations;

    private LossForm(SameDiff sd, List<SameDiffOp> operations) {
        this.sd = sd;
        this.operations = operations;
    }

    /**
     * Looks at a graph.
     *
     * @param loss a variable of the graph
     */
    public static LossForm of(SameDiff graph, String loss) {
        Set<String> way = SameDiffImport.leadingTo(graph, loss);
        return new LossForm(
                graph,
                graph.getOps().values().stream()
                        .filter(operation -> operation.getOutputsOfOp().stream().anyMatch(way::contains))
                        .toList());
    }

    /** Whether one of SameDiff's losses is computed on the way. */
    public boolean hasLossOperation() {
        return operations.stream().anyMatch(operation -> isLoss(name(operation)));
    }

    /** The outputs that SameDiff's losses on the way are of, without what is only penalised for its size. */
    public List<String> predictions() {
        return operations.stream()
                .filter(operation -> isLoss(name(operation)) && !name(operation).equals(WEIGHT_DECAY))
                .map(operation -> operation.getInputsToOp().get(position(operation)))
                .distinct()
                .toList();
    }

    private static boolean isLoss(String operation) {
        return operation.contains("_loss");
    }

    /** SameDiff's losses take predictions, weights, labels, but for the one that takes labels and logits. */
    private static int position(SameDiffOp loss) {
        return name(loss).equals(SPARSE) ? 1 : 0;
    }

    /**
     * The likelihood of targets, given the outputs in a variable, whose negative logarithm the loss is: where the variable
     * leads to the loss by one way, through one of SameDiff's losses, or log softmax times labels, or the square of a
     * difference to labels, and then linear operations.
     *
     * @param rank of the variable
     * @return empty where the operations don't determine it
     */
    Optional<Likelihood> likelihood(String output, int rank) {
        List<Step> steps = way(output);
        if (steps.isEmpty()) {
            return Optional.empty();
        }
        Step first = steps.get(0);
        Likelihood known = LOSSES.get(first.name());
        List<Step> rest = steps;
        if (known != null) {
            boolean plain =
                    first.place() == position(first.operation()) && alongLast(first, rank) && isUnweighted(first);
            rest = plain ? after(steps, 1) : null;
        } else if (first.name().equals("log_softmax") || first.name().equals("softmax")) {
            known = Likelihood.SOFTMAX;
            rest = alongLast(first, rank) ? withLabels(logarithm(steps)) : null;
        } else {
            known = Likelihood.GAUSSIAN;
            rest = square(steps);
        }
        return rest != null && rest.stream().allMatch(this::isLinear) ? Optional.of(known) : Optional.empty();
    }

    /** The operation that computes a variable; empty for what is given. */
    Optional<SameDiffOp> maker(String variable) {
        return operations.stream()
                .filter(operation -> operation.getOutputsOfOp().contains(variable))
                .findFirst();
    }

    /**
     * An operation and the operand that comes along the way.
     *
     * @param place the operand's position, the first if it is there twice
     */
    private record Step(SameDiffOp operation, int place, String from) {
        String name() {
            return LossForm.name(operation);
        }

        boolean twice() {
            return operation.getInputsToOp().stream().filter(from::equals).count() == 2;
        }
    }

    static String name(SameDiffOp operation) {
        return operation.getOp().opName();
    }

    /** The operations from a variable to the loss; none where they aren't one chain. */
    private List<Step> way(String output) {
        List<Step> steps = new ArrayList<>();
        String current = output;
        while (true) {
            String from = current;
            List<SameDiffOp> users = operations.stream()
                    .filter(operation -> operation.getInputsToOp().contains(from))
                    .toList();
            if (users.isEmpty()) {
                return steps;
            }
            if (users.size() > 1 || users.get(0).getOutputsOfOp().size() != 1) {
                return List.of();
            }
            SameDiffOp user = users.get(0);
            steps.add(new Step(user, user.getInputsToOp().indexOf(from), from));
            current = user.getOutputsOfOp().get(0);
        }
    }

    private static List<Step> after(List<Step> steps, int count) {
        return steps.subList(count, steps.size());
    }

    /** Whether what an operation normalises is a row along the last axis. */
    private static boolean alongLast(Step step, int rank) {
        boolean hasAxis = step.name().equals("softmax")
                || step.name().equals("log_softmax")
                || step.name().equals("softmax_cross_entropy_loss_with_logits");
        long[] integers = step.operation().getOp() instanceof CustomOp custom ? custom.iArgs() : new long[0];
        return !hasAxis || integers.length == 0 || integers[0] == -1 || integers[0] == rank - 1;
    }

    /** What follows log softmax; null where that isn't what comes. */
    private static @Nullable List<Step> logarithm(List<Step> steps) {
        if (steps.get(0).name().equals("log_softmax")) {
            return after(steps, 1);
        }
        return steps.size() > 1 && steps.get(1).name().equals("log") ? after(steps, 2) : null;
    }

    /** What follows the product with labels, which may come after a sign. */
    private @Nullable List<Step> withLabels(@Nullable List<Step> steps) {
        List<Step> rest = steps;
        while (rest != null && !rest.isEmpty() && rest.get(0).name().equals("neg")) {
            rest = after(rest, 1);
        }
        boolean product = rest != null
                && !rest.isEmpty()
                && rest.get(0).name().equals("multiply")
                && !rest.get(0).twice()
                && isLabels(other(rest.get(0)));
        return product ? after(Objects.requireNonNull(rest), 1) : null;
    }

    /** What follows the square of a difference to labels; null where that isn't what comes. */
    private @Nullable List<Step> square(List<Step> steps) {
        Step first = steps.get(0);
        if (first.twice() || !othersAreLabels(first)) {
            return null;
        }
        if (first.name().equals("squaredsubtract")) {
            return after(steps, 1);
        }
        boolean difference = first.name().equals("subtract") || first.name().equals("reversesubtract");
        if (!difference || steps.size() < 2) {
            return null;
        }
        Step second = steps.get(1);
        boolean squares = second.name().equals("square") || (second.name().equals("multiply") && second.twice());
        return squares ? after(steps, 2) : null;
    }

    private boolean isLinear(Step step) {
        return switch (step.name()) {
            case "identity",
                    "neg",
                    "reduce_sum",
                    "reduce_mean",
                    "reshape",
                    "squeeze",
                    "expand_dims",
                    "add_scalar",
                    "sub_scalar",
                    "rsub_scalar",
                    "mul_scalar",
                    "div_scalar" -> true;
            // What else they take can't depend on the outputs: these lead here by one way.
            case "add", "subtract", "reversesubtract" -> !step.twice();
            case "multiply" -> !step.twice() && isOneNumber(other(step));
            case "divide" -> !step.twice() && step.place() == 0 && isOneNumber(other(step));
            default -> false;
        };
    }

    private boolean othersAreLabels(Step step) {
        return othersAreData(step) && others(step).stream().anyMatch(leaf -> leaf == VariableType.PLACEHOLDER);
    }

    private boolean othersAreData(Step step) {
        return others(step).stream().noneMatch(leaf -> leaf == VariableType.VARIABLE);
    }

    private static String other(Step step) {
        return step.operation().getInputsToOp().get(1 - step.place());
    }

    /** Whether one of SameDiff's losses weighs all that it sums alike, and is of labels as they are. */
    private boolean isUnweighted(Step loss) {
        List<String> operands = loss.operation().getInputsToOp();
        boolean weighted = operands.size() > 2 && !isOneNumber(operands.get(1));
        return !weighted
                && (loss.name().equals("mean_sqerr_loss")
                        || isLabels(operands.get(loss.name().equals(SPARSE) ? 0 : operands.size() - 1)));
    }

    private boolean isLabels(String variable) {
        String current = variable;
        while (sd.getVariable(current).getVariableType() != VariableType.PLACEHOLDER) {
            Optional<SameDiffOp> maker = maker(current);
            if (maker.isEmpty() || !KEEPS_LABELS.contains(name(maker.get()))) {
                return false;
            }
            current = maker.get().getInputsToOp().get(0);
        }
        return true;
    }

    /** Whether this is a constant of one element: a factor that all terms share. */
    private boolean isOneNumber(String variable) {
        SDVariable found = sd.getVariable(variable);
        return found.getVariableType() == VariableType.CONSTANT
                && found.getArr().length() == 1;
    }

    /** What the other operands are computed from. */
    private List<VariableType> others(Step step) {
        List<String> others = step.operation().getInputsToOp().stream()
                .filter(operand -> !operand.equals(step.from()))
                .toList();
        return SameDiffImport.leaves(sd, others).stream()
                .map(leaf -> sd.getVariable(leaf).getVariableType())
                .toList();
    }

    @Override
    public String toString() {
        return hasLossOperation() ? "a loss of " + String.join(" and ", predictions()) : "no loss operation of ND4J";
    }
}
