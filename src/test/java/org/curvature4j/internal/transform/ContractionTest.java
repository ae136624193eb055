package org.curvature4j.internal.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Einsum;
import org.curvature4j.op.Ops;
import org.junit.jupiter.api.Test;

class ContractionTest {
    /** As in the Hessian of a layer: of pairs with equal work those are taken after which nothing has to be permuted. */
    @Test
    void pairsFactorsWhoseAxesAreNeighboursInTheResult() {
        Axis rows = new Axis(512);
        List<Axis> wanted = List.of(new Axis(100), new Axis(10), new Axis(100), new Axis(10));
        Random random = new Random(3);
        for (int round = 0; round < 10; round++) {
            GraphBuilder builder = new GraphBuilder();
            List<Factor> factors = new ArrayList<>();
            for (Axis axis : wanted) {
                TensorType type = TensorType.of(DType.FLOAT64, rows.size(), axis.size());
                factors.add(new Factor(builder.input("x" + factors.size(), type), List.of(rows, axis)));
            }
            Collections.shuffle(factors, random);

            Node product = Contraction.of(new Ops(builder), DType.FLOAT64, factors, wanted);

            assertThat(product.op()).isInstanceOf(Einsum.class);
            Einsum einsum = (Einsum) product.op();
            String sides = einsum.result()
                    .chars()
                    .mapToObj(axis -> einsum.left().indexOf(axis) >= 0 ? "l" : "r")
                    .reduce("", String::concat);
            assertThat(sides).isIn("llrr", "rrll");
        }
    }
}
