using System.Collections.Immutable;

namespace MoViNetNAS.Search;

/// <summary>A decision that a policy has not made.</summary>
/// <param name="Path">Its path, "block2/layer1/kernel".</param>
/// <param name="NormalizedEntropy">Entropy divided by ln n: 1 is uniform, 0 decided.</param>
/// <param name="Options">All options, the likeliest first.</param>
public sealed record UndecidedDecision(string Path, double NormalizedEntropy, ImmutableArray<OptionProbability> Options)
{
    /// <summary>Normalised entropy above which a decision counts as undecided.</summary>
    public const double Threshold = 0.5;

    /// <summary>The undecided decisions of a policy, the most undecided first.</summary>
    public static ImmutableArray<UndecidedDecision> Of(Controller controller)
    {
        var found = new List<UndecidedDecision>();
        for (int d = 0; d < controller.Space.Decisions.Length; d++)
        {
            var decision = controller.Space.Decisions[d];
            if (decision.OptionCount == 1) continue;
            double entropy = controller.EntropyByDecision[d] / Math.Log(decision.OptionCount);
            if (entropy <= Threshold) continue;
            double[] probabilities = controller.Probabilities(d).ToArray();
            found.Add(new UndecidedDecision(decision.Path, entropy,
                [.. decision.Labels.Select((label, j) => new OptionProbability(label, probabilities[j])).OrderByDescending(option => option.Probability)]));
        }

        return [.. found.OrderByDescending(decision => decision.NormalizedEntropy)];
    }
}
