package org.curvature4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.nd4j.TensorPlan;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.samediff.ImportRules;
import org.curvature4j.samediff.SameDiffImport;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;

/** A network's graph gives what Deeplearning4j gives: outputs, score and gradient. */
final class NetworkChecks {
    private NetworkChecks() {}

    static void check(NetworkCase row) {
        Model net = row.net().get();
        INDArray[] inputs = row.inputs().get();
        INDArray[] labels = row.labels().get();
        SameDiff graph = graph(net);
        Map<String, INDArray> feeds = feeds(graph, inputs, labels);
        INDArray[] expected = outputs(net, inputs);
        for (int i = 0; i < expected.length; i++) {
            String name = graph.outputs().get(i);
            INDArray found = run(graph, List.of(name), feeds, List.of()).get(0);
            assertThat(found.shape()).as(row.name()).isEqualTo(expected[i].shape());
            assertClose(row.name() + ", output", found, expected[i], row.tolerance());
        }
        if (labels.length > 0) {
            double score = score(net, inputs, labels);
            double found = run(graph, List.of("loss"), feeds, List.of()).get(0).getDouble(0);
            assertThat(Math.abs(found - score) / Math.max(1, Math.abs(score)))
                    .as(row.name() + ", score " + score + ", ours " + found)
                    .isLessThan(row.tolerance());
            if (row.gradient()) {
                checkGradient(row, net, graph, feeds, inputs, labels);
            }
        }
    }

    static SameDiff graph(Model net) {
        return net instanceof MultiLayerNetwork layers
                ? Dl4jNetwork.graph(layers)
                : Dl4jNetwork.graph((ComputationGraph) net);
    }

    /** Values by the names that placeholders have. */
    static Map<String, INDArray> feeds(SameDiff graph, INDArray[] inputs, INDArray[] labels) {
        List<String> names = new ArrayList<>(graph.inputs());
        List<String> targets = graph.outputs().size() == 1
                ? List.of("labels")
                : graph.outputs().stream().map(output -> output + "_labels").toList();
        names.removeAll(targets);
        Collections.sort(names);
        names.addAll(targets);
        Map<String, INDArray> feeds = new LinkedHashMap<>();
        for (int i = 0; i < inputs.length + labels.length; i++) {
            INDArray array = i < inputs.length ? inputs[i] : labels[i - inputs.length];
            SDVariable placeholder = graph.getVariable(names.get(i));
            feeds.put(placeholder.name(), array.castTo(placeholder.dataType()));
        }
        return feeds;
    }

    static INDArray[] outputs(Model net, INDArray[] inputs) {
        return net instanceof MultiLayerNetwork layers
                ? new INDArray[] {layers.output(inputs[0].dup())}
                : ((ComputationGraph) net).output(copies(inputs));
    }

    static double score(Model net, INDArray[] inputs, INDArray[] labels) {
        return net instanceof MultiLayerNetwork layers
                ? layers.score(new DataSet(inputs[0].dup(), labels[0].dup()), false)
                : ((ComputationGraph) net).score(new MultiDataSet(copies(inputs), copies(labels)), false);
    }

    /** Of the losses alone, not of penalties; Deeplearning4j divides by the examples where it updates. */
    static Map<String, INDArray> gradient(Model net, INDArray[] inputs, INDArray[] labels) {
        Gradient gradient;
        if (net instanceof MultiLayerNetwork layers) {
            layers.setInput(inputs[0].dup());
            layers.setLabels(labels[0].dup());
            layers.computeGradientAndScore();
            gradient = layers.gradient();
        } else {
            ComputationGraph graph = (ComputationGraph) net;
            graph.setInputs(copies(inputs));
            graph.setLabels(copies(labels));
            graph.computeGradientAndScore();
            gradient = graph.gradient();
        }
        Map<String, INDArray> mean = new LinkedHashMap<>();
        gradient.gradientForVariable().forEach((key, array) -> mean.put(key, array.div(inputs[0].size(0))));
        return mean;
    }

    private static void checkGradient(
            NetworkCase row,
            Model net,
            SameDiff graph,
            Map<String, INDArray> feeds,
            INDArray[] inputs,
            INDArray[] labels) {
        Map<String, INDArray> expected = gradient(net, inputs, labels);
        List<String> trained = trained(graph);
        assertThat(trained).as(row.name()).isSubsetOf(expected.keySet());
        for (String name : trained) {
            INDArray wanted = Objects.requireNonNull(expected.get(name));
            INDArray found = run(graph, List.of("loss"), feeds, List.of(name)).get(0);
            assertClose(row.name() + ", gradient by " + name, found.reshape(wanted.shape()), wanted, row.tolerance());
        }
    }

    static List<String> trained(SameDiff graph) {
        return graph.variables().stream()
                .filter(variable -> variable.getVariableType() == VariableType.VARIABLE)
                .map(SDVariable::name)
                .toList();
    }

    /** Outputs, or the gradient of the only one by a variable. */
    static List<INDArray> run(SameDiff graph, List<String> outputs, Map<String, INDArray> feeds, List<String> by) {
        Backend.get();
        Map<String, Shape> shapes = new LinkedHashMap<>();
        List<INDArray> arguments = new ArrayList<>();
        by.forEach(name -> {
            INDArray array = graph.getVariable(name).getArr();
            shapes.put(name, Shape.of(array.shape()));
            arguments.add(array);
        });
        feeds.forEach((name, array) -> {
            shapes.put(name, Shape.of(array.shape()));
            arguments.add(array);
        });
        Graph imported = SameDiffImport.graph(graph, outputs, shapes, ImportRules.standard());
        try (TensorPlan plan = TensorPlan.of(by.isEmpty() ? imported : Derivatives.gradient(imported))) {
            return plan.call(arguments).stream().map(result -> result.dup('c')).toList();
        }
    }

    private static INDArray[] copies(INDArray[] arrays) {
        INDArray[] copies = new INDArray[arrays.length];
        for (int i = 0; i < arrays.length; i++) {
            copies[i] = arrays[i].dup();
        }
        return copies;
    }

    static void assertClose(String what, INDArray found, INDArray expected, double tolerance) {
        double[] ours = found.castTo(DataType.DOUBLE).dup('c').data().asDouble();
        double[] theirs = expected.castTo(DataType.DOUBLE).dup('c').data().asDouble();
        assertThat(ours.length).as(what).isEqualTo(theirs.length);
        double largest = 1;
        for (double value : theirs) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < ours.length; i++) {
            assertThat(Math.abs(ours[i] - theirs[i]) / largest)
                    .as("%s [%d]: %s, Deeplearning4j's %s", what, i, ours[i], theirs[i])
                    .isLessThan(tolerance);
        }
    }
}
