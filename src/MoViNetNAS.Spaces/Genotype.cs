using System.Collections.Immutable;

namespace MoViNetNAS.Spaces;

/// <summary>An option index for each decision of a space, in the order of <see cref="SearchSpace.Decisions"/>; equal by value.</summary>
/// <remarks>Genotypes come from <see cref="SearchSpace"/>, which sets inactive decisions to 0, so that two genotypes are equal
/// exactly when they stand for the same architecture.</remarks>
public sealed class Genotype : IEquatable<Genotype>
{
    internal Genotype(ImmutableArray<int> choices) => Choices = choices;

    /// <summary>The option indices.</summary>
    public ImmutableArray<int> Choices { get; }

    /// <inheritdoc/>
    public bool Equals(Genotype? other) => other is not null && Choices.AsSpan().SequenceEqual(other.Choices.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Genotype);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int choice in Choices) hash.Add(choice);
        return hash.ToHashCode();
    }

    /// <summary>The text form, "0:2:1:...", read back by <see cref="SearchSpace.Parse"/>.</summary>
    public override string ToString() => string.Join(':', Choices);
}
