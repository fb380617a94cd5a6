namespace KerasPort.Benchmarks;

/// <summary>
/// The time to add up a vector over N ranks, by Hockney's model: a message of b bytes takes α + b/B. The network has no contention, and
/// the additions aren't counted.
/// <code>
/// direct   2 [(N-1) o + α] + 2 (N-1)/N G/B      each rank sends each other one its part, twice: as in KerasPort
/// ring     2 (N-1) α       + 2 (N-1)/N G/B      neighbours pass parts on, 2 (N-1) times
/// tree     2 ⌈log2 N⌉ (α + G/B)                 reduced to one rank and sent back, along a binomial tree
/// </code>
/// Sources: R. Hockney, The communication challenge for MPP, Parallel Computing 20 (1994); R. Thakur, R. Rabenseifner, W. Gropp, Optimization of collective
/// communication operations in MPICH, IJHPCA 19 (2005), sections 3 and 4; P. Patarasuk, X. Yuan, Bandwidth optimal all-reduce algorithms for clusters of
/// workstations, JPDC 69 (2009), which proves 2 (N-1)/N G/B the least that is sent.
/// </summary>
/// <param name="Latency">α, seconds from a send to its receipt.</param>
/// <param name="Overhead">o, seconds of a rank for each message beside others under way.</param>
/// <param name="BytesPerSecond">B, of one rank's link in each direction.</param>
internal sealed record AllReduce(double Latency, double Overhead, double BytesPerSecond)
{
    public double Direct(int ranks, double bytes) => ranks == 1 ? 0 : 2 * ((ranks - 1) * Overhead + Latency) + Least(ranks, bytes);

    public double Ring(int ranks, double bytes) => 2 * (ranks - 1) * Latency + Least(ranks, bytes);

    public double Tree(int ranks, double bytes) => ranks == 1 ? 0 : 2 * Math.Ceiling(Math.Log2(ranks)) * (Latency + bytes / BytesPerSecond);

    /// <summary>The time for the bytes alone, the same for every algorithm, since each rank must send and receive this many.</summary>
    public double Least(int ranks, double bytes) => 2.0 * (ranks - 1) / ranks * bytes / BytesPerSecond;
}
