using MoViNetNAS.Data;

namespace MoViNetNAS.Training;

/// <summary>What a network, or several together, said of held-out videos.</summary>
/// <remarks>Measures of it are <see cref="EvaluationResult"/>'s.</remarks>
public sealed class Predictions
{
    private readonly float[] _probabilities;
    private readonly int[] _rightAfterFrame;

    /// <param name="classes">Class names in the order of the logits.</param>
    /// <param name="heads">What they answer.</param>
    /// <param name="items">The videos.</param>
    /// <param name="probabilities">[videos, classes]: of every head with one right class they sum to 1, of others each is its own.</param>
    /// <param name="rightAfterFrame">Videos that were right after each frame; empty when clips were taken whole.</param>
    public Predictions(
        IReadOnlyList<string> classes, IReadOnlyList<LabelHead> heads, IReadOnlyList<ClipItem> items, float[] probabilities, int[]? rightAfterFrame = null)
    {
        if (probabilities.Length != (long)items.Count * classes.Count)
            throw new ArgumentException($"{items.Count} videos of {classes.Count} classes need {(long)items.Count * classes.Count} probabilities, not {probabilities.Length}.", nameof(probabilities));
        (Classes, Heads, Items, _probabilities, _rightAfterFrame) = (classes, heads, items, probabilities, rightAfterFrame ?? []);
    }

    /// <summary>Class names in the order of the logits.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>What they answer.</summary>
    public IReadOnlyList<LabelHead> Heads { get; }

    /// <summary>The videos.</summary>
    public IReadOnlyList<ClipItem> Items { get; }

    /// <summary>Videos that were right, in every head, after each frame; empty when clips were taken whole.</summary>
    public IReadOnlyList<int> RightAfterFrame => _rightAfterFrame;

    /// <summary>Probabilities of the classes of <paramref name="head"/> for video <paramref name="item"/>.</summary>
    public ReadOnlySpan<float> Of(int item, LabelHead head) => _probabilities.AsSpan(item * Classes.Count + head.First, head.Count);

    /// <summary>Both together, for two splits of one data set.</summary>
    /// <exception cref="ArgumentException">They are of other classes, or one was taken frame by frame and the other whole.</exception>
    public Predictions Plus(Predictions other)
    {
        if (!other.Classes.SequenceEqual(Classes)) throw new ArgumentException("The classes differ.", nameof(other));
        if (other._rightAfterFrame.Length != _rightAfterFrame.Length)
            throw new ArgumentException($"One is of {_rightAfterFrame.Length} frames, the other of {other._rightAfterFrame.Length}.", nameof(other));
        return new Predictions(
            Classes, Heads, [.. Items, .. other.Items], [.. _probabilities, .. other._probabilities],
            [.. _rightAfterFrame.Zip(other._rightAfterFrame, (a, b) => a + b)]);
    }
}
