package org.curvature4j;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds the arrows between the packages: what each may use of the project and of the libraries. A package without
 * classes is fine; a use that isn't listed fails the build.
 */
@AnalyzeClasses(packages = "org.curvature4j", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {

    private static final String ROOT = "org.curvature4j";
    /** What every package may use: the language, and how people read numbers. */
    private static final String[] JDK = {"java.lang..", "java.util..", "org.jspecify..", ROOT + ".internal.text.."};

    private static final String[] FILES = {
        "java.io..", "java.net..", "java.nio..", "java.math..", "java.text..", "java.time.."
    };
    private static final String[] ND4J = {"org.nd4j..", "org.bytedeco.."};

    @ArchTest
    static final ArchRule GRAPH = only("graph", "java.math..");

    @ArchTest
    static final ArchRule OP = only("op", "java.math..", in("graph"), in("internal.walk"));

    /** Known by the operations that have a graph inside. */
    @ArchTest
    static final ArchRule WALK = only("internal.walk", in("graph"));

    @ArchTest
    static final ArchRule TRANSFORM = classes()
            .that()
            .resideInAPackage(in("internal.transform"))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(join(
                            JDK, in("internal.transform"), "java.math..", in("graph"), in("op"), in("internal.walk")))
                    .or(named("DerivativeMode")));

    @ArchTest
    static final ArchRule COMPOSITION = only("internal.composition", in("graph"), in("op"));

    @ArchTest
    static final ArchRule SAMEDIFF =
            only("samediff", join(FILES, ND4J, in("graph"), in("op"), in("internal.composition"), in("internal.host")));

    @ArchTest
    static final ArchRule ENGINE = only(
            "internal.engine",
            join(
                    FILES,
                    ND4J,
                    in("graph"),
                    in("op"),
                    in("internal.host"),
                    in("stream"),
                    in("internal.blas"),
                    in("internal.gpu"),
                    in("internal.transform"),
                    "org.codehaus.."));

    /** The choice of an engine weighs graphs; engines take them as they are. */
    @ArchTest
    static final ArchRule ENGINE_GRAPHS = noClasses()
            .that()
            .resideInAPackage(ROOT + ".internal.engine.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(in("internal.transform"));

    /** Each engine in a room of its own; what they share knows none of them. */
    @ArchTest
    static final ArchRule ENGINE_ROOMS = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(in("internal.engine"))
            .layer("choice")
            .definedBy(ROOT + ".internal.engine")
            .optionalLayer("gpu")
            .definedBy(in("internal.engine.gpu"))
            .layer("fused")
            .definedBy(in("internal.engine.fused"))
            .layer("scalar")
            .definedBy(in("internal.engine.scalar"))
            .layer("loops")
            .definedBy(in("internal.engine.loops"))
            .layer("nd4j")
            .definedBy(in("internal.engine.nd4j"))
            .layer("tile")
            .definedBy(in("internal.engine.tile"))
            .layer("program")
            .definedBy(in("internal.engine.program"))
            .layer("code")
            .definedBy(in("internal.engine.code"))
            .layer("backend")
            .definedBy(in("internal.engine.backend"))
            .whereLayer("gpu")
            .mayOnlyAccessLayers("tile", "program", "scalar", "code", "backend")
            .whereLayer("fused")
            .mayOnlyAccessLayers("tile", "scalar", "code", "backend")
            .whereLayer("scalar")
            .mayOnlyAccessLayers("tile", "code")
            .whereLayer("loops")
            .mayOnlyAccessLayers("tile", "program", "code", "backend")
            .whereLayer("nd4j")
            .mayOnlyAccessLayers("tile", "program", "code", "backend")
            .whereLayer("tile")
            .mayOnlyAccessLayers("program", "backend")
            .whereLayer("program")
            .mayNotAccessAnyLayer()
            .whereLayer("code")
            .mayNotAccessAnyLayer()
            .whereLayer("backend")
            .mayNotAccessAnyLayer();

    /** Of what a user decomposes it knows only how no result is told of. */
    @ArchTest
    static final ArchRule BLAS = classes()
            .that()
            .resideInAPackage(in("internal.blas"))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(join(
                            JDK,
                            FILES,
                            ND4J,
                            in("internal.blas"),
                            "com.sun.jna..",
                            "com.sun.management..",
                            "org.hipparchus.."))
                    .or(named("spectrum.UnverifiedResultException")));

    /** Devices know nothing of what is computed on them. */
    @ArchTest
    static final ArchRule GPU = only(
            "internal.gpu",
            join(FILES, in("internal.host"), in("stream"), "java.security..", "com.sun.jna..", "org.objectweb.asm.."));

    @ArchTest
    static final ArchRule SPECTRUM = only(
            "spectrum",
            join(
                    FILES,
                    ND4J,
                    in("internal.host"),
                    in("internal.gpu"),
                    in("stream"),
                    in("internal.blas"),
                    "org.hipparchus.."));

    @ArchTest
    static final ArchRule IO = only(
            "io",
            join(
                    FILES,
                    ND4J,
                    in("internal.host"),
                    in("internal.io"),
                    in("internal.random"),
                    in("internal.gpu"),
                    in("stream"),
                    "com.google.gson..",
                    "de.siegmar.fastcsv.."));

    @ArchTest
    static final ArchRule FILES_IN_THE_MAKING =
            only("internal.io", join(FILES, in("io"), "com.google.gson..", "java.security.."));

    /** How files come to be is told apart from what is in them, but failures of both are of one type. */
    @ArchTest
    static final ArchRule FAILURES_OF_FILES = noClasses()
            .that()
            .resideInAPackage(in("internal.io"))
            .should()
            .dependOnClassesThat(describe(
                    "of io but its exception",
                    type -> type.getPackageName().equals(ROOT + ".io")
                            && !type.getSimpleName().equals("DataFileException")));

    @ArchTest
    static final ArchRule RANDOM = only("internal.random");

    @ArchTest
    static final ArchRule ONNX = only(
            "onnx",
            join(
                    FILES,
                    ND4J,
                    in("graph"),
                    in("op"),
                    in("internal.composition"),
                    in("internal.host"),
                    in("samediff"),
                    in("io"),
                    in("internal.io"),
                    "onnx.."));

    @ArchTest
    static final ArchRule DL4J = only(
            "dl4j",
            join(
                    FILES,
                    ND4J,
                    in("graph"),
                    in("op"),
                    in("internal.composition"),
                    in("samediff"),
                    in("io"),
                    in("internal.io"),
                    "com.google.gson..",
                    "org.deeplearning4j.."));

    /** Deeplearning4j is there for who names it; everything else starts without it. */
    @ArchTest
    static final ArchRule DL4J_ALONE = noClasses()
            .that()
            .resideOutsideOfPackage(in("dl4j"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.deeplearning4j..");

    @ArchTest
    static final ArchRule HOST = only("internal.host", join(FILES, ND4J, in("graph"), in("stream"), "com.sun.jna.."));

    @ArchTest
    static final ArchRule STREAM = only("stream");

    @ArchTest
    static final ArchRule OPERATOR = only("operator", join(ND4J, in("internal.host"), in("stream")));

    @ArchTest
    static final ArchRule KRYLOV = only(
            "krylov",
            join(ND4J, in("internal.host"), in("stream"), in("internal.random"), in("operator"), in("spectrum")));

    @ArchTest
    static final ArchRule ESTIMATE = only(
            "estimate",
            join(
                    ND4J,
                    in("internal.host"),
                    in("stream"),
                    in("internal.random"),
                    in("operator"),
                    in("krylov"),
                    in("spectrum"),
                    "org.hipparchus.."));

    @ArchTest
    static final ArchRule OPTIMIZE = only(
            "optimize",
            join(
                    ND4J,
                    in("internal.host"),
                    in("stream"),
                    in("operator"),
                    in("krylov"),
                    in("spectrum"),
                    "org.hipparchus.."));

    @ArchTest
    static final ArchRule DATA =
            only("data", join(FILES, ND4J, in("internal.host"), in("stream"), in("io"), in("internal.random")));

    @ArchTest
    static final ArchRule TRAINING = only(
            "training",
            join(FILES, ND4J, in("internal.host"), in("stream"), in("internal.io"), in("internal.random"), in("data")));

    /** Operators of graphs stand above the types that a user imports: they are made of functions. */
    @ArchTest
    static final ArchRule CURVATURE = only(
            "curvature",
            join(
                    FILES,
                    ND4J,
                    ROOT,
                    in("graph"),
                    in("op"),
                    in("internal.transform"),
                    in("samediff"),
                    in("internal.engine"),
                    in("internal.gpu"),
                    in("internal.host"),
                    in("stream"),
                    in("internal.random"),
                    in("data"),
                    in("operator"),
                    in("optimize")));

    @ArchTest
    static final ArchRule PLOT = only(
            "plot",
            join(
                    FILES,
                    in("spectrum"),
                    in("io"),
                    in("internal.io"),
                    in("internal.page"),
                    "org.knowm.xchart..",
                    "java.awt..",
                    "javax.swing..",
                    "javax.imageio.."));

    /** Above all results, which know nothing of it. */
    @ArchTest
    static final ArchRule NOTEBOOK = only(
            "notebook",
            join(
                    FILES,
                    ND4J,
                    ROOT,
                    in("plot"),
                    in("spectrum"),
                    in("krylov"),
                    in("estimate"),
                    in("optimize"),
                    "org.dflib.jjava.."));

    /** A kernel brings its own library; everything else is there without it. */
    @ArchTest
    static final ArchRule NOTEBOOK_ALONE = noClasses()
            .that(are(not(named("notebook.JJavaExtension"))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.dflib.jjava..");

    /** Pages know text, maps and lists: not what a figure is. */
    @ArchTest
    static final ArchRule PAGE = only("internal.page", join(FILES, in("internal.io"), in("internal.text")));

    @ArchTest
    static final ArchRule TUTORIAL = only(
            "internal.tutorial",
            join(
                    FILES,
                    ND4J,
                    ROOT,
                    in("training"),
                    in("plot"),
                    in("spectrum"),
                    in("io"),
                    in("internal.io"),
                    in("internal.random"),
                    in("internal.host"),
                    in("stream")));

    @ArchTest
    static final ArchRule STUDY = only(
            "internal.study",
            join(
                    FILES,
                    ND4J,
                    ROOT,
                    in("curvature"),
                    in("krylov"),
                    in("estimate"),
                    in("operator"),
                    in("spectrum"),
                    in("data"),
                    in("training"),
                    in("plot"),
                    in("io"),
                    in("internal.io"),
                    in("internal.random"),
                    in("internal.host"),
                    in("stream")));

    /** The types a user imports stand above the machinery and below the lesson, the figures and the commands. */
    @ArchTest
    static final ArchRule FACADE = classes()
            .that()
            .resideInAPackage(ROOT)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(join(
                    JDK,
                    FILES,
                    ND4J,
                    ROOT,
                    in("graph"),
                    in("internal.host"),
                    in("internal.random"),
                    in("stream"),
                    in("op"),
                    in("internal.transform"),
                    in("samediff"),
                    in("internal.engine"),
                    in("operator"),
                    in("spectrum")))
            .allowEmptyShould(true);

    /** Nothing computes with the native library's linear algebra but what the self-test and the checks stand before. */
    @ArchTest
    static final ArchRule NATIVE = noClasses()
            .that(are(not(named(
                    "internal.blas.OpenBlas",
                    "internal.blas.BlasThreads",
                    "internal.blas.Products$Native",
                    "internal.blas.CholeskyKernel",
                    "internal.blas.LuKernel",
                    "internal.blas.QrKernel",
                    "internal.blas.SingularLapack",
                    "internal.blas.SolveKernel",
                    "internal.blas.SymmetricLapack",
                    "internal.engine.loops.BlasProduct",
                    "internal.engine.nd4j.NativeProduct",
                    "spectrum.EigOperation",
                    "spectrum.LapackGeneral",
                    "spectrum.SingleRoutines"))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bytedeco.openblas..", "org.nd4j.linalg.eigen..", "org.nd4j.linalg.inverse..");

    /** LAPACK is reached through the seam at which results are checked. */
    @ArchTest
    static final ArchRule SEAM = classes()
            .that(are(named(
                    "internal.blas.SingularLapack",
                    "internal.blas.SymmetricLapack",
                    "spectrum.EigOperation",
                    "spectrum.LapackGeneral")))
            .should()
            .onlyHaveDependentClassesThat(are(named(
                    "internal.blas.EigenKernel",
                    "internal.blas.SingularKernel",
                    "internal.blas.SingularLapack",
                    "internal.blas.SymmetricLapack",
                    "spectrum.NativeRoutines",
                    "spectrum.SingleRoutines",
                    "spectrum.EigOperation",
                    "spectrum.LapackGeneral")));

    @ArchTest
    static final ArchRule SOLVERS = classes()
            .that(are(named("spectrum.NativeRoutines", "spectrum.JavaRoutines")))
            .should()
            .onlyHaveDependentClassesThat(are(describe("of them or Solvers", type -> type.getName()
                    .matches(".*spectrum\\.(Solvers|(Native|Java)Routines.*)"))));

    /** Commands make runs, of subjects that options name; a report knows none of them. */
    @ArchTest
    static final ArchRule COMMANDS = floors("internal.cli", "report", "options", "subject", "run", "shard", "shell");

    /** A new package takes its place among the arrows here before it gets its first class. */
    @ArchTest
    static final ArchRule KNOWN = classes()
            .should()
            .resideInAnyPackage(
                    ROOT,
                    in("cli"),
                    in("internal.cli"),
                    in("plot"),
                    in("notebook"),
                    in("internal.text"),
                    in("internal.page"),
                    in("internal.tutorial"),
                    in("spectrum"),
                    in("internal.blas"),
                    in("operator"),
                    in("krylov"),
                    in("estimate"),
                    in("optimize"),
                    in("curvature"),
                    in("data"),
                    in("training"),
                    in("internal.study"),
                    in("internal.engine"),
                    in("internal.transform"),
                    in("internal.walk"),
                    in("internal.composition"),
                    in("samediff"),
                    in("onnx"),
                    in("dl4j"),
                    in("op"),
                    in("graph"),
                    in("internal.gpu"),
                    in("internal.host"),
                    in("stream"),
                    in("io"),
                    in("internal.io"),
                    in("internal.random"));

    /** The rooms of a package, each of which may use those before it only; the package itself may use all. */
    private static ArchRule floors(String name, String... rooms) {
        Architectures.LayeredArchitecture floors = Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer(name)
                .definedBy(ROOT + "." + name);
        for (String room : rooms) {
            floors = floors.layer(room).definedBy(in(name + "." + room));
        }
        for (int floor = 0; floor < rooms.length; floor++) {
            floors = floor == 0
                    ? floors.whereLayer(rooms[0]).mayNotAccessAnyLayer()
                    : floors.whereLayer(rooms[floor]).mayOnlyAccessLayers(Arrays.copyOf(rooms, floor));
        }
        return floors;
    }

    /** What users see is made of what users may use: nothing internal or hidden stands in a signature of theirs. */
    @ArchTest
    static final ArchRule SIGNATURES = classes()
            .that(are(describe("of the public surface", LayersTest::isOfTheSurface)))
            .should(new ArchCondition<>("have signatures of the public surface alone") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    signatures(type)
                            .filter(used -> used.getPackageName().startsWith(ROOT) && !isOfTheSurface(used))
                            .forEach(used -> events.add(SimpleConditionEvent.violated(
                                    type, type.getName() + " has " + used.getName() + " in a signature")));
                }
            });

    private static boolean isOfTheSurface(JavaClass type) {
        return isVisible(type)
                && !type.getPackageName().startsWith(ROOT + ".internal")
                && type.getEnclosingClass().map(LayersTest::isOfTheSurface).orElse(true);
    }

    private static boolean isVisible(HasModifiers element) {
        return element.getModifiers().contains(JavaModifier.PUBLIC)
                || element.getModifiers().contains(JavaModifier.PROTECTED);
    }

    /** All types that stand in what a class shows. */
    private static Stream<JavaClass> signatures(JavaClass type) {
        Stream<JavaType> above = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
        Stream<JavaType> members = type.getMembers().stream()
                .filter(member -> isVisible(member) && !member.getModifiers().contains(JavaModifier.SYNTHETIC))
                .flatMap(member -> member instanceof JavaCodeUnit code
                        ? Stream.concat(Stream.of(code.getReturnType()), code.getParameterTypes().stream())
                        : Stream.of(((JavaField) member).getType()));
        return Stream.concat(above, members)
                .flatMap(used -> used.getAllInvolvedRawTypes().stream())
                .map(JavaClass::getBaseComponentType);
    }

    private static DescribedPredicate<JavaClass> named(String... names) {
        Set<String> full = Stream.of(names).map(name -> ROOT + "." + name).collect(Collectors.toSet());
        return describe("one of " + full, type -> full.contains(type.getName()));
    }

    private static ArchRule only(String name, String... allowed) {
        return classes()
                .that()
                .resideInAPackage(in(name))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(join(JDK, in(name), allowed))
                .allowEmptyShould(true);
    }

    private static String in(String name) {
        return ROOT + "." + name + "..";
    }

    /** Flattens strings and arrays of strings into one array. */
    private static String[] join(Object... parts) {
        return Stream.of(parts)
                .flatMap(part -> part instanceof String[] several ? Stream.of(several) : Stream.of((String) part))
                .toArray(String[]::new);
    }
}
