using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace MoViNetNAS.Search;

/// <summary>All that a controller has learned: one logit for each option of each decision, and the moments of its optimizer.</summary>
/// <param name="Updates">Optimizer steps taken, with those at learning rate 0.</param>
/// <param name="Logits">For each decision its options' logits, 0 at the start: every option equally likely.</param>
/// <param name="FirstMoments">Adam's m, shaped like the logits.</param>
/// <param name="SecondMoments">Adam's v, shaped like the logits.</param>
public sealed record ControllerState(
    int Updates, ImmutableArray<ImmutableArray<double>> Logits, ImmutableArray<ImmutableArray<double>> FirstMoments,
    ImmutableArray<ImmutableArray<double>> SecondMoments)
{
    /// <summary>The state before any step, for decisions with these numbers of options.</summary>
    public static ControllerState Start(IEnumerable<int> optionCounts)
    {
        ImmutableArray<ImmutableArray<double>> zeros = [.. optionCounts.Select(count => ImmutableArray.Create(new double[count]))];
        return new ControllerState(0, zeros, zeros, zeros);
    }

    /// <summary>SHA-256 (hex) of the bits of all logits, in order.</summary>
    public string LogitsFingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> bits = stackalloc byte[sizeof(double)];
        foreach (var logits in Logits)
        {
            foreach (double logit in logits)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(bits, logit);
                hash.AppendData(bits);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
