package io.hangupby.example.benchmark;

/**
 * The server's figures.
 *
 * @param cpuNanos the CPU time of its process so far
 * @param usedHeap the bytes of its heap that are in use, garbage included
 * @param decisions the number of verdicts and parked tasks
 * @param apiCalls the number of hangupby's requests to Twilio's API
 */
record ServerFigures(long cpuNanos, long usedHeap, long decisions, long apiCalls) {

    static ServerFigures parse(String line) {
        String[] figures = line.split(" ", -1);
        return new ServerFigures(
                Long.parseLong(figures[0]),
                Long.parseLong(figures[1]),
                Long.parseLong(figures[2]),
                Long.parseLong(figures[3]));
    }

    String line() {
        return cpuNanos + " " + usedHeap + " " + decisions + " " + apiCalls;
    }
}
