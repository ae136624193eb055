package org.curvature4j.internal.gpu.interpreter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs one activation of a routine. Threads that took different branches are groups; the one whose place in the code is
 * lowest runs until it meets the next.
 */
final class Flow {
    private final Gang gang;
    private final Routine routine;
    private final Frame frame;
    private final Code code;
    private final List<Group> groups = new ArrayList<>();

    /** Threads at the same place. */
    private static final class Group {
        int at;
        int[] lanes;
        int n;
        boolean waiting;

        Group(int at, int[] lanes, int n) {
            this.at = at;
            this.lanes = lanes;
            this.n = n;
        }
    }

    Flow(Gang gang, Routine routine, Frame frame) {
        this.gang = gang;
        this.routine = routine;
        this.frame = frame;
        this.code = Objects.requireNonNull(routine.code);
    }

    void run(int[] lanes, int n) {
        groups.add(new Group(0, lanes, n));
        while (!groups.isEmpty()) {
            Group group = next();
            groups.remove(group);
            try {
                advance(group);
            } catch (Fault fault) {
                throw located(fault, group.at);
            }
            if (group.n > 0) {
                add(group);
            }
        }
    }

    private Fault located(Fault fault, int at) {
        if (at >= routine.statements.size()) {
            return fault;
        }
        Statement statement = routine.statements.get(at);
        return fault.at(statement.line(), routine.name + ": " + statement.text());
    }

    private Group next() {
        Group lowest = null;
        for (Group group : groups) {
            if (!group.waiting && (lowest == null || group.at < lowest.at)) {
                lowest = group;
            }
        }
        if (lowest != null) {
            return lowest;
        }
        // All wait. A barrier is passed if the threads that are not here have ended since.
        Group first = groups.get(0);
        if (groups.size() == 1 && code.kinds[first.at] == Code.Kind.BARRIER && first.n == gang.live()) {
            first.waiting = false;
            return first;
        }
        boolean warps = code.kinds[first.at] == Code.Kind.WARP;
        String words = warps
                ? "some lanes of the warp of thread " + first.lanes[0] + " never come here"
                : "only " + first.n + " of " + gang.live() + " threads come here, from " + first.lanes[0]
                        + " on; the others never do";
        throw located(Fault.failed(words), first.at);
    }

    private void add(Group group) {
        for (Group other : groups) {
            if (other.at == group.at) {
                int[] both = Arrays.copyOf(other.lanes, other.n + group.n);
                System.arraycopy(group.lanes, 0, both, other.n, group.n);
                Arrays.sort(both);
                other.lanes = both;
                other.n = both.length;
                other.waiting = false;
                return;
            }
        }
        groups.add(group);
    }

    /** Runs a group until it meets another, waits, has branched while there are others, or ends. */
    private void advance(Group group) {
        int meeting = Integer.MAX_VALUE;
        for (Group other : groups) {
            if (other.at > group.at) {
                meeting = Math.min(meeting, other.at);
            }
        }
        Tally tally = gang.memory.tally();
        while (group.at != meeting && group.n > 0) {
            if (tally != null) {
                tally.issue(routine, code, group.at, group.lanes, group.n);
            }
            switch (code.kinds[group.at]) {
                case STEP -> {
                    code.steps[group.at].run(frame, group.lanes, group.n);
                    group.at++;
                }
                case BRANCH -> {
                    branch(group);
                    if (!groups.isEmpty()) {
                        return;
                    }
                }
                case RETURN -> end(group);
                case BARRIER -> {
                    if (group.n != gang.live()) {
                        group.waiting = true;
                        return;
                    }
                    gang.memory.barrier();
                    group.at++;
                }
                case WARP -> {
                    if (Warps.incomplete(group.lanes, group.n) != null) {
                        group.waiting = true;
                        return;
                    }
                    code.steps[group.at].run(frame, group.lanes, group.n);
                    group.at++;
                }
                case TRAP -> throw Fault.failed("trap");
            }
        }
    }

    private void branch(Group group) {
        Group taken = split(group);
        if (taken == null) {
            group.at++;
            return;
        }
        taken.at = code.targets[group.at];
        if (group.n == 0) {
            group.at = taken.at;
            group.lanes = taken.lanes;
            group.n = taken.n;
            return;
        }
        group.at++;
        add(taken);
    }

    private void end(Group group) {
        Group ended = split(group);
        if (ended != null && routine.entry) {
            gang.end(ended.n);
        }
        group.at++;
    }

    /** Takes out of a group the threads whose predicate is true; null if there are none. */
    private @Nullable Group split(Group group) {
        int guard = code.guards[group.at];
        if (guard < 0) {
            Group all = new Group(group.at, group.lanes, group.n);
            group.n = 0;
            return all;
        }
        long wanted = code.negated[group.at] ? 0 : 1;
        long[] predicate = frame.r[guard];
        int count = 0;
        for (int k = 0; k < group.n; k++) {
            count += predicate[group.lanes[k]] == wanted ? 1 : 0;
        }
        if (count == 0) {
            return null;
        }
        int[] some = new int[count];
        int[] rest = new int[group.n - count];
        int into = 0;
        int left = 0;
        for (int k = 0; k < group.n; k++) {
            int lane = group.lanes[k];
            if (predicate[lane] == wanted) {
                some[into++] = lane;
            } else {
                rest[left++] = lane;
            }
        }
        group.lanes = rest;
        group.n = left;
        return new Group(group.at, some, count);
    }
}
