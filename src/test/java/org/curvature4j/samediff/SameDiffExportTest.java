package org.curvature4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.op.Custom;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.JavaKernels;
import org.curvature4j.op.JavaKernels.Tensor;
import org.curvature4j.op.Ops;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SameDiffExportTest {
    private static final TensorType PAIR = TensorType.of(DType.FLOAT64, 2);

    private final GraphBuilder builder = new GraphBuilder();
    private final Ops ops = new Ops(builder);

    @BeforeAll
    static void startNd4j() {
        Backend.get();
    }

    /** The Hessian of sum tanh(W x). */
    private Graph hessian() {
        Node x = builder.input("x", PAIR);
        Node weights = builder.literal(TensorType.of(DType.FLOAT64, 2, 2), 1, 2, 3, 4);
        Node hidden = ops.apply(Elementwise.TANH, ops.einsum("ij,j->i", weights, x));
        return Simplifier.simplify(Derivatives.hessian(builder.build(List.of(ops.sum(hidden, List.of(0))))));
    }

    @Test
    void runsWithoutThisLibrary(@TempDir Path folder) throws Exception {
        Graph hessian = hessian();
        File file = folder.resolve("hessian.fb").toFile();
        SameDiffExport.export(hessian, List.of("y")).save(file, false);
        double[] expected = JavaKernels.evaluate(hessian, List.of(Tensor.of(PAIR, 0.1, -0.2)))
                .get(0)
                .values();
        String[] printed = outside(file, "0.1", "-0.2").split(" ");
        assertThat(printed).hasSize(expected.length + 1);
        for (int i = 0; i < expected.length; i++) {
            assertThat(Double.parseDouble(printed[i + 1]))
                    .isCloseTo(expected[i], org.assertj.core.api.Assertions.within(1e-15));
        }
    }

    /** Runs {@link PlainNd4jProgram} on a class path on which our classes aren't, and gives the line that it prints. */
    private static String outside(File file, String... x) throws Exception {
        Path ours = Path.of(SameDiffExport.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).equals(ours))
                .collect(Collectors.joining(File.pathSeparator));
        ProcessBuilder process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                classPath,
                PlainNd4jProgram.class.getName(),
                file.getPath());
        process.command().addAll(List.of(x));
        Process started = process.redirectErrorStream(true).start();
        String output = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(started.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(started.exitValue()).as(output).isZero();
        return output.lines()
                .filter(line -> line.startsWith("y:"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(output));
    }

    @Test
    void namesAndTypesInputsAndOutputs() {
        Node x = builder.input("x", PAIR);
        Node k = builder.input("k", TensorType.of(DType.INT32));
        Graph graph = builder.build(List.of(ops.exp(x), ops.cast(k, DType.FLOAT32)));
        SameDiff exported = SameDiffExport.export(graph, List.of("values", "count"));
        assertThat(exported.inputs()).containsExactlyInAnyOrder("x", "k");
        assertThat(exported.getVariable("x").getShape()).containsExactly(2);
        assertThat(exported.getVariable("x").getVariableType()).isEqualTo(VariableType.PLACEHOLDER);
        assertThat(exported.getVariable("k").dataType()).isEqualTo(DataType.INT32);
        assertThat(exported.outputs()).containsExactlyInAnyOrder("values", "count");
    }

    @Test
    void givesInputsLiteralsAndOneValueTwiceAsOutputs() {
        Node x = builder.input("x", PAIR);
        Graph graph = builder.build(List.of(x, builder.literal(PAIR, 3, 4), x));
        SameDiff exported = SameDiffExport.export(graph, List.of("same", "literal", "again"));
        Map<String, INDArray> results =
                exported.output(Map.of("x", Nd4j.createFromArray(1.0, 2.0)), "same", "literal", "again");
        assertThat(results.get("same").toDoubleVector()).containsExactly(1, 2);
        assertThat(results.get("literal").toDoubleVector()).containsExactly(3, 4);
        assertThat(results.get("again").toDoubleVector()).containsExactly(1, 2);
    }

    /** SameDiff names what it computes after its operations. */
    @Test
    void letsInputsAndOutputsHaveNamesOfOperations() {
        Node x = builder.input("add", PAIR);
        Graph graph = builder.build(List.of(ops.exp(ops.add(x, ops.exp(x)))));
        SameDiff exported = SameDiffExport.export(graph, List.of("exp"));
        INDArray result = exported.output(Map.of("add", Nd4j.createFromArray(0.0, 1.0)), "exp")
                .get("exp");
        assertThat(result.getDouble(0)).isEqualTo(Math.E);
    }

    @Test
    void storesAConstantOnce() {
        Node x = builder.input("x", PAIR);
        Graph graph = builder.build(List.of(ops.apply(Elementwise.TANH, ops.apply(Elementwise.TANH, x))));
        SameDiff exported = SameDiffExport.export(graph, List.of("y"));
        List<Double> constants = exported.variables().stream()
                .filter(variable -> variable.getVariableType() == VariableType.CONSTANT)
                .map(SDVariable::getArr)
                .map(array -> array.getDouble(0))
                .toList();
        assertThat(constants).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void refusesNamesThatDontFit() {
        Graph graph = builder.build(List.of(ops.exp(builder.input("x", PAIR))));
        assertThatThrownBy(() -> SameDiffExport.export(graph, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("output names: expected 1, one an output, got []");
        for (String name : List.of("x", " ", "computed/y")) {
            assertThatThrownBy(() -> SameDiffExport.export(graph, List.of(name)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("output name '" + name + "': expected a name that no input");
        }
    }

    @Test
    void refusesAKernelThatNd4jDoesntHave() {
        Node x = builder.input("x", PAIR);
        Graph unknown = builder.build(List.of(ops.apply(new Custom.Kernel("no_such_kernel"), x)));
        assertThatThrownBy(() -> SameDiffExport.export(unknown, List.of("y")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kernel 'no_such_kernel'");
        Graph unfit = builder.build(List.of(ops.apply(new Custom.Kernel("conv2d"), x)));
        assertThatThrownBy(() -> SameDiffExport.export(unfit, List.of("y")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kernel 'conv2d': expected an elementwise operation");
    }
}
