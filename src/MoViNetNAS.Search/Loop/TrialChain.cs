using System.Security.Cryptography;
using System.Text;

namespace MoViNetNAS.Search;

/// <summary>A fingerprint of a sequence of trials that grows with it: each link hashes the one before and the next trial.</summary>
/// <remarks>Two runs with equal chains had the same genotypes, qualities, rewards and costs, bit for bit and in the same order. The
/// run's name is not part of it.</remarks>
/// <param name="Count">Trials so far.</param>
/// <param name="Sha256">The last link, hex; empty before the first trial.</param>
public sealed record TrialChain(long Count, string Sha256)
{
    /// <summary>No trials.</summary>
    public static TrialChain Empty { get; } = new(0, "");

    /// <summary>The chain with <paramref name="trial"/> at its end.</summary>
    public TrialChain Include(Trial trial)
    {
        var cost = trial.Cost;
        string text = FormattableString.Invariant(
            $"{Sha256}\n{trial.Phase} {trial.Step} {trial.Candidate} {trial.Genotype} {Bits(trial.Quality)} {trial.QualityClips} {Bits(trial.Reward)} ")
            + FormattableString.Invariant(
            $"{cost.Macs} {cost.MacsPerFrame} {cost.PaperFlops} {cost.TrainableParameters} {cost.TotalParameters} {cost.StreamStateBytes} {cost.PeakActivationBytes}");
        if (cost.LatencyMs is { } latency) text += $" {Bits(latency)}";
        return new TrialChain(Count + 1, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }

    private static string Bits(double value) => BitConverter.DoubleToUInt64Bits(value).ToString("x16");
}
