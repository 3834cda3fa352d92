using System.Globalization;

namespace MoViNetNAS.Data;

/// <summary>When each class of a video is to be seen. Equal by value.</summary>
/// <param name="LengthSeconds">The length of the whole video, above 0; with the number of its frames it gives the rate.</param>
/// <param name="Intervals">In any order; a class may have several, or none at all.</param>
public sealed record LabelTimes(double LengthSeconds, IReadOnlyList<LabelInterval> Intervals)
{
    /// <summary>All of it as text, for hashes.</summary>
    internal string Text => string.Create(CultureInfo.InvariantCulture, $" in {LengthSeconds:R} s ")
        + string.Join(';', Intervals.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Label} {one.StartSeconds:R} {one.StopSeconds:R}")));

    /// <inheritdoc/>
    public bool Equals(LabelTimes? other) => other is not null && LengthSeconds.Equals(other.LengthSeconds) && Intervals.SequenceEqual(other.Intervals);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(LengthSeconds, Intervals.Count);
}
