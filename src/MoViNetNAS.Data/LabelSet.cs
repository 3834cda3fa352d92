using System.Collections;

namespace MoViNetNAS.Data;

/// <summary>The classes that are right for one clip, as ascending indices into <see cref="IClipDataset.Classes"/>. Equal by value.</summary>
/// <remarks>One index for a data set of one class a clip; one for each head for two heads; any number, none too, for several labels a clip.</remarks>
public sealed class LabelSet : IReadOnlyList<int>, IEquatable<LabelSet>
{
    private readonly int[] _labels;

    /// <param name="labels">Indices in any order, each kept once.</param>
    public LabelSet(IEnumerable<int> labels) => _labels = [.. labels.Distinct().Order()];

    /// <summary>A set of one class.</summary>
    public LabelSet(int label) => _labels = [label];

    /// <summary>The class of a data set of one class a clip.</summary>
    /// <exception cref="InvalidOperationException">There are none or several.</exception>
    public int Only => _labels.Length == 1 ? _labels[0] : throw new InvalidOperationException($"The clip has {_labels.Length} labels, not one.");

    /// <inheritdoc/>
    public int Count => _labels.Length;

    /// <inheritdoc/>
    public int this[int index] => _labels[index];

    /// <inheritdoc/>
    public bool Equals(LabelSet? other) => other is not null && _labels.AsSpan().SequenceEqual(other._labels);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LabelSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int label in _labels) hash.Add(label);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join('+', _labels);

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => _labels.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
