package org.curvature4j.internal.gpu.interpreter;

import java.util.List;
import java.util.Set;
import org.curvature4j.internal.gpu.interpreter.Scope.Register;

/** Reads a text of PTX. */
final class Parser {
    private static final Set<String> LINKAGE = Set.of(".visible", ".extern", ".weak");

    private final Source source;
    private final Module module = new Module();
    private final Declarations declarations;

    private Parser(String text) {
        this.source = new Source(text);
        this.declarations = new Declarations(source, module);
    }

    /** The text's module, all of whose instructions have been checked. */
    static Module parse(String text) {
        Parser parser = new Parser(text);
        try {
            parser.header();
            while (!parser.source.atEnd()) {
                parser.topLevel();
            }
        } catch (Fault fault) {
            throw fault.at(parser.source.line(), "near " + parser.source.peek());
        }
        for (Routine routine : parser.module.routines.values()) {
            if (routine.defined) {
                routine.code = Decoder.decode(parser.module, routine);
            }
        }
        return parser.module;
    }

    private void header() {
        source.expect(".version");
        String[] version = source.next().split("\\.", -1);
        module.version = 10 * Integer.parseInt(version[0]) + Integer.parseInt(version[1]);
        source.expect(".target");
        String target = source.next();
        if (!target.matches("sm_\\d+")) {
            throw Fault.invalid("target " + target + " is not an old one, which later devices run too");
        }
        module.target = Integer.parseInt(target.substring(3));
        source.expect(".address_size");
        source.expect("64");
    }

    private void topLevel() {
        while (LINKAGE.contains(source.peek())) {
            source.next();
        }
        switch (source.peek()) {
            case ".entry", ".func" -> routine();
            case ".global", ".const", ".shared" -> declarations.memory(module.scope, null);
            default -> throw Fault.invalid("expected a declaration, got " + source.peek());
        }
    }

    private void routine() {
        boolean entry = source.next().equals(".entry");
        Scope scope = new Scope(module.scope);
        // The results' names come before the routine's.
        Routine heading = new Routine("", entry);
        if (!entry && source.peek().equals("(")) {
            declarations.parameters(scope, heading, heading.results);
        }
        String name = source.next();
        Routine routine = new Routine(name, entry);
        routine.registers.addAll(heading.registers);
        routine.results.addAll(heading.results);
        if (source.peek().equals("(")) {
            declarations.parameters(scope, routine, routine.parameters);
        }
        while (Set.of(".maxntid", ".reqntid", ".minnctapersm", ".maxnreg", ".noreturn")
                .contains(source.peek())) {
            attribute(routine);
        }
        Routine earlier = module.routines.get(name);
        if (earlier != null && (earlier.defined || !types(earlier).equals(types(routine)))) {
            throw Fault.invalid(name + " is declared twice");
        }
        module.routines.put(name, routine);
        if (source.accept(";")) {
            return;
        }
        source.expect("{");
        routine.defined = true;
        int shared = module.sharedTop;
        body(routine, scope);
        if (entry) {
            module.sharedTop = shared;
        }
    }

    private static List<Type> types(Routine routine) {
        return java.util.stream.Stream.concat(routine.results.stream(), routine.parameters.stream())
                .map(Register::type)
                .toList();
    }

    private void attribute(Routine routine) {
        String name = source.next();
        if (name.equals(".noreturn")) {
            return;
        }
        int product = source.nextInt();
        while (source.accept(",")) {
            product *= source.nextInt();
        }
        if (name.equals(".maxntid") || name.equals(".reqntid")) {
            routine.mostThreads = Math.min(routine.mostThreads, product);
        }
    }

    private void body(Routine routine, Scope scope) {
        while (!source.accept("}")) {
            String word = source.peek();
            if (source.accept("{")) {
                body(routine, new Scope(scope));
            } else if (word.equals(".loc") || word.equals(".pragma")) {
                throw Fault.invalid(word + " is not known");
            } else if (word.startsWith(".")) {
                declarations.memory(scope, routine);
            } else if (source.peekSecond().equals(":")) {
                source.next();
                source.next();
                scope.declare(word, new Scope.Label(routine.statements.size()));
            } else {
                statement(routine, scope);
            }
        }
    }

    private void statement(Routine routine, Scope scope) {
        int line = source.line();
        int from = source.position();
        Operand predicate = null;
        if (source.accept("@")) {
            predicate = Operand.parse(source);
        }
        List<String> opcode = List.of(source.next().split("\\.", -1));
        List<Operand> operands = new java.util.ArrayList<>();
        while (!source.accept(";")) {
            operands.add(Operand.parse(source));
            if (!source.peek().equals(";")) {
                source.expect(",");
            }
        }
        routine.statements.add(
                new Statement(line, predicate, opcode, List.copyOf(operands), scope, source.since(from)));
    }
}
