using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>The sampling policy: each decision is drawn on its own, pi(a) = product of softmax(z_i)[a_i] over the active decisions.</summary>
/// <remarks>Source: TuNAS (arXiv 2008.06120), controller; google-research/tunas 0c1bbe5 with <c>hierarchical</c> on: a decision that
/// the chosen depth switches off counts neither in log-probability nor in entropy. So log-probability is that of the architecture,
/// and, other things equal, a shallow one has more of it than a deep one whose extra decisions are undecided.</remarks>
public sealed class Controller
{
    private readonly double[][] _probabilities, _logProbabilities;
    private readonly double[] _entropies;

    /// <summary>The policy of <paramref name="state"/> over <paramref name="space"/>.</summary>
    /// <exception cref="ArgumentException">The state has other decisions than the space.</exception>
    public Controller(SearchSpace space, ControllerState state)
    {
        if (!state.Logits.Select(logits => logits.Length).SequenceEqual(space.Decisions.Select(decision => decision.OptionCount)))
            throw new ArgumentException($"the state does not have one logit for each option of space '{space.Name}'.", nameof(state));
        (Space, State) = (space, state);
        _logProbabilities = [.. state.Logits.Select(logits => LogSoftmax(logits.AsSpan()))];
        _probabilities = [.. _logProbabilities.Select(logs => logs.Select(Math.Exp).ToArray())];
        _entropies = [.. _probabilities.Zip(_logProbabilities, EntropyOf)];
    }

    /// <summary>What it chooses from.</summary>
    public SearchSpace Space { get; }

    /// <summary>What it has learned.</summary>
    public ControllerState State { get; }

    /// <summary>The entropy of each decision in nats, from 0 (decided, or one option) to ln n (uniform over n options).</summary>
    public ImmutableArray<double> EntropyByDecision => [.. _entropies];

    /// <summary>Mean entropy in nats over the decisions that have more than one option; 0 when there is none.</summary>
    public double MeanEntropy => MeanOverOpenDecisions(d => _entropies[d]);

    /// <summary>As <see cref="MeanEntropy"/>, each decision's entropy divided by its ln n: 1 is uniform, 0 decided.</summary>
    public double MeanNormalizedEntropy => MeanOverOpenDecisions(d => _entropies[d] / Math.Log(_probabilities[d].Length));

    /// <summary>The probability of each option of decision <paramref name="decision"/>.</summary>
    public ReadOnlySpan<double> Probabilities(int decision) => _probabilities[decision];

    /// <summary>Draws an option for every decision, also for those that the drawn depth switches off.</summary>
    public int[] Sample(RandomStream random)
    {
        var choices = new int[_probabilities.Length];
        Sample(random, choices);
        return choices;
    }

    /// <summary>As <see cref="Sample(RandomStream)"/>, into <paramref name="choices"/>.</summary>
    public void Sample(RandomStream random, Span<int> choices)
    {
        for (int d = 0; d < choices.Length; d++)
        {
            double[] p = _probabilities[d];
            int option = 0;
            if (p.Length > 1)
            {
                double rest = random.Uniform() - p[0];
                while (rest >= 0 && option < p.Length - 1) rest -= p[++option];
            }

            choices[d] = option;
        }
    }

    /// <summary>ln pi(<paramref name="choices"/>), over the active decisions.</summary>
    /// <param name="choices">An option for each decision.</param>
    /// <param name="replaced">Decisions that warm-up replaced: they add a constant (left out here), not their log-probability.</param>
    public double LogProbability(ReadOnlySpan<int> choices, ReadOnlySpan<bool> replaced = default)
    {
        double sum = 0;
        for (int d = 0; d < choices.Length; d++)
            if (Counts(d, choices, replaced)) sum += _logProbabilities[d][choices[d]];
        return sum;
    }

    /// <summary>ln of the probability of drawing exactly <paramref name="choices"/>, also those of layers that are switched off.</summary>
    /// <remarks>TuNAS with <c>hierarchical</c> off. <see cref="ArgMaxChoices"/> has the most of it.</remarks>
    public double EncodingLogProbability(ReadOnlySpan<int> choices)
    {
        double sum = 0;
        for (int d = 0; d < choices.Length; d++) sum += _logProbabilities[d][choices[d]];
        return sum;
    }

    /// <summary>Entropy in nats, over the decisions that are active under <paramref name="choices"/>.</summary>
    public double Entropy(ReadOnlySpan<int> choices, ReadOnlySpan<bool> replaced = default)
    {
        double sum = 0;
        for (int d = 0; d < choices.Length; d++)
            if (Counts(d, choices, replaced)) sum += _entropies[d];
        return sum;
    }

    /// <summary>Gradient of <see cref="LogProbability"/> by the logits: 1[j = a_i] - softmax(z_i)_j where decision i counts, else 0.</summary>
    public double[][] LogProbabilityGradient(ReadOnlySpan<int> choices, ReadOnlySpan<bool> replaced = default)
    {
        var gradient = new double[choices.Length][];
        for (int d = 0; d < choices.Length; d++)
        {
            var row = gradient[d] = new double[_probabilities[d].Length];
            if (!Counts(d, choices, replaced)) continue;
            for (int j = 0; j < row.Length; j++) row[j] = (j == choices[d] ? 1 : 0) - _probabilities[d][j];
        }

        return gradient;
    }

    /// <summary>Gradient of <see cref="Entropy"/> by the logits: -p_j (ln p_j + H_i) where decision i counts, else 0.</summary>
    public double[][] EntropyGradient(ReadOnlySpan<int> choices, ReadOnlySpan<bool> replaced = default)
    {
        var gradient = new double[choices.Length][];
        for (int d = 0; d < choices.Length; d++)
        {
            var row = gradient[d] = new double[_probabilities[d].Length];
            if (!Counts(d, choices, replaced)) continue;
            for (int j = 0; j < row.Length; j++) row[j] = -_probabilities[d][j] * (_logProbabilities[d][j] + _entropies[d]);
        }

        return gradient;
    }

    /// <summary>The likeliest option of every decision (the first of equals), also of those that the likeliest depth switches off.</summary>
    public int[] ArgMaxChoices() => [.. _logProbabilities.Select(logs => Array.IndexOf(logs, logs.Max()))];

    /// <summary>The genotype of the likeliest option of every decision: TuNAS's result.</summary>
    public Genotype ArgMax() => Space.Genotype(ArgMaxChoices());

    private bool Counts(int decision, ReadOnlySpan<int> choices, ReadOnlySpan<bool> replaced) =>
        (replaced.IsEmpty || !replaced[decision]) && Space.IsActive(decision, choices);

    private double MeanOverOpenDecisions(Func<int, double> value) =>
        Enumerable.Range(0, _entropies.Length).Where(d => _probabilities[d].Length > 1).Select(value).DefaultIfEmpty(0).Average();

    private static double[] LogSoftmax(ReadOnlySpan<double> logits)
    {
        double largest = double.NegativeInfinity, sum = 0;
        foreach (double logit in logits) largest = Math.Max(largest, logit);
        foreach (double logit in logits) sum += Math.Exp(logit - largest);
        double shift = largest + Math.Log(sum);
        var logs = new double[logits.Length];
        for (int j = 0; j < logs.Length; j++) logs[j] = logits[j] - shift;
        return logs;
    }

    private static double EntropyOf(double[] probabilities, double[] logProbabilities)
    {
        double sum = 0;
        for (int j = 0; j < probabilities.Length; j++)
            if (probabilities[j] > 0) sum -= probabilities[j] * logProbabilities[j];
        return sum;
    }
}
