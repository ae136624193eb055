package org.curvature4j.internal.gpu.interpreter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.curvature4j.internal.gpu.driver.DriverException;
import org.jspecify.annotations.Nullable;

/** One interpreter that pretends to be a device. Safe for several threads; what runs on it runs one after the other. */
final class PretendDevice {
    /** Tens are the major number. */
    static final int CAPABILITY = 90;

    final DeviceMemory memory;
    private final int number;
    private final long capacity;
    private final Set<Long> allocations = new HashSet<>();
    private final Set<Stream> streams = new HashSet<>();
    private int retained;
    private long launches;
    private volatile @Nullable Fault lost;

    PretendDevice(int number, long capacity) {
        this.number = number;
        this.capacity = capacity;
        this.memory = new DeviceMemory(capacity);
    }

    String name() {
        return "PTX interpreter " + number;
    }

    long capacity() {
        return capacity;
    }

    synchronized void retain() {
        retained++;
    }

    synchronized boolean release() {
        return retained-- > 0;
    }

    synchronized boolean isRetained() {
        return retained > 0;
    }

    /** Throws what a kernel ended with earlier. */
    void check(String call) {
        Fault fault = lost;
        if (fault != null) {
            throw Codes.error(call, fault.code, String.valueOf(fault.getMessage()));
        }
    }

    PtxInterpreter load(Module module) {
        return new PtxInterpreter(module, memory);
    }

    /** Zero where there isn't as much left. */
    synchronized long allocate(long bytes) {
        long address = memory.allocate(bytes);
        if (address != 0) {
            allocations.add(address);
        }
        return address;
    }

    synchronized boolean free(long address) {
        return allocations.remove(address) && memory.free(address);
    }

    synchronized Stream stream() {
        Stream stream = new Stream();
        streams.add(stream);
        return stream;
    }

    synchronized List<String> leaks() {
        List<String> leaks = new ArrayList<>();
        if (!allocations.isEmpty()) {
            leaks.add(allocations.size() + " allocations of " + name());
        }
        if (!streams.isEmpty()) {
            leaks.add(streams.size() + " streams of " + name());
        }
        return leaks;
    }

    synchronized void launched() {
        launches++;
    }

    synchronized long launches() {
        return launches;
    }

    /** Work that waits until it is waited for. */
    final class Stream {
        private final Deque<Runnable> waiting = new ArrayDeque<>();

        synchronized void add(Runnable work) {
            waiting.add(work);
        }

        /** Runs all that waits. */
        synchronized void run(String call) {
            while (!waiting.isEmpty()) {
                Runnable work = waiting.remove();
                try {
                    synchronized (memory) {
                        work.run();
                    }
                } catch (Fault fault) {
                    waiting.clear();
                    lost = fault;
                    DriverException error = Codes.error(call, fault.code, String.valueOf(fault.getMessage()));
                    error.initCause(fault);
                    throw error;
                }
            }
        }

        void close() {
            synchronized (PretendDevice.this) {
                streams.remove(this);
            }
        }
    }
}
