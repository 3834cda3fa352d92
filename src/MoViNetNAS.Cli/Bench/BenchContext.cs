using MoViNetNAS.Cli.Output;
using MoViNetNAS.Spaces;
using TorchSharp;

namespace MoViNetNAS.Cli.Bench;

/// <summary>What every measurement needs.</summary>
/// <param name="Terminal">Shows progress.</param>
/// <param name="Clock">Measures.</param>
/// <param name="Threads">Numbers of threads to measure with, the smallest first.</param>
/// <param name="IsQuick">Small cases and few runs: shows that everything works, says nothing about speed.</param>
/// <param name="Cancellation">Asked for by Ctrl-C.</param>
internal sealed record BenchContext(Terminal Terminal, TimeProvider Clock, IReadOnlyList<int> Threads, bool IsQuick, CancellationToken Cancellation)
{
    private const ulong Seed = 20_260_504; // any fixed number: the inputs are the same in every run

    /// <summary>Measures with the effort of this run.</summary>
    public Timing Timing { get; } = new(Clock, IsQuick ? TimingEffort.Quick : TimingEffort.Full);

    /// <summary>Random inputs for <paramref name="purpose"/>.</summary>
    public static RandomStream Random(string purpose) => new RandomStream(Seed).Derive(purpose);

    /// <summary>Runs <paramref name="measure"/> with <paramref name="threads"/> threads of tensor operations.</summary>
    public static T With<T>(int threads, Func<T> measure)
    {
        int before = torch.get_num_threads();
        torch.set_num_threads(threads);
        try
        {
            return measure();
        }
        finally
        {
            torch.set_num_threads(before);
        }
    }
}
