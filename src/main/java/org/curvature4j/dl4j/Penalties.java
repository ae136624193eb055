package org.curvature4j.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/** What parameters are penalised for: their absolute values, and half their squares, by coefficients. */
final class Penalties {
    private record Penalty(double coefficient, boolean isAbsolute) {
        Node of(Ops o, Node x) {
            Node sizes = isAbsolute ? o.apply(Elementwise.ABS, x) : o.mul(o.square(x), 0.5);
            return o.reshape(o.mul(o.sum(sizes, o.allAxes(sizes)), coefficient), Shape.SCALAR);
        }
    }

    private final List<String> operands = new ArrayList<>();
    private final List<Penalty> penalties = new ArrayList<>();

    /** Adds those of a layer, but of none that isn't trained. */
    void add(NetworkPart part, Map<String, String> variables) {
        if (part.layer() == null || part.isFrozen()) {
            return;
        }
        variables.forEach((key, variable) -> {
            List<Regularization> all = Objects.requireNonNull(part.layer()).getRegularizationByParam(key);
            for (Regularization one : all == null ? List.<Regularization>of() : all) {
                Penalty penalty = penalty(one, part.iteration(), part.epoch());
                if (penalty.coefficient != 0) {
                    operands.add(variable);
                    penalties.add(penalty);
                }
            }
        });
    }

    private static Penalty penalty(Regularization written, int iteration, int epoch) {
        if (written instanceof L1Regularization l1) {
            return new Penalty(l1.getL1().valueAt(iteration, epoch), true);
        } else if (written instanceof L2Regularization l2) {
            return new Penalty(l2.getL2().valueAt(iteration, epoch), false);
        } else if (written instanceof WeightDecay decay) {
            return new Penalty(decay.getCoeff().valueAt(iteration, epoch), false);
        }
        throw new IllegalArgumentException("regularisation: expected l1, l2 or weight decay, got "
                + written.getClass().getSimpleName());
    }

    boolean isEmpty() {
        return penalties.isEmpty();
    }

    /** The variables that are penalised, one for each penalty. */
    List<String> operands() {
        return List.copyOf(operands);
    }

    /** The sum of all. */
    LayerRule rule() {
        List<Penalty> all = List.copyOf(penalties);
        LayerRule.Body body = call -> {
            List<Node> summands = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                summands.add(all.get(i).of(call.ops(), call.inputs().get(i)));
            }
            return summands.stream().reduce(call.ops()::add).orElseThrow();
        };
        return all.stream().anyMatch(Penalty::isAbsolute) ? LayerRule.kinks(body) : LayerRule.smooth(body);
    }
}
